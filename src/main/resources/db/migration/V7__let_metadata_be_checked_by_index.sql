-- Agents ask again and again whether the metadata of their server is still the same. These indexes hold all that tells, so
-- that no row is read for it. They take over from those of the first version, and change with the same updates as the index
-- on config_id, which is why they cost updates nothing that these did not cost before.
create index software_deployment_server_metadata on software_deployment (tenant_id, server_id, id) include (config_id);

create index software_deployment_stack_user_metadata on software_deployment (stack_user_project_id, server_id, id)
    include (tenant_id, config_id)
    where stack_user_project_id is not null;

drop index software_deployment_server;
drop index software_deployment_stack_user;
alter index software_deployment_server_metadata rename to software_deployment_server;
alter index software_deployment_stack_user_metadata rename to software_deployment_stack_user;
