-- owner: consultations
-- The sound of a visit, kept while everyone in the room agrees to it.

create table visit_recordings (
    id uuid primary key,
    visit_id uuid not null unique references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    status text not null check (status in ('asked', 'running', 'paused', 'ended')),
    -- Who paused it: the same side goes on. 'guest': somebody in the room has not agreed; it goes on when they did, or left.
    paused_by text check (paused_by in ('patient', 'doctor', 'guest')),
    -- Why it ended: the patient said no, took the consent back, the doctor stopped it, the visit was over, it had become too long, or
    -- the machine could not go on.
    end_reason text check (end_reason in ('refused', 'withdrawn', 'stopped', 'visit_over', 'too_long', 'failed')),
    -- Consents from before the last question do not count.
    asked_at timestamptz not null,
    -- Number of the last part; not given twice, whatever is deleted.
    last_number int not null default 0,
    -- Zero of the parts' times.
    started_at timestamptz,
    -- The sound is deleted by then.
    keep_until timestamptz not null,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status = 'paused') = (paused_by is not null)),
    check ((status = 'ended') = (end_reason is not null)),
    check (status not in ('running', 'paused') or started_at is not null)
);
create index visit_recordings_by_patient on visit_recordings (patient_id);
create index visit_recordings_by_end on visit_recordings (keep_until);
call app.protect('visit_recordings',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');

-- Who agreed, who refused, who took it back: nothing here is ever changed. A guest's is written by the system, by the guest's key.
create table recording_consents (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    account_id uuid references accounts (id),
    guest_id uuid references visit_guests (id),
    role text not null check (role in ('patient', 'doctor', 'guest')),
    decision text not null check (decision in ('given', 'refused', 'withdrawn')),
    decided_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((role = 'guest') = (guest_id is not null)),
    check ((guest_id is null) = (account_id is not null))
);
create index recording_consents_in_order on recording_consents (visit_id, decided_at);
create index recording_consents_by_patient on recording_consents (patient_id);
call app.protect('recording_consents',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'account_id = (select app.account()) and (patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()))');
revoke update, delete on recording_consents from bedside_app;

-- Some seconds of sound. Written by the system alone, and only while the recording runs.
create table recording_parts (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    number int not null check (number > 0),
    -- Milliseconds since the recording began; pauses are not in it.
    starts_ms int not null check (starts_ms >= 0),
    length_ms int not null check (length_ms > 0),
    -- Sealed: packets of Opus, each behind its length (recordings/model.rs).
    content_sealed bytea not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (visit_id, number)
);
create index recording_parts_by_patient on recording_parts (patient_id);
call app.protect('recording_parts',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'false');
-- The patient may have it deleted.
alter policy removed on recording_parts
    using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]));
