-- Requests queue behind a migration that waits for this lock. So it waits for a short time only, and is tried again.
-- It locks one table: a migration that locks two can deadlock with a request that uses both.
set local lock_timeout = '3s';

alter table software_deployment
    drop constraint software_deployment_pkey,
    add constraint software_deployment_pkey primary key using index software_deployment_tenant_id_id;

drop index software_deployment_tenant;
drop index software_deployment_server;
alter index software_deployment_server_metadata rename to software_deployment_server;
alter index software_deployment_stack_user rename to software_deployment_stack_user_of_all_tenants;
alter index software_deployment_stack_user_list rename to software_deployment_stack_user;
