-- One row. A service works with this schema if it was built for oldest_version or a later one. A migration that removes or
-- changes what older services use raises it.
create table schema_compatibility (
    oldest_version integer not null
);

create unique index schema_compatibility_one_row on schema_compatibility ((true));

insert into schema_compatibility (oldest_version) values (7);
