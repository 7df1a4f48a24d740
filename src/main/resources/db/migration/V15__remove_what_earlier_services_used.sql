-- No transaction, so that no lock is held while tables are read, and no two tables are locked at once. Every statement can
-- be repeated after an interruption.

-- First, so that replicas of earlier releases are not ready before what they use is gone.
update schema_compatibility set oldest_version = 14;

-- Tenants that only replicas of the release before have served since the directory was filled.
insert into tenant (id)
select tenant_id from software_deployment union select tenant_id from software_config
union select tenant_id from idempotency_key
on conflict do nothing;

set lock_timeout = '3s';
drop trigger if exists add_stack_user_tenant on software_deployment;
set lock_timeout = 0;
drop function if exists add_stack_user_tenant();

drop index concurrently if exists software_deployment_id;
drop index concurrently if exists software_config_id;
drop index concurrently if exists software_deployment_stack_user_of_all_tenants;
drop index concurrently if exists idempotency_key_age_of_all_tenants;
