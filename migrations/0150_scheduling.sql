-- owner: scheduling
-- Rules of availability, and appointments. Free times are never stored: they follow from rules minus busy time.

-- What a doctor offers: one row per mode (and place).
create table services (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id),
    facility_id uuid references facilities (id),
    mode text not null check (mode in ('video', 'audio', 'chat', 'in_person')),
    duration_min int not null check (duration_min between 5 and 240),
    buffer_before_min int not null default 0 check (buffer_before_min between 0 and 120),
    buffer_after_min int not null default 0 check (buffer_after_min between 0 and 120),
    grid_min int not null check (grid_min between 5 and 240),
    lead_min int not null default 15 check (lead_min between 0 and 10080),
    horizon_days int not null default 60 check (horizon_days between 1 and 365),
    price_amount bigint not null check (price_amount between 0 and 100000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    requires_approval boolean not null default false,
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((mode = 'in_person') = (facility_id is not null)),
    unique nulls not distinct (practitioner_id, mode, facility_id)
);
create index services_practitioner on services (practitioner_id) where active;
call app.protect('services', '(select app.in_context())',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- A weekly timetable in a named zone, valid from a day until (and with) a day of that zone.
create table schedules (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id),
    time_zone text not null check (length(time_zone) between 1 and 64),
    valid_from date not null,
    valid_until date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (valid_until is null or valid_until >= valid_from),
    constraint schedules_one_at_a_time exclude using gist
        (practitioner_id with =, daterange(valid_from, valid_until, '[]') with &&)
);
call app.protect('schedules', '(select app.in_context())',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- Keyed to the weekday on which the window starts; ends <= starts means the next day, 00:00 means until the end of the day.
create table schedule_windows (
    id uuid primary key,
    schedule_id uuid not null references schedules (id) on delete cascade,
    practitioner_id uuid not null references practitioners (id),
    -- null: every service
    service_id uuid references services (id),
    weekday smallint not null check (weekday between 1 and 7),
    starts time not null,
    ends time not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique nulls not distinct (schedule_id, weekday, starts, service_id)
);
create index schedule_windows_practitioner on schedule_windows (practitioner_id);
call app.protect('schedule_windows', '(select app.in_context())',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- closed: these days, or this part of a day, are taken out. open: extra hours, which win over closed.
create table schedule_exceptions (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id),
    service_id uuid references services (id),
    kind text not null check (kind in ('closed', 'open')),
    starts_on date not null,
    ends_on date not null,
    -- both null: whole days
    starts time,
    ends time,
    time_zone text not null check (length(time_zone) between 1 and 64),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (ends_on >= starts_on and ends_on - starts_on <= 366),
    check ((starts is null) = (ends is null)),
    check (kind = 'closed' or starts is not null)
);
create index schedule_exceptions_practitioner on schedule_exceptions (practitioner_id, ends_on);
call app.protect('schedule_exceptions', '(select app.in_context())',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

create table appointments (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    service_id uuid not null references services (id),
    facility_id uuid references facilities (id),
    mode text not null check (mode in ('video', 'audio', 'chat', 'in_person')),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    -- starts_at - buffer before, ends_at + buffer after: what the doctor cannot give to anyone else.
    busy_from timestamptz not null,
    busy_until timestamptz not null,
    status text not null check (status in ('requested', 'held', 'confirmed', 'fulfilled', 'rejected', 'expired', 'released',
        'cancelled_by_patient', 'cancelled_by_doctor', 'cancelled_by_platform', 'no_show_patient', 'no_show_doctor',
        'entered_in_error')),
    visit_status text not null default 'not_open'
        check (visit_status in ('not_open', 'waiting', 'in_consultation', 'ended', 'signed')),
    -- A request or a hold lapses at this instant, whether or not any job has run.
    hold_expires_at timestamptz,
    price_amount bigint not null check (price_amount >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    charge_id uuid references charges (id),
    reason_sealed bytea,
    patient_zone text not null check (length(patient_zone) between 1 and 64),
    booked_by uuid references accounts (id),
    arrived_at timestamptz,
    admitted_at timestamptz,
    ended_at timestamptz,
    closed_at timestamptz,
    moves int not null default 0 check (moves between 0 and 100),
    version int not null default 1 check (version > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    -- An empty range never overlaps and an unbounded one always does: neither may enter the constraints below.
    constraint appointments_real_time check (isfinite(starts_at) and isfinite(ends_at) and isfinite(busy_from)
        and isfinite(busy_until) and starts_at < ends_at and ends_at - starts_at <= interval '4 hours'
        and busy_from <= starts_at and ends_at <= busy_until and busy_until - busy_from <= interval '8 hours'),
    constraint appointments_hold_has_end check (status not in ('requested', 'held') or hold_expires_at is not null),
    constraint appointments_visit_needs_confirmation
        check (visit_status = 'not_open' or status in ('confirmed', 'fulfilled', 'cancelled_by_patient', 'cancelled_by_doctor',
            'cancelled_by_platform', 'no_show_patient', 'no_show_doctor', 'entered_in_error')),
    constraint appointments_one_per_practitioner exclude using gist
        (practitioner_id with =, tstzrange(busy_from, busy_until) with &&) where (status in ('requested', 'held', 'confirmed')),
    constraint appointments_one_per_patient exclude using gist
        (patient_id with =, tstzrange(starts_at, ends_at) with &&) where (status in ('requested', 'held', 'confirmed'))
);
create index appointments_patient on appointments (patient_id, starts_at desc, id desc);
create index appointments_practitioner on appointments (practitioner_id, starts_at);
create index appointments_day on appointments (starts_at, id);
create index appointments_charge on appointments (charge_id) where charge_id is not null;
create index appointments_lapsing on appointments (hold_expires_at) where status in ('requested', 'held');
call app.protect('appointments', 'patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- Every transition, appended; nothing here is ever changed.
create table appointment_events (
    id uuid primary key,
    appointment_id uuid not null references appointments (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    version int not null,
    verb text not null check (verb ~ '^[a-z_]{2,40}$'),
    before_status text,
    after_status text not null,
    before_visit text,
    after_visit text not null,
    before_starts_at timestamptz,
    after_starts_at timestamptz not null,
    -- who did it: an account, or null for the clock and for payments
    actor_account_id uuid references accounts (id),
    actor_role text not null check (actor_role in ('patient', 'doctor', 'administrator', 'system')),
    reason_code text check (reason_code ~ '^[a-z_]{2,40}$'),
    at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (appointment_id, version)
);
create index appointment_events_at on appointment_events (appointment_id, at);
call app.protect('appointment_events', 'patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
revoke update, delete on appointment_events from bedside_app;
revoke delete on appointments from bedside_app;

-- The busy times of doctors, for anyone who looks for a free one: no patient, no reason, nothing but the times.
create function app.busy_times(doctors uuid[], since timestamptz, until timestamptz, at timestamptz)
    returns table (practitioner_id uuid, busy_from timestamptz, busy_until timestamptz)
    language sql stable security definer set search_path = public, app
    as $$
        select a.practitioner_id, a.busy_from, a.busy_until from appointments a
        where a.practitioner_id = any (doctors) and a.starts_at < until + interval '4 hours' and a.starts_at > since - interval '8 hours'
          and a.busy_until > since and a.busy_from < until
          and (a.status = 'confirmed' or (a.status in ('requested', 'held') and a.hold_expires_at > at))
    $$;
alter function app.busy_times(uuid[], timestamptz, timestamptz, timestamptz) owner to bedside_seer;

-- A hold past its end still sits in the constraints. Whoever books the time clears it away first, under the advisory locks;
-- the rows may belong to another patient, so this looks past the policies and gives back ids only.
create function app.lapse_holds(doctor uuid, patient uuid, since timestamptz, until timestamptz, at timestamptz)
    returns setof uuid language sql volatile security definer set search_path = public, app
    as $$
        with due as (
            select a.id, a.status, a.visit_status, a.starts_at from appointments a
            where (a.practitioner_id = doctor or a.patient_id = patient)
              and a.status in ('requested', 'held') and a.hold_expires_at <= at
              and a.busy_from < until and a.busy_until > since
            order by a.id for update
        ), lapsed as (
            update appointments a set status = 'expired', closed_at = at, version = a.version + 1, updated_at = at
            from due where a.id = due.id
            returning a.id, a.patient_id, a.practitioner_id, a.version, due.status as before, a.status, a.visit_status, a.starts_at
        )
        insert into appointment_events (id, appointment_id, patient_id, practitioner_id, version, verb, before_status, after_status,
            before_visit, after_visit, before_starts_at, after_starts_at, actor_role, at)
        select gen_random_uuid(), l.id, l.patient_id, l.practitioner_id, l.version, 'expire', l.before, l.status, l.visit_status,
            l.visit_status, l.starts_at, l.starts_at, 'system', at from lapsed l
        returning appointment_id
    $$;
alter function app.lapse_holds(uuid, uuid, timestamptz, timestamptz, timestamptz) owner to bedside_seer;

-- The waiting room of one doctor as one of the waiting sees it: how many go first, how long visits lately take, and since when the
-- current one runs. Only for an appointment the caller may see.
create function app.queue_of(appointment uuid, day_start timestamptz, day_end timestamptz)
    returns table (ahead int, ahead_min int, current_since timestamptz, current_min int, median_min int)
    language sql stable security definer set search_path = public, app
    as $$
        with mine as (
            select a.id, a.practitioner_id, a.service_id, a.starts_at, a.arrived_at from appointments a
            where a.id = appointment and ((select app.system()) or a.patient_id = any ((select app.patients())::uuid[])
                or a.practitioner_id = (select app.practitioner()) or (select app.has_role('administrator')))
        ), today as (
            select a.id, a.visit_status, a.starts_at, a.ends_at, a.arrived_at, a.admitted_at from appointments a
            where a.practitioner_id = (select practitioner_id from mine) and a.starts_at >= day_start and a.starts_at < day_end
              and a.status = 'confirmed' and a.visit_status in ('waiting', 'in_consultation')
        ), lately as (
            select extract(epoch from a.ended_at - a.admitted_at) / 60 as took from appointments a
            where a.service_id = (select service_id from mine) and a.ended_at is not null and a.admitted_at is not null
            order by a.starts_at desc limit 20
        )
        select
            (select count(*)::int from today t, mine m where t.visit_status = 'waiting' and t.id <> m.id
                and (t.starts_at, t.arrived_at, t.id) < (m.starts_at, coalesce(m.arrived_at, 'infinity'), m.id)),
            (select coalesce(sum(extract(epoch from t.ends_at - t.starts_at) / 60), 0)::int from today t, mine m
                where t.visit_status = 'waiting' and t.id <> m.id
                and (t.starts_at, t.arrived_at, t.id) < (m.starts_at, coalesce(m.arrived_at, 'infinity'), m.id)),
            (select max(t.admitted_at) from today t, mine m where t.visit_status = 'in_consultation' and t.id <> m.id),
            (select max(extract(epoch from t.ends_at - t.starts_at) / 60)::int from today t, mine m
                where t.visit_status = 'in_consultation' and t.id <> m.id),
            (select percentile_cont(0.5) within group (order by took)::int from lately)
        from mine
    $$;
alter function app.queue_of(uuid, timestamptz, timestamptz) owner to bedside_seer;
grant select, update on appointments to bedside_seer;
grant select, insert on appointment_events to bedside_seer;
