set local lock_timeout = '3s';

drop trigger add_stack_user_tenant on software_deployment;
drop function add_stack_user_tenant();
drop index software_deployment_id;
drop index software_config_id;
drop index software_deployment_stack_user_of_all_tenants;
drop index idempotency_key_age_of_all_tenants;

-- Tenants that only replicas of the release before have served since the directory was filled.
insert into tenant (id)
select tenant_id from software_deployment union select tenant_id from software_config
on conflict do nothing;

update schema_compatibility set oldest_version = 13;
