-- Two roles for Ember in a database of its own, so that the process that clients reach cannot change the schema:
-- ember_migrate owns the tables and is for the command "migrate"; ember_serve reads and writes rows and is for the service,
-- with EMBER_MIGRATE_AT_START=false. As the owner of the database who may create roles, for PostgreSQL 14 or newer:
--
--     psql -d ember -f deploy/postgresql/roles.sql
--
-- and then \password ember_migrate and \password ember_serve. It can be run again, and should be once, after the first
-- migration: then the service may only read which version the schema has. It also takes over tables of another owner.
\set ON_ERROR_STOP on
begin;

select format('create role %I login', name)
from unnest(array['ember_migrate', 'ember_serve']) as name
where not exists (select from pg_roles where rolname = name)
\gexec

-- Nobody else, and no tables but those of migrations: not temporary ones either.
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to ember_migrate, ember_serve;
revoke all on schema public from public;
grant usage, create on schema public to ember_migrate;
grant usage on schema public to ember_serve;

-- Tables from before there were these roles.
select format('alter table public.%I owner to ember_migrate', tablename)
from pg_tables
where schemaname = 'public' and tableowner <> 'ember_migrate'
\gexec
grant select, insert, update, delete on all tables in schema public to ember_serve;
grant usage on all sequences in schema public to ember_serve;

-- Tables that later migrations make.
alter default privileges for role ember_migrate in schema public grant select, insert, update, delete on tables to ember_serve;
alter default privileges for role ember_migrate in schema public grant usage on sequences to ember_serve;

-- Which migrations there were is not for the service to write.
select 'revoke insert, update, delete on public.flyway_schema_history from ember_serve'
where to_regclass('public.flyway_schema_history') is not null
\gexec

-- Nor which services work with the schema.
select 'revoke insert, update, delete on public.schema_compatibility from ember_serve'
where to_regclass('public.schema_compatibility') is not null
\gexec

-- As the service asks for itself; behind a pooler, only what belongs to the role is sure to hold.
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
