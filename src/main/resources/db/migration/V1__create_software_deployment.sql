create table software_deployment (
    id                    uuid         primary key,
    tenant_id             varchar(64)  not null check (tenant_id ~ '^[A-Za-z0-9_-]+$'),
    stack_user_project_id varchar(64),
    config_id             varchar(255) not null check (btrim(config_id) <> ''),
    server_id             varchar(255) not null check (btrim(server_id) <> ''),
    action                varchar(255) not null check (btrim(action) <> ''),
    status                varchar(11)  not null check (status in ('IN_PROGRESS', 'COMPLETE', 'FAILED')),
    status_reason         varchar(65535),
    input_values          jsonb        check (jsonb_typeof(input_values) = 'object'),
    output_values         jsonb        check (jsonb_typeof(output_values) = 'object'),
    created_at            timestamptz  not null,
    updated_at            timestamptz  not null
);

-- A tenant's list, a page of it, and the rows after a marker: ids are in the order of creation.
create index software_deployment_tenant on software_deployment (tenant_id, id);

-- A server's list and its metadata.
create index software_deployment_server on software_deployment (tenant_id, server_id, id);

-- Whether a config is in use, and the list of its deployments.
create index software_deployment_config on software_deployment (tenant_id, config_id, id);

-- The same lists for the project of the server's own user.
create index software_deployment_stack_user on software_deployment (stack_user_project_id, server_id, id)
    where stack_user_project_id is not null;
