-- owner: facilities
-- Whoever walks in takes a number. Queues are a place's own; numbers begin with one on every day of the place's calendar.

create table walk_in_queues (
    id uuid primary key,
    facility_id uuid not null references facilities (id),
    -- Said before the number: A12.
    letter text not null check (letter ~ '^[A-Z]$'),
    name text not null check (length(btrim(name)) between 1 and 60),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint walk_in_queues_one_letter unique (facility_id, letter)
);
-- Reception works at every place of the house; a doctor where they practise.
create function app.works_at(place uuid) returns boolean language sql stable security definer set search_path = public, app, pg_temp
    as $$ select app.has_role('administrator') or app.has_role('nurse')
        or exists (select from practice_places p where p.facility_id = place and p.practitioner_id = app.practitioner()) $$;
grant select on practice_places to bedside_seer;
alter function app.works_at(uuid) owner to bedside_seer;
revoke all on function app.works_at(uuid) from public;
grant execute on function app.works_at(uuid) to bedside_app;

call app.protect('walk_in_queues', '(select app.in_context())', '(select app.has_role(''administrator''))');
revoke delete on walk_in_queues from bedside_app;

-- The last number of a queue on a day: the row is taken with each number, so that none is lost and none is given twice.
create table walk_in_counters (
    queue_id uuid not null references walk_in_queues (id),
    facility_id uuid not null references facilities (id),
    day date not null,
    last_number int not null check (last_number between 0 and 9999),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (queue_id, day)
);
call app.protect('walk_in_counters', 'app.works_at(facility_id)');
revoke delete on walk_in_counters from bedside_app;

-- A number, and nothing of who holds it.
create table walk_in_tokens (
    id uuid primary key,
    queue_id uuid not null references walk_in_queues (id),
    facility_id uuid not null references facilities (id),
    day date not null,
    number int not null check (number between 1 and 9999),
    state text not null default 'waiting' check (state in ('waiting', 'called', 'served', 'skipped')),
    issued_at timestamptz not null,
    called_at timestamptz,
    -- How often it was called.
    calls int not null default 0 check (calls between 0 and 100),
    closed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint walk_in_tokens_once unique (queue_id, day, number)
);
create index walk_in_tokens_of_day on walk_in_tokens (facility_id, day, state);
call app.protect('walk_in_tokens', '(select app.in_context())', 'app.works_at(facility_id)');
revoke delete on walk_in_tokens from bedside_app;
