-- owner: scheduling
-- After a visit the same doctor may be seen again for nothing, within a time that the service says.
alter table services
    -- null: no free follow-up
    add column follow_up_days int check (follow_up_days between 1 and 365),
    add column follow_up_visits int not null default 1 check (follow_up_visits between 1 and 10);

-- What a visit that has ended gives, as the service said on that day.
create table follow_up_rights (
    appointment_id uuid primary key references appointments (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    service_id uuid not null references services (id),
    -- A follow-up starts before this.
    until timestamptz not null,
    visits int not null check (visits between 1 and 10),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index follow_up_rights_of_patient on follow_up_rights (patient_id, service_id, until);
call app.protect('follow_up_rights', 'patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
revoke delete on follow_up_rights from bedside_app;

-- Each use of a right has a number of its own, so that of two who use the last one the database refuses the second. What is cancelled,
-- given up or lapsed gives its number back.
alter table appointments
    add column follow_up_of uuid references follow_up_rights (appointment_id),
    add column follow_up_no int check (follow_up_no between 1 and 10),
    add constraint appointments_follow_up check ((follow_up_of is null) = (follow_up_no is null));
create unique index appointments_follow_up_once on appointments (follow_up_of, follow_up_no)
    where follow_up_of is not null and status in ('requested', 'held', 'confirmed', 'fulfilled', 'no_show_patient');
