-- owner: consultations
-- What a patient answers before a visit: a draft while it is written, a version once it is sent. What was said is sealed.
create table intake_responses (
    id               uuid primary key,
    appointment_id   uuid        not null references appointments (id),
    patient_id       uuid        not null references patients (id),
    practitioner_id  uuid        not null references practitioners (id),
    -- Which form, and which version of it.
    form             text        not null check (form <> ''),
    form_version     int         not null check (form_version > 0),
    number           int         not null check (number > 0),
    -- As in FHIR QuestionnaireResponse; a later version is `amended` there, and here `completed` with a number above 1.
    status           text        not null check (status in ('in_progress', 'completed')),
    -- How often the draft was saved.
    revision         int         not null check (revision > 0),
    -- An answer is a red flag. That something is urgent stays clear, as an acuity does; what it is stays sealed.
    urgent           boolean     not null,
    content_sealed   bytea       not null,
    answered_by      uuid        not null references accounts (id),
    completed_at     timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint intake_responses_completed_whole check ((status = 'completed') = (completed_at is not null)),
    constraint intake_responses_in_turn unique (appointment_id, number)
);
create unique index intake_responses_one_draft on intake_responses (appointment_id) where status = 'in_progress';
create index intake_responses_patient on intake_responses (patient_id);
-- A draft is the patient's own. Who treats at this appointment reads what was sent, as long as the record is open to them.
call app.protect('intake_responses',
    'patient_id = any ((select app.patients())::uuid[])
        or (status = ''completed'' and practitioner_id = (select app.practitioner()) and app.cares_for(patient_id))',
    'patient_id = any ((select app.patients())::uuid[])');
revoke delete on intake_responses from bedside_app;

create function app.intake_response_stands() returns trigger language plpgsql as $$
begin
    if old.status = 'completed' then
        raise exception 'what was sent does not change' using errcode = 'check_violation', constraint = 'intake_responses_sent';
    end if;
    return new;
end $$;
create trigger intake_responses_stand before update or delete on intake_responses
    for each row execute function app.intake_response_stands();

-- What the doctor took into the record from an answer, once.
create table intake_acceptances (
    id               uuid primary key,
    appointment_id   uuid        not null references appointments (id),
    patient_id       uuid        not null references patients (id),
    practitioner_id  uuid        not null references practitioners (id),
    item             text        not null check (item <> ''),
    -- A keyed fingerprint of the line that was accepted.
    line_mark        bytea       not null check (octet_length(line_mark) = 32),
    accepted_at      timestamptz not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint intake_acceptances_once unique (appointment_id, item, line_mark)
);
call app.protect('intake_acceptances',
    'patient_id = any ((select app.patients())::uuid[])
        or (practitioner_id = (select app.practitioner()) and app.cares_for(patient_id))',
    'practitioner_id = (select app.practitioner()) and app.treats(patient_id)');
revoke update, delete on intake_acceptances from bedside_app;

-- Whether the latest answers before an appointment of the present doctor, sent or not, hold a red flag. Not which.
create function app.intake_is_urgent(wanted uuid) returns boolean language sql stable security definer set search_path = public, app, pg_temp as $$
    select coalesce((select r.urgent from intake_responses r
                     where r.appointment_id = wanted and r.practitioner_id = (select app.practitioner())
                     order by r.number desc limit 1), false) $$;
alter function app.intake_is_urgent(uuid) owner to bedside_seer;
revoke all on function app.intake_is_urgent(uuid) from public;
grant execute on function app.intake_is_urgent(uuid) to bedside_app;
grant select on intake_responses to bedside_seer;
