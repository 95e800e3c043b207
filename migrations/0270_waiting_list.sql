-- owner: scheduling
-- Patients who wait for a time to get free. An offer is an appointment that is held for the patient: nothing else keeps a time.

create table waiting_list (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    -- A service of one doctor, or any doctor of a specialty.
    practitioner_id uuid references practitioners (id),
    service_id uuid,
    specialty text references specialties (code),
    mode text not null check (mode in ('video', 'audio', 'chat', 'in_person')),
    -- Days of the patient's own calendar, both included, and minutes after midnight between which the visit starts.
    from_day date not null,
    until_day date not null,
    weekdays smallint[] not null,
    starts_min smallint not null default 0 check (starts_min between 0 and 1439),
    ends_min smallint not null default 1440 check (ends_min between 1 and 1440),
    patient_zone text not null check (length(patient_zone) between 1 and 64),
    -- 1 is to be seen soonest. The doctor and the desk say so, not the patient.
    acuity smallint not null default 4 check (acuity between 1 and 5),
    status text not null default 'waiting' check (status in ('waiting', 'taken', 'left', 'over')),
    joined_at timestamptz not null,
    joined_by uuid references accounts (id),
    closed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint waiting_list_one_wish check ((practitioner_id is null) <> (specialty is null)
        and (practitioner_id is null) = (service_id is null)),
    constraint waiting_list_own_service foreign key (service_id, practitioner_id) references services (id, practitioner_id),
    constraint waiting_list_days check (until_day >= from_day and until_day - from_day <= 92),
    constraint waiting_list_weekdays check (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]),
    constraint waiting_list_hours check (starts_min < ends_min),
    check ((status = 'waiting') = (closed_at is null))
);
create unique index waiting_list_once on waiting_list (patient_id, service_id, specialty, mode) nulls not distinct
    where status = 'waiting';
create index waiting_list_of_doctor on waiting_list (practitioner_id, acuity, joined_at) where status = 'waiting';
create index waiting_list_of_specialty on waiting_list (specialty, mode) where status = 'waiting' and specialty is not null;
create index waiting_list_of_patient on waiting_list (patient_id, joined_at desc, id desc);
call app.protect('waiting_list', 'patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
revoke delete on waiting_list from bedside_app;

create table waiting_offers (
    appointment_id uuid primary key references appointments (id),
    waiting_id uuid not null references waiting_list (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    service_id uuid not null references services (id),
    starts_at timestamptz not null,
    status text not null default 'open' check (status in ('open', 'taken', 'declined', 'lapsed')),
    -- From this instant on it is nobody's, whether or not any job has run: the hold of the appointment ends then.
    answer_until timestamptz not null,
    answered_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    -- Nobody is asked twice about the same time.
    constraint waiting_offers_not_twice unique (waiting_id, service_id, starts_at),
    check ((status = 'open') = (answered_at is null))
);
create unique index waiting_offers_one_open on waiting_offers (waiting_id) where status = 'open';
call app.protect('waiting_offers', 'patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
revoke delete on waiting_offers from bedside_app;
