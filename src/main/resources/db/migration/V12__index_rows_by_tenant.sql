-- Each index is built while the table is in use. A build that was interrupted leaves an invalid index, which is removed first.
drop index concurrently if exists software_deployment_tenant_id_id;
create unique index concurrently software_deployment_tenant_id_id on software_deployment (tenant_id, id);

-- Whether metadata is unchanged is read from this index alone, for both projects that see a deployment.
drop index concurrently if exists software_deployment_server_metadata;
create index concurrently software_deployment_server_metadata on software_deployment (tenant_id, server_id, id)
    include (config_id, stack_user_project_id, run);

drop index concurrently if exists software_deployment_stack_user_list;
create index concurrently software_deployment_stack_user_list on software_deployment (tenant_id, stack_user_project_id, id)
    where stack_user_project_id is not null;

-- Operators look for deployments that failed or do not finish. Most deployments are complete.
drop index concurrently if exists software_deployment_not_complete;
create index concurrently software_deployment_not_complete on software_deployment (tenant_id, status, id)
    where status <> 'COMPLETE';

drop index concurrently if exists software_deployment_server_failed;
create index concurrently software_deployment_server_failed on software_deployment (tenant_id, server_id, id)
    where status = 'FAILED';

drop index concurrently if exists software_deployment_config_failed;
create index concurrently software_deployment_config_failed on software_deployment (tenant_id, config_id, id)
    where status = 'FAILED';

drop index concurrently if exists software_config_tenant_id_id;
create unique index concurrently software_config_tenant_id_id on software_config (tenant_id, id);

drop index concurrently if exists idempotency_key_tenant_age;
create index concurrently idempotency_key_tenant_age on idempotency_key (tenant_id, created_at);

-- Replicas of the release before find rows by these.
drop index concurrently if exists software_deployment_id;
create index concurrently software_deployment_id on software_deployment (id);

drop index concurrently if exists software_config_id;
create index concurrently software_config_id on software_config (id);

-- PostgreSQL is to expect few rows of a server, a config or a stack user's project, whatever it has counted: a plan is used
-- for all values, and one that suits a server with most of the rows reads a whole tenant for every other server. It applies
-- from the next analysis on.
alter table software_deployment
    alter column server_id set (n_distinct = -0.05),
    alter column config_id set (n_distinct = -0.05),
    alter column stack_user_project_id set (n_distinct = -0.05);
analyze software_deployment;
