-- owner: vault
-- Data keys, each wrapped by the master key that lives outside this database, and where sealed files lie. Nothing here opens
-- anything without the master key.
create table vault_keys (
    key_id uuid primary key,
    -- The patient whose content the key seals; null for the platform's own (mail bodies, settings).
    patient_id uuid null,
    version integer not null check (version between 1 and 65535),
    wrapped bytea not null check (octet_length(wrapped) between 61 and 512),
    kek_id text not null check (kek_id <> ''),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint vault_keys_one_per_version unique nulls not distinct (patient_id, version)
);
create index vault_keys_by_master on vault_keys (kek_id, key_id);
-- A key is made in whatever request first needs it; only the system may rewrap or shred one.
call app.protect('vault_keys', '(select app.in_context())', 'false');
create policy made_when_needed on vault_keys for insert with check ((select app.in_context()));

create table vault_files (
    id uuid primary key,
    -- Null for the platform's own, such as a licence paper.
    patient_id uuid null,
    -- Random; says nothing of the patient or the document.
    object_key text not null unique check (object_key ~ '^[a-z0-9/]{20,80}$'),
    bytes bigint not null check (bytes >= 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index vault_files_of_patient on vault_files (patient_id);
call app.protect('vault_files', '(select app.in_context())', 'false');
create policy put_in_context on vault_files for insert with check ((select app.in_context()));
