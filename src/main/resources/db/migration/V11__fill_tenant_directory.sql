-- Reads the tables once, and locks nothing.
insert into tenant (id)
select tenant_id from software_deployment union select tenant_id from software_config
union select tenant_id from idempotency_key
on conflict do nothing;

insert into stack_user_tenant (project_id, tenant_id)
select distinct stack_user_project_id, tenant_id from software_deployment
where stack_user_project_id is not null and stack_user_project_id <> tenant_id
on conflict do nothing;
