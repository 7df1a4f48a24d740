-- Requests queue behind a migration that waits for this lock. So it waits for a short time only, and is tried again.
set local lock_timeout = '3s';

-- The status of a deployment before its first update. Null until that update, and after an update of a release before.
alter table software_deployment
    add column created_status varchar(11),
    add column created_status_reason varchar(65535);
