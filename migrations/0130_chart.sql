-- owner: chart
-- The record itself: allergies, problems, vital signs. What was found is sealed with the patient's key; ids, times and
-- states stay clear. A row is never deleted: what was wrong is marked `entered_in_error` and kept.

-- The patient's explicit answer to "any allergies?". No row: nobody has asked yet, which is not the same as "none known".
create table allergy_answers (
    patient_id   uuid primary key references patients (id),
    answer       text        not null check (answer in ('none_known', 'listed')),
    answered_by  uuid        not null references accounts (id),
    answered_at  timestamptz not null,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now()
);

create table allergies (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    status           text        not null check (status in ('active', 'entered_in_error')),
    content_sealed   bytea       not null,
    recorded_by      uuid        not null references accounts (id),
    recorded_role    text        not null check (recorded_role in ('patient', 'clinician', 'system')),
    recorded_at      timestamptz not null,
    withdrawn_by     uuid references accounts (id),
    withdrawn_at     timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint allergies_withdrawn_whole check ((status = 'entered_in_error') = (withdrawn_at is not null)),
    constraint allergies_withdrawn_by_whole check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index allergies_patient on allergies (patient_id, recorded_at desc);

create table problems (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    visit_id         uuid,
    status           text        not null check (status in ('active', 'resolved', 'entered_in_error')),
    -- A keyed fingerprint of (patient, code), so that one diagnosis stands once in the list while its name stays sealed.
    code_mark        bytea       not null check (octet_length(code_mark) = 32),
    content_sealed   bytea       not null,
    recorded_by      uuid        not null references accounts (id),
    recorded_at      timestamptz not null,
    closed_at        timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint problems_closed_whole check ((status = 'active') = (closed_at is null))
);
create index problems_patient on problems (patient_id, recorded_at desc);
create unique index problems_once on problems (patient_id, code_mark) where status = 'active';

create table vitals (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    visit_id         uuid,
    status           text        not null check (status in ('recorded', 'entered_in_error')),
    content_sealed   bytea       not null,
    recorded_by      uuid        not null references accounts (id),
    recorded_role    text        not null check (recorded_role in ('patient', 'clinician', 'system')),
    taken_at         timestamptz not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);
create index vitals_patient on vitals (patient_id, taken_at desc);

call app.protect('allergy_answers',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)');
call app.protect('allergies',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)');
call app.protect('problems',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)',
    'app.cares_for(patient_id)');
call app.protect('vitals',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)');
