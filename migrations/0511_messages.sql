-- owner: correspondence
-- What patient and doctor write to each other between visits. Subjects and messages are sealed; times, states and money are not.

create table threads (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    -- The doctor whose patient it is.
    practitioner_id uuid not null references practitioners (id),
    -- The visit by which they know each other; its bill collects an e-visit.
    appointment_id uuid not null references appointments (id),
    category text not null check (category in ('medical_question', 'prescription', 'test_result', 'appointment', 'administrative')),
    subject_sealed bytea not null,
    status text not null check (status in ('open', 'waiting_team', 'waiting_patient', 'closed')),
    -- Who of the team answers: the doctor, or who covers.
    assignee_id uuid not null references practitioners (id),
    -- Messages are numbered in turn, under the lock of this row.
    last_number int not null default 0 check (last_number >= 0),
    last_at timestamptz not null,
    -- By when the team should have answered.
    due_at timestamptz,
    -- Signs of an emergency stand in something that is not answered yet.
    urgent boolean not null default false,
    opened_by uuid not null references accounts (id),
    opened_role text not null check (opened_role in ('patient', 'clinician')),
    -- The sender's own id, so that what is sent twice is begun once.
    client_id uuid not null,
    closed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint threads_begun_once unique (opened_by, client_id),
    constraint threads_due_while_team_owes check ((status in ('open', 'waiting_team')) = (due_at is not null)),
    constraint threads_urgent_while_team_owes check (not urgent or due_at is not null),
    constraint threads_closed_whole check ((status = 'closed') = (closed_at is not null))
);
create index threads_of_patient on threads (patient_id, last_at desc, id desc);
create index threads_of_doctor on threads (practitioner_id, due_at, id);

-- `number` and not the time orders them: of two that were sent at once the one that came later in has the greater number, so that a
-- mark "read up to here" never covers one that nobody could have seen.
create table thread_messages (
    id uuid primary key,
    thread_id uuid not null references threads (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    number int not null check (number > 0),
    sender_account uuid not null references accounts (id),
    sender_role text not null check (sender_role in ('patient', 'clinician')),
    -- Of the team: the doctor, or who covered.
    written_by uuid references practitioners (id),
    client_id uuid not null,
    -- The words, and the signs of an emergency that were found in them.
    body_sealed bytea not null,
    urgent boolean not null default false,
    sent_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint thread_messages_in_turn unique (thread_id, number),
    constraint thread_messages_once unique (sender_account, client_id),
    constraint thread_messages_of_team check ((sender_role = 'clinician') = (written_by is not null))
);
create index thread_messages_of_patient on thread_messages (patient_id);

-- Documents of the record that were put beside a message. The files stay where they are.
create table thread_attachments (
    message_id uuid not null references thread_messages (id),
    document_id uuid not null references documents (id),
    thread_id uuid not null references threads (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (message_id, document_id)
);
create index thread_attachments_of_thread on thread_attachments (thread_id);

-- How far each person has read. What is unread is counted from here, and kept nowhere.
create table thread_reads (
    thread_id uuid not null references threads (id),
    account_id uuid not null references accounts (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    side text not null check (side in ('patient', 'clinician')),
    upto int not null check (upto >= 0),
    read_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (thread_id, account_id)
);

-- Who answers for a doctor who is away, from when until when.
create table thread_covers (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id),
    cover_id uuid not null references practitioners (id),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    -- Ended before its time, by one of the two.
    ended_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint thread_covers_by_another check (cover_id <> practitioner_id),
    constraint thread_covers_in_order check (starts_at < ends_at and ends_at <= starts_at + interval '366 days'),
    constraint thread_covers_one_at_a_time exclude using gist
        (practitioner_id with =, tstzrange(starts_at, ends_at) with &&) where (ended_at is null)
);
create index thread_covers_by on thread_covers (cover_id, ends_at);

-- "This needs an e-visit": a price that the patient sees before anything is owed. One stands open at a time.
create table e_visits (
    id uuid primary key,
    thread_id uuid not null references threads (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    appointment_id uuid not null references appointments (id),
    amount bigint not null check (amount > 0 and amount <= 100000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    status text not null check (status in ('proposed', 'accepted', 'declined', 'withdrawn', 'expired')),
    proposed_by uuid not null references accounts (id),
    proposed_at timestamptz not null,
    -- From then on it cannot be accepted; once accepted, not be paid.
    ends_at timestamptz not null,
    decided_by uuid references accounts (id),
    decided_at timestamptz,
    charge_id uuid unique references charges (id),
    paid_at timestamptz,
    answered_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint e_visits_owe_when_accepted check (case status when 'accepted' then charge_id is not null and decided_by is not null
        when 'proposed' then charge_id is null when 'declined' then charge_id is null else true end),
    constraint e_visits_answered_when_paid check (answered_at is null or paid_at is not null)
);
create unique index e_visits_one_open on e_visits (thread_id)
    where status = 'proposed' or (status = 'accepted' and answered_at is null);
create index e_visits_of_thread on e_visits (thread_id, proposed_at);
create index e_visits_of_patient on e_visits (patient_id);

grant select on threads, thread_covers to bedside_seer;

-- For whom the present practitioner covers at this moment.
create function app.covered_doctors() returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    moment timestamptz := coalesce(app.setting('now')::timestamptz, now());
begin
    if app.practitioner() is null then return '{}'; end if;
    return (select coalesce(array_agg(c.practitioner_id), '{}') from thread_covers c
            where c.cover_id = app.practitioner() and c.ended_at is null and c.starts_at <= moment and c.ends_at > moment);
end $$;
-- May the present practitioner read what this patient writes to a doctor for whom they cover? While that doctor may, by a care link
-- that stands (as `app.basis` judges it), and the patient has closed the record to neither of the two.
create function app.lets_cover(doctor uuid, wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    me uuid := app.practitioner();
    moment timestamptz := coalesce(app.setting('now')::timestamptz, now());
    last consents%rowtype;
    mine text;
begin
    if me is null or not (doctor = any (app.covered_doctors())) then return false; end if;
    select c.decision into mine from consents c where c.practitioner_id = me and c.patient_id = wanted order by c.version desc limit 1;
    if mine = 'revoked' then return false; end if;
    select * into last from consents c where c.practitioner_id = doctor and c.patient_id = wanted order by c.version desc limit 1;
    return exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = doctor and l.closed_at is null
                   and l.valid_from <= moment and (l.valid_until is null or l.valid_until > moment)
                   and (last.decision is distinct from 'revoked' or l.valid_from > last.decided_at));
end $$;
-- Names beside threads, for whoever may read these threads: who covers knows no patient otherwise.
create function app.thread_names(wanted uuid[]) returns table (thread_id uuid, patient_name text, account_id uuid)
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return query select t.id, p.full_name, p.account_id from threads t join patients p on p.id = t.patient_id
        where t.id = any (wanted) and (app.system() or t.patient_id = any (app.patients())
            or (t.practitioner_id = app.practitioner() and app.cares_for(t.patient_id))
            or app.lets_cover(t.practitioner_id, t.patient_id));
end $$;
alter function app.covered_doctors() owner to bedside_seer;
alter function app.lets_cover(uuid, uuid) owner to bedside_seer;
alter function app.thread_names(uuid[]) owner to bedside_seer;
revoke all on function app.covered_doctors(), app.lets_cover(uuid, uuid), app.thread_names(uuid[]) from public;
grant execute on function app.covered_doctors(), app.lets_cover(uuid, uuid), app.thread_names(uuid[]) to bedside_app;

-- The patient and who acts for them; the doctor as long as the record is open to them; who covers.
do $$
declare
    tbl text;
begin
    foreach tbl in array array['threads', 'thread_messages', 'thread_attachments', 'e_visits'] loop
        call app.protect(tbl::regclass,
            'patient_id = any ((select app.patients())::uuid[])
             or (practitioner_id = (select app.practitioner()) and app.cares_for(patient_id))
             or (practitioner_id = any ((select app.covered_doctors())::uuid[]) and app.lets_cover(practitioner_id, patient_id))',
            'patient_id = any ((select app.patients())::uuid[])
             or (practitioner_id = (select app.practitioner()) and app.treats(patient_id))
             or (practitioner_id = any ((select app.covered_doctors())::uuid[]) and app.lets_cover(practitioner_id, patient_id))');
    end loop;
end $$;
-- Nobody writes in another's name.
alter policy added on thread_messages with check ((select app.system()) or (sender_account = (select app.account()) and case sender_role
    when 'patient' then patient_id = any ((select app.patients())::uuid[])
    else written_by = (select app.practitioner()) and (
        (practitioner_id = (select app.practitioner()) and app.treats(patient_id))
        or (practitioner_id = any ((select app.covered_doctors())::uuid[]) and app.lets_cover(practitioner_id, patient_id))) end));
-- What a patient owes begins with the patient's own yes; what it costs, with the doctor.
alter policy added on e_visits with check ((select app.system()) or (status = 'proposed' and (
    (practitioner_id = (select app.practitioner()) and app.treats(patient_id))
    or (practitioner_id = any ((select app.covered_doctors())::uuid[]) and app.lets_cover(practitioner_id, patient_id)))));
revoke update, delete on thread_messages, thread_attachments from bedside_app;
revoke delete on threads, e_visits from bedside_app;

call app.protect('thread_reads',
    'account_id = (select app.account()) or (side = ''clinician'' and patient_id = any ((select app.patients())::uuid[]))',
    'account_id = (select app.account())');
revoke delete on thread_reads from bedside_app;

-- Patients are told who answers; nobody else needs to know who is away.
call app.protect('thread_covers',
    'practitioner_id = (select app.practitioner()) or cover_id = (select app.practitioner())
     or cardinality((select app.patients())::uuid[]) > 0',
    'practitioner_id = (select app.practitioner()) or cover_id = (select app.practitioner())');
alter policy added on thread_covers with check ((select app.system()) or practitioner_id = (select app.practitioner()));
revoke delete on thread_covers from bedside_app;

-- A price stands as it was proposed; yes is said by the patient's side, and that it is paid by the payment machine.
create function app.e_visit_stands() returns trigger language plpgsql as $$
begin
    if (new.id, new.thread_id, new.patient_id, new.practitioner_id, new.appointment_id, new.amount, new.currency, new.proposed_by, new.proposed_at)
        is distinct from (old.id, old.thread_id, old.patient_id, old.practitioner_id, old.appointment_id, old.amount, old.currency,
            old.proposed_by, old.proposed_at)
        or (old.charge_id is not null and new.charge_id is distinct from old.charge_id)
        or (new.status in ('accepted', 'declined') and old.status <> new.status
            and not (app.system() or new.patient_id = any (app.patients())))
        or (old.status <> 'proposed' and new.status is distinct from old.status
            and not (old.status = 'accepted' and new.status in ('withdrawn', 'expired')))
        or (new.paid_at is distinct from old.paid_at and not app.system())
    then
        raise exception 'an e-visit stands as it was proposed' using errcode = 'check_violation', constraint = 'e_visits_stand';
    end if;
    return new;
end $$;
create trigger e_visits_stand before update on e_visits for each row execute function app.e_visit_stands();
