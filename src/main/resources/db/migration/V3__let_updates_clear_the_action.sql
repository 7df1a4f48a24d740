-- An empty action is a value for an update, though not for a creation.
alter table software_deployment
    drop constraint software_deployment_action_check;
