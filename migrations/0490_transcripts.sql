-- owner: consultations
-- What was said at a visit, written down by this machine while both agree to it. No sound is kept.

create table visit_transcripts (
    id uuid primary key,
    visit_id uuid not null unique references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    status text not null check (status in ('asked', 'running', 'paused', 'ended')),
    -- Who paused it: the same side goes on with it.
    paused_by text check (paused_by in ('patient', 'doctor')),
    -- Why it ended: the patient said no, took the consent back, the doctor stopped it, the visit was over, or the machine could not go on.
    end_reason text check (end_reason in ('refused', 'withdrawn', 'stopped', 'visit_over', 'failed')),
    -- What listened, by name and version.
    engine text not null,
    -- Who outside this hospital may be sent the words for rewording, as the patient was told when asked; null for nobody.
    recipient text,
    -- Consents from before the last question do not count.
    asked_at timestamptz not null,
    -- Number of the last segment; not given twice, whatever is deleted.
    last_number int not null default 0,
    -- Zero of the times in the segments.
    started_at timestamptz,
    -- Segments are deleted by then.
    keep_until timestamptz not null,
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status = 'paused') = (paused_by is not null)),
    check ((status = 'ended') = (end_reason is not null)),
    check (status not in ('running', 'paused') or started_at is not null)
);
create index visit_transcripts_by_patient on visit_transcripts (patient_id);
create index visit_transcripts_by_end on visit_transcripts (keep_until);
call app.protect('visit_transcripts',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');

-- Who agreed, who refused, who took it back: nothing here is ever changed.
create table transcript_consents (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    account_id uuid not null references accounts (id),
    role text not null check (role in ('patient', 'doctor')),
    decision text not null check (decision in ('given', 'refused', 'withdrawn')),
    decided_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index transcript_consents_in_order on transcript_consents (visit_id, decided_at);
create index transcript_consents_by_patient on transcript_consents (patient_id);
call app.protect('transcript_consents',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'account_id = (select app.account()) and (patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()))');
revoke update, delete on transcript_consents from bedside_app;

-- One utterance of one person. Written by the system alone, and only while the transcript runs.
create table transcript_segments (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    number int not null check (number > 0),
    role text not null check (role in ('patient', 'doctor')),
    starts_ms int not null check (starts_ms >= 0),
    ends_ms int not null check (ends_ms >= starts_ms),
    -- Sealed JSON: the text, and how sure the engine was of each word (transcripts/model.rs).
    content_sealed bytea not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (visit_id, number)
);
create index transcript_segments_by_patient on transcript_segments (patient_id);
call app.protect('transcript_segments',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'false');
-- The patient may have it deleted.
alter policy removed on transcript_segments
    using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]));

-- What a language model of the operator's made of it: the doctor's alone. Sentences as they were said are put together anew each time.
create table visit_drafts (
    id uuid primary key,
    visit_id uuid not null unique references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    model text not null,
    -- SHA-256 of the question.
    prompt_hash bytea not null check (octet_length(prompt_hash) = 32),
    -- Number of the last utterance it knew.
    heard_to int not null,
    content_sealed bytea not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index visit_drafts_by_patient on visit_drafts (patient_id);
call app.protect('visit_drafts', 'practitioner_id = (select app.practitioner())');
-- It goes with the words it was made of: the patient who has these deleted does not see it.
grant select, delete on visit_drafts to bedside_seer;
create function app.forget_draft(visit uuid) returns bigint
    language sql volatile security definer set search_path = public, app, pg_temp as
$$
    with gone as (
        delete from visit_drafts d where d.visit_id = visit
            and (app.system() or d.practitioner_id = app.practitioner() or d.patient_id = any (app.patients()))
        returning 1)
    select count(*) from gone
$$;
alter function app.forget_draft(uuid) owner to bedside_seer;
revoke all on function app.forget_draft(uuid) from public;
grant execute on function app.forget_draft(uuid) to bedside_app;
