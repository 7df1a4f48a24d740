-- Counted up by each change, so that a client can tell whether it saw the last one.
alter table software_deployment
    add column version integer not null default 0;
