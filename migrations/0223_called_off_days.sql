-- owner: scheduling
-- A doctor's day that was called off by one command. Its appointments are called off one by one behind it.

create table called_off_days (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id),
    -- On the doctor's own calendar, with its instants.
    day date not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    reason_code text not null check (reason_code ~ '^[a-z_]{2,40}$'),
    called_off_by uuid not null references accounts (id),
    by_role text not null check (by_role in ('doctor', 'administrator')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (starts_at < ends_at),
    constraint called_off_days_once unique (practitioner_id, day)
);
call app.protect('called_off_days', 'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
revoke update, delete on called_off_days from bedside_app;
