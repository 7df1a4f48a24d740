-- Built while the table is in use. A build that was interrupted leaves an invalid index, which is removed first.
drop index concurrently if exists software_deployment_server_in_progress;
create index concurrently software_deployment_server_in_progress on software_deployment (tenant_id, server_id, id)
    where status = 'IN_PROGRESS';
