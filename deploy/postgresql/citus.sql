-- Distributes the tables of Ember by tenant on a Citus cluster, version 11 or newer. Run it on the coordinator as the owner of the
-- tables, after "migrate --contract" and before the first request:
--
--     psql -d ember -f deploy/postgresql/citus.sql
--
-- Then start the service with EMBER_BATCH_BY_TENANT=true and the address of the coordinator, so that each statement and each
-- transaction on the rows of tenants uses one node.
--
-- deployment_change, watch_lease, schema_compatibility and flyway_schema_history stay on the coordinator. They are small. Each
-- replica reads the changes of all tenants, and compares them with the snapshot of one node. Citus commits the row of a change
-- and the change itself on two nodes, so the row may become visible first (docs/decisions/0020-watch-by-a-log-of-changes.md).
\set ON_ERROR_STOP on

create extension if not exists citus;

-- These tables are small and are read for every tenant, so each node has a complete copy.
select create_reference_table('tenant');
select create_reference_table('stack_user_tenant');

-- All rows of a tenant are on the same node, so a transaction that creates a deployment with a key and a quota is local.
select create_distributed_table('software_deployment', 'tenant_id');
select create_distributed_table('software_config', 'tenant_id', colocate_with => 'software_deployment');
select create_distributed_table('idempotency_key', 'tenant_id', colocate_with => 'software_deployment');
select create_distributed_table('quota_usage', 'tenant_id', colocate_with => 'software_deployment');
select create_distributed_table('deployment_event', 'tenant_id', colocate_with => 'software_deployment');
select create_distributed_table('server_poll', 'tenant_id', colocate_with => 'software_deployment');
