create table software_config (
    -- A UUID, as text: a deployment refers to it in text, which may as well name a config that is kept elsewhere.
    id         varchar(36)  primary key check (id = id::uuid::text),
    tenant_id  varchar(64)  not null check (tenant_id ~ '^[A-Za-z0-9_-]+$'),
    -- Servers get their configs in the order of code points, whatever the locale of the database.
    name       varchar(255) collate "C",
    group_name varchar(255),
    config     json,
    inputs     json         not null check (json_typeof(inputs) = 'array'),
    outputs    json         not null check (json_typeof(outputs) = 'array'),
    options    json         not null,
    created_at timestamptz  not null
);

-- A tenant's list, a page of it, and the rows after a marker: ids are in the order of creation.
create index software_config_tenant on software_config (tenant_id, id);
