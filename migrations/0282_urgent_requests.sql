-- owner: emergency
-- Somebody wants a doctor now: the request, how urgent it is, each step of the ladder, and the doctors who were asked. Only the program
-- itself writes here: a guest has no account, and nobody may give themselves a place in the queue.

create table urgent_requests (
    id uuid primary key,
    -- null: a guest, who is known by a token alone until a doctor has said yes.
    patient_id uuid references patients (id),
    -- Keyed digest of the guest's token; kept after the guest has become a patient.
    guest_mac bytea check (octet_length(guest_mac) = 32),
    country text check (country ~ '^[A-Z]{2}$'),
    locale text not null check (length(locale) between 2 and 16),
    time_zone text not null check (length(time_zone) between 1 and 64),
    -- As it stands now; where it comes from is in urgent_assessments.
    acuity smallint not null check (acuity between 1 and 5),
    status text not null default 'seeking'
        check (status in ('seeking', 'accepted', 'booked', 'escalated', 'unmet', 'cancelled', 'lapsed')),
    rung text not null default 'reserved' check (rung in ('reserved', 'pool', 'insert', 'displace', 'escalate')),
    -- Steps that were taken; the fence of the job that climbs.
    step int not null default 0 check (step >= 0),
    next_at timestamptz not null,
    -- By when a doctor should have answered.
    promised_by timestamptz not null,
    -- The codes that were said yes to, sealed: health content.
    flags_sealed bytea,
    practitioner_id uuid references practitioners (id),
    appointment_id uuid unique references appointments (id),
    -- A doctor waits so long for a guest to say who they are.
    held_until timestamptz,
    -- It went before others.
    is_override boolean not null default false,
    answered_at timestamptz,
    breach_told_at timestamptz,
    closed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (patient_id is not null or guest_mac is not null),
    check (status <> 'accepted' or (practitioner_id is not null and held_until is not null)),
    check (status <> 'booked' or (appointment_id is not null and patient_id is not null)),
    check ((status in ('seeking', 'accepted')) = (closed_at is null))
);
create unique index urgent_requests_one_open on urgent_requests (patient_id) where status in ('seeking', 'accepted');
create index urgent_requests_patient on urgent_requests (patient_id, created_at desc);
create index urgent_requests_open on urgent_requests (promised_by) where status in ('seeking', 'accepted');
create index urgent_requests_created on urgent_requests (created_at desc, id desc);
create index urgent_requests_practitioner on urgent_requests (practitioner_id, created_at desc) where practitioner_id is not null;
call app.protect('urgent_requests', 'patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))', 'false');
revoke delete on urgent_requests from bedside_app;

-- Every judgement of how urgent it is, appended: who, and why.
create table urgent_assessments (
    request_id uuid not null references urgent_requests (id),
    number int not null check (number > 0),
    acuity smallint not null check (acuity between 1 and 5),
    source text not null check (source in ('patient', 'symptom_engine', 'nurse', 'doctor', 'rule')),
    account_id uuid references accounts (id),
    why text not null check (why ~ '^[a-z_]{2,40}$'),
    at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (request_id, number)
);
call app.protect('urgent_assessments', '(select app.has_role(''administrator''))', 'false');
revoke update, delete on urgent_assessments from bedside_app;

-- Every step of the ladder, appended.
create table urgent_steps (
    request_id uuid not null references urgent_requests (id),
    number int not null check (number >= 0),
    rung text not null check (rung in ('reserved', 'pool', 'insert', 'displace', 'escalate')),
    outcome text not null check (outcome in ('taken', 'offered', 'nothing', 'not_for_guests', 'handed_over')),
    practitioner_id uuid references practitioners (id),
    appointment_id uuid references appointments (id),
    -- Whose time it took.
    displaced_id uuid references appointments (id),
    offers int not null default 0 check (offers >= 0),
    at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (request_id, number),
    check ((outcome = 'offered') = (offers > 0)),
    check ((outcome = 'taken') = (appointment_id is not null)),
    check (displaced_id is null or rung = 'displace')
);
-- Nobody gives way twice with one appointment.
create unique index urgent_steps_displaced on urgent_steps (displaced_id) where displaced_id is not null;
call app.protect('urgent_steps', '(select app.has_role(''administrator''))', 'false');
revoke update, delete on urgent_steps from bedside_app;

-- Who is ready to be asked, and how much they take on top of what is booked.
create table urgent_doctors (
    practitioner_id uuid primary key references practitioners (id),
    -- null: not ready. Whoever is must also have the page open (seen_at).
    online_until timestamptz,
    seen_at timestamptz,
    extra_per_day smallint not null default 1 check (extra_per_day between 0 and 6),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index urgent_doctors_online on urgent_doctors (seen_at) where online_until is not null;
call app.protect('urgent_doctors', 'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))',
    'practitioner_id = (select app.practitioner())');

create table urgent_offers (
    id uuid primary key,
    request_id uuid not null references urgent_requests (id),
    practitioner_id uuid not null references practitioners (id),
    step int not null check (step >= 0),
    status text not null default 'open' check (status in ('open', 'accepted', 'declined', 'lapsed', 'lost')),
    expires_at timestamptz not null,
    answered_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    -- Nobody is asked twice about one request.
    unique (request_id, practitioner_id),
    check ((status in ('accepted', 'declined')) = (answered_at is not null))
);
create unique index urgent_offers_one_accepted on urgent_offers (request_id) where status = 'accepted';
create index urgent_offers_practitioner on urgent_offers (practitioner_id, expires_at desc);
call app.protect('urgent_offers', 'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))', 'false');
revoke delete on urgent_offers from bedside_app;

-- What an administrator finds of a request that went before others.
create table urgent_reviews (
    request_id uuid primary key references urgent_requests (id),
    verdict text not null check (verdict in ('justified', 'unjustified')),
    reason text not null check (length(btrim(reason)) between 3 and 500),
    reviewed_by uuid not null references accounts (id),
    reviewed_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('urgent_reviews', '(select app.has_role(''administrator''))');
revoke delete on urgent_reviews from bedside_app;

-- The administrators who are told when a promise is broken. When nobody is on duty, all are.
create table urgent_duty (
    account_id uuid primary key references accounts (id),
    until timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('urgent_duty', '(select app.has_role(''administrator''))', 'account_id = (select app.account())');
