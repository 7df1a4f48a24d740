-- A request that waits for these locks holds up others, so that a migration that does not get them soon fails and is repeated.
set local lock_timeout = '3s';

alter table software_deployment
    drop constraint software_deployment_pkey,
    add constraint software_deployment_pkey primary key using index software_deployment_tenant_id_id;

drop index software_deployment_tenant;
drop index software_deployment_server;
alter index software_deployment_server_metadata rename to software_deployment_server;
alter index software_deployment_stack_user rename to software_deployment_stack_user_of_all_tenants;
alter index software_deployment_stack_user_list rename to software_deployment_stack_user;

alter table software_config
    drop constraint software_config_pkey,
    add constraint software_config_pkey primary key using index software_config_tenant_id_id;

drop index software_config_tenant;

alter index idempotency_key_age rename to idempotency_key_age_of_all_tenants;
alter index idempotency_key_tenant_age rename to idempotency_key_age;

-- PostgreSQL is to expect few rows of a server, a config or a stack user's project, whatever it has counted: a plan is used
-- for all values, and one that suits a server with most of the rows reads a whole tenant for every other server.
alter table software_deployment
    alter column server_id set (n_distinct = -0.05),
    alter column config_id set (n_distinct = -0.05),
    alter column stack_user_project_id set (n_distinct = -0.05);
