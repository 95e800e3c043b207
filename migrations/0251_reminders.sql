-- owner: scheduling
-- What is to be said before a visit. Each row is one saying for one time of one appointment: whoever holds it and finds it planned
-- may say it, once. A time that is given up takes its rows with it.
create table reminders (
    id uuid primary key,
    appointment_id uuid not null references appointments (id),
    -- Of the appointment when this was planned.
    version int not null check (version > 0),
    starts_at timestamptz not null,
    lead_min int not null check (lead_min between 5 and 20160),
    due_at timestamptz not null,
    state text not null default 'planned' check (state in ('planned', 'told', 'void')),
    settled_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint reminders_once unique (appointment_id, starts_at, lead_min),
    constraint reminders_settled check ((state <> 'planned') = (settled_at is not null))
);
call app.protect('reminders', 'false', 'false');
