-- owner: people
-- Two records that may be one person's. What they have in common is found by keys of names, days of birth and phone numbers
-- (domains/people/src/duplicates/keys.rs), which are written when a record is compared; a record whose version was compared is done.
alter table patients add column match_keys text[] not null default '{}';
alter table patients add column compared_version int;
create index patients_match_keys on patients using gin (match_keys);
create index patients_to_compare on patients (created_at, id) where deleted_at is null and compared_version is distinct from version;

create table duplicate_pairs (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    other_id uuid not null references patients (id),
    -- Tenths of a bit.
    score int not null,
    band text not null check (band in ('low', 'medium', 'high')),
    -- Codes of what agrees and what does not; no values.
    reasons text[] not null,
    status text not null default 'open' check (status in ('open', 'different')),
    decided_by uuid references accounts (id),
    decided_at timestamptz,
    found_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint duplicate_pairs_once unique (patient_id, other_id),
    constraint duplicate_pairs_in_order check (patient_id < other_id),
    constraint duplicate_pairs_decision_whole check ((status = 'open') = (decided_by is null) and (decided_by is null) = (decided_at is null))
);
create index duplicate_pairs_listed on duplicate_pairs (status, score desc, id);
create index duplicate_pairs_of_other on duplicate_pairs (other_id);
-- No patient ever learns from here that there is another account.
call app.protect('duplicate_pairs', '(select app.has_role(''administrator''))');
