-- owner: scheduling
-- The doctor (or the house) called a visit off: what was paid waits for the patient's choice, and goes back by itself at the end of it.

create table appointment_choices (
    appointment_id uuid primary key references appointments (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    cause text not null check (cause in ('cancelled_by_doctor', 'cancelled_by_platform', 'no_show_doctor')),
    -- What was paid; null where the visit was free.
    charge_id uuid references charges (id),
    status text not null default 'open' check (status in ('open', 'rebooked', 'refunded')),
    -- From this instant on it is refunded, whether or not any job has run.
    choose_until timestamptz not null,
    rebooked_as uuid references appointments (id),
    settled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status = 'rebooked') = (rebooked_as is not null)),
    check ((status = 'open') = (settled_at is null))
);
create index appointment_choices_open on appointment_choices (choose_until) where status = 'open';
create index appointment_choices_patient on appointment_choices (patient_id) where status = 'open';
create unique index appointment_choices_rebooked on appointment_choices (rebooked_as) where rebooked_as is not null;
call app.protect('appointment_choices', 'patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
revoke delete on appointment_choices from bedside_app;
