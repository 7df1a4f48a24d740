-- The changes of deployments while clients wait for a change, with the transaction that has made each. Rows are needed for
-- seconds only, and the service deletes them after one to two minutes.
create table deployment_change (
    transaction_id        xid8         not null default pg_current_xact_id(),
    tenant_id             varchar(64)  not null,
    stack_user_project_id varchar(64),
    server_id             varchar(255) not null,
    deployment_id         uuid         not null
);
create index deployment_change_transaction on deployment_change (transaction_id);

-- One row: until when changes are stored, because a client of any replica waits.
create table watch_lease (
    expires_at timestamptz not null
);
insert into watch_lease (expires_at) values ('-infinity');
