set local lock_timeout = '3s';

alter table software_config
    drop constraint software_config_pkey,
    add constraint software_config_pkey primary key using index software_config_tenant_id_id;

drop index software_config_tenant;

-- To rename an index locks the index, not its table.
alter index idempotency_key_age rename to idempotency_key_age_of_all_tenants;
alter index idempotency_key_tenant_age rename to idempotency_key_age;
