-- The changes of each deployment, at most the newest 100. The version of the deployment after a change, modulo 100, is the
-- slot of its event, so a newer event replaces the one that is too old. No event is stored for a create: it is derived from
-- the deployment.
create table deployment_event (
    tenant_id     varchar(64) not null check (tenant_id ~ '^[A-Za-z0-9_-]+$'),
    deployment_id uuid        not null,
    slot          smallint    not null check (slot between 0 and 99),
    version       integer     not null check (version > 0),
    type          varchar(9)  not null check (type in ('updated', 'signalled', 'expired')),
    run           integer     not null,
    status        varchar(11) not null check (status in ('IN_PROGRESS', 'COMPLETE', 'FAILED')),
    status_reason varchar(65535),
    user_id       text,
    request_id    uuid,
    created_at    timestamptz not null,
    primary key (tenant_id, deployment_id, slot)
);
