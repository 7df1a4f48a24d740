-- Prepares a restored database for the service. Run it after "migrate" and before the first replica starts, as a superuser or as
-- the owner of the tables:
--
--     psql -d ember -f deploy/postgresql/restored.sql
--
-- It takes time in proportion to the number of deployments, and can be repeated.
\set ON_ERROR_STOP on
begin;

-- The entity tag of a deployment counts its updates. Clients may have tags of states that are lost. A later state must not get
-- the same tag, or a client would overwrite it, or miss it. A multiple of 100 leaves the events in their slots.
-- The service continues the runs of agents with the same number, because agents may have done later runs that are lost.
update software_deployment set version = version + 1000000;
update deployment_event set version = version + 1000000;

-- The transactions of a dump are those of another server.
delete from deployment_change;

commit;

vacuum (analyze) software_deployment, deployment_event;
