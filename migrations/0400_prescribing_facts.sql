-- owner: prescriptions
-- What a prescriber asks before prescribing and no other table of the record holds: creatinine, pregnancy, breast-feeding, medicines from
-- elsewhere. Rows are added, never changed: the newest speaks, for as long as its answers last.
create table prescribing_facts (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    practitioner_id  uuid        not null references practitioners (id),
    recorded_at      timestamptz not null,
    content_sealed   bytea       not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);
create index prescribing_facts_patient on prescribing_facts (patient_id, recorded_at desc);
call app.protect('prescribing_facts',
    'patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)',
    'practitioner_id = (select app.practitioner()) and app.cares_for(patient_id)');

-- How often alerts that interrupt are overridden. `mark` is a keyed mark of prescription and alert, so that one is counted once and nobody
-- reads from here whom it was about; the reason stands sealed under the signature of the prescription.
create table alert_firings (
    mark             bytea primary key check (octet_length(mark) = 32),
    practitioner_id  uuid        not null references practitioners (id),
    rule             text        not null check (length(rule) between 1 and 200),
    tier             text        not null check (tier in ('serious', 'contraindicated')),
    outcome          text        not null check (outcome in ('shown', 'overridden')),
    shown_at         timestamptz not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);
create index alert_firings_shown on alert_firings (shown_at);
call app.protect('alert_firings',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))',
    'practitioner_id = (select app.practitioner())');
