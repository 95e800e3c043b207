-- owner: scheduling
-- Calendars elsewhere whose busy times count here. The address of a private calendar is a key to it, so it is sealed with the login.
create table outside_calendars (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id),
    name text not null check (char_length(name) between 1 and 80),
    kind text not null check (kind in ('file', 'caldav')),
    -- Of the address, to show which calendar this is.
    host text not null check (char_length(host) between 1 and 255),
    source_sealed bytea not null,
    -- As the server named the state that was read last.
    tag text null check (char_length(tag) <= 200),
    next_fetch_at timestamptz not null,
    -- When it answered last, and when it was last read anew.
    answered_at timestamptz null,
    read_at timestamptz null,
    busy_count int not null default 0 check (busy_count >= 0),
    -- In a row, and why.
    failures int not null default 0 check (failures >= 0),
    trouble text null check (trouble ~ '^[a-z_]{2,30}$'),
    told_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint outside_calendars_trouble check ((failures > 0) = (trouble is not null))
);
create index outside_calendars_of on outside_calendars (practitioner_id, id);
create index outside_calendars_due on outside_calendars (next_fetch_at);
call app.protect('outside_calendars', 'practitioner_id = (select app.practitioner())');

-- Nothing but times: no titles, no places, no people.
create table outside_busy (
    calendar_id uuid not null references outside_calendars (id) on delete cascade,
    practitioner_id uuid not null references practitioners (id),
    busy_from timestamptz not null,
    busy_until timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (calendar_id, busy_from),
    constraint outside_busy_real check (isfinite(busy_from) and isfinite(busy_until) and busy_from < busy_until)
);
create index outside_busy_of on outside_busy (practitioner_id, busy_until);
call app.protect('outside_busy', 'practitioner_id = (select app.practitioner())', 'false');

-- As before, and when the doctor is busy elsewhere. What a calendar said counts for three days after it last answered: a visit beside
-- something else is worse than a time that is not offered, but not for ever.
create or replace function app.busy_times(doctors uuid[], since timestamptz, until timestamptz, at timestamptz)
    returns table (practitioner_id uuid, busy_from timestamptz, busy_until timestamptz)
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return query select a.practitioner_id, a.busy_from, a.busy_until from appointments a
        where a.practitioner_id = any (doctors) and a.starts_at < until + interval '4 hours' and a.starts_at > since - interval '8 hours'
          and a.busy_until > since and a.busy_from < until
          and (a.status = 'confirmed' or (a.status in ('requested', 'held') and a.hold_expires_at > at))
        union all
        select b.practitioner_id, b.busy_from, b.busy_until from outside_busy b join outside_calendars c on c.id = b.calendar_id
        where b.practitioner_id = any (doctors) and b.busy_until > since and b.busy_from < until
          and c.answered_at > at - interval '3 days';
    end $$;
grant select on outside_calendars, outside_busy to bedside_seer;
