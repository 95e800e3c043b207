-- owner: chart
-- Family and social history: answers that are replaced by later ones, or taken back. What was said is sealed; nothing is deleted.
create table history_entries (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    section          text        not null check (section in ('family_history', 'social_history')),
    -- What is answered once at a time: 'none_known', or a topic of social history. None for one relative of many.
    slot             text check (slot in ('none_known', 'tobacco', 'alcohol', 'substances', 'occupation', 'living', 'exercise')),
    status           text        not null check (status in ('current', 'replaced', 'entered_in_error')),
    content_sealed   bytea       not null,
    replaces         uuid references history_entries (id),
    recorded_by      uuid        not null references accounts (id),
    recorded_role    text        not null check (recorded_role in ('patient', 'clinician', 'system')),
    recorded_at      timestamptz not null,
    closed_by        uuid references accounts (id),
    closed_at        timestamptz,
    reason_sealed    bytea,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint history_entries_closed_whole check ((status = 'current') = (closed_at is null) and (closed_at is null) = (closed_by is null)),
    constraint history_entries_reason_whole check ((status = 'entered_in_error') = (reason_sealed is not null)),
    constraint history_entries_replaced_once unique (replaces)
);
create index history_entries_patient on history_entries (patient_id, section, recorded_at desc);
create unique index history_entries_one_answer on history_entries (patient_id, section, slot) where status = 'current' and slot is not null;
call app.protect('history_entries',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)',
    'patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id)');
revoke delete on history_entries from bedside_app;
