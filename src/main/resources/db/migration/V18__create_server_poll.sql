-- When the agent of a server has asked for its metadata. Each row is updated again and again, so its page has room for it.
create table server_poll (
    tenant_id varchar(64)  not null check (tenant_id ~ '^[A-Za-z0-9_-]+$'),
    server_id varchar(255) not null,
    polled_at timestamptz  not null,
    primary key (tenant_id, server_id)
) with (fillfactor = 70);
