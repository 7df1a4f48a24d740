-- A config_id that is a UUID is stored in lower case, as the ids of configs are, so that "=" finds the config. Earlier releases
-- stored it as the client wrote it. This reads the table once, in sequence, and writes only the rows that change; a create or
-- an update waits only if it changes one of these. The version counts up because the representation of the row changes.
update software_deployment
set config_id = lower(config_id), version = version + 1
where config_id ~ '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$' and config_id <> lower(config_id);
