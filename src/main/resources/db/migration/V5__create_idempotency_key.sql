-- The answers to creations whose clients gave a key, for as long as they may ask again.
create table idempotency_key (
    tenant_id   varchar(64)              not null,
    key         varchar(255) collate "C" not null,
    -- SHA-256 of what was asked for.
    fingerprint bytea                    not null check (octet_length(fingerprint) = 32),
    -- What was created. It may be gone since.
    target_id   uuid                     not null,
    -- text, for it is returned byte for byte.
    answer      text                     not null,
    created_at  timestamptz              not null,
    primary key (tenant_id, key)
);

-- The purge takes the oldest.
create index idempotency_key_age on idempotency_key (created_at);
