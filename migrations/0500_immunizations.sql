-- owner: chart
-- What somebody was immunised with. Which vaccine and when is sealed; nothing is deleted.
create table immunizations (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    status           text        not null check (status in ('completed', 'entered_in_error')),
    content_sealed   bytea       not null,
    recorded_by      uuid        not null references accounts (id),
    recorded_role    text        not null check (recorded_role in ('patient', 'clinician', 'system')),
    recorded_at      timestamptz not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);
create index immunizations_patient on immunizations (patient_id, recorded_at desc);
call app.protect('immunizations',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)',
    'patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id)');
revoke delete on immunizations from bedside_app;
