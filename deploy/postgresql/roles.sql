-- Creates two roles for Ember in its own database, so that the service cannot change the schema. ember_migrate owns the tables and
-- runs the command "migrate". ember_serve reads and writes rows for the service, with EMBER_MIGRATE_AT_START=false. Run this script
-- as the owner of the database with the right to create roles, on PostgreSQL 14 or newer:
--
--     psql -d ember -f deploy/postgresql/roles.sql
--
-- Then set passwords with \password ember_migrate and \password ember_serve. Run it again after the first migration: then the
-- service can only read the schema version. It can be repeated, and also changes the owner of existing tables to ember_migrate.
\set ON_ERROR_STOP on
begin;

select format('create role %I login', name)
from unnest(array['ember_migrate', 'ember_serve']) as name
where not exists (select from pg_roles where rolname = name)
\gexec

-- No other role may connect, and ember_serve may not create tables, not even temporary ones.
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to ember_migrate, ember_serve;
revoke all on schema public from public;
grant usage, create on schema public to ember_migrate;
grant usage on schema public to ember_serve;

-- Tables that were created before these roles.
select format('alter table public.%I owner to ember_migrate', tablename)
from pg_tables
where schemaname = 'public' and tableowner <> 'ember_migrate'
\gexec
grant select, insert, update, delete on all tables in schema public to ember_serve;
grant usage on all sequences in schema public to ember_serve;

-- Tables of later migrations.
alter default privileges for role ember_migrate in schema public grant select, insert, update, delete on tables to ember_serve;
alter default privileges for role ember_migrate in schema public grant usage on sequences to ember_serve;

-- The service may not write the history of the migrations.
select 'revoke insert, update, delete on public.flyway_schema_history from ember_serve'
where to_regclass('public.flyway_schema_history') is not null
\gexec

-- The service may not write the compatibility of the schema.
select 'revoke insert, update, delete on public.schema_compatibility from ember_serve'
where to_regclass('public.schema_compatibility') is not null
\gexec

-- The same settings that the service requests for its connections. Behind a connection pooler, only settings of the role are reliable.
alter role ember_serve in database :"DBNAME" set statement_timeout = 1400;
alter role ember_serve in database :"DBNAME" set lock_timeout = 1300;
alter role ember_serve in database :"DBNAME" set idle_in_transaction_session_timeout = 5000;
alter role ember_serve in database :"DBNAME" set plan_cache_mode = force_generic_plan;
alter role ember_serve in database :"DBNAME" set enable_seqscan = off;
alter role ember_serve in database :"DBNAME" set enable_bitmapscan = off;
alter role ember_serve in database :"DBNAME" set enable_hashjoin = off;
alter role ember_serve in database :"DBNAME" set enable_mergejoin = off;
alter role ember_serve in database :"DBNAME" set enable_material = off;
alter role ember_serve in database :"DBNAME" set jit = off;

commit;
