-- Requests queue behind a migration that waits for this lock. So it waits for a short time only, and is tried again.
set local lock_timeout = '3s';

-- Every tenant that has created anything. Housekeeping goes through them.
create table tenant (
    id varchar(64) primary key check (id ~ '^[A-Za-z0-9_-]+$')
);

-- In which other tenants a project sees deployments: those that name it as stack_user_project_id.
create table stack_user_tenant (
    project_id varchar(64) not null,
    tenant_id  varchar(64) not null check (tenant_id ~ '^[A-Za-z0-9_-]+$' and tenant_id <> project_id),
    primary key (project_id, tenant_id)
);

-- How many resources a tenant has, for quotas. A row is also the lock of its counter.
create table quota_usage (
    tenant_id  varchar(64) not null check (tenant_id ~ '^[A-Za-z0-9_-]+$'),
    resource   varchar(16) not null check (resource in ('deployments', 'configs')),
    used       integer     not null,
    counted_at timestamptz not null,
    primary key (tenant_id, resource)
);

-- Replicas of the release before do not write the directory. The trigger does it for them until they are gone.
create function add_stack_user_tenant() returns trigger language plpgsql as $$
begin
    insert into stack_user_tenant (project_id, tenant_id) values (new.stack_user_project_id, new.tenant_id)
    on conflict do nothing;
    return null;
end $$;

create trigger add_stack_user_tenant after insert on software_deployment for each row
when (new.stack_user_project_id is not null and new.stack_user_project_id <> new.tenant_id)
execute function add_stack_user_tenant();

-- How often a deployment was to run. A report of an earlier run does not count.
alter table software_deployment add column run integer not null default 0;
