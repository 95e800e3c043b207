-- owner: scheduling
-- The slot model in full: limits and reserve of a service, timetables per place, exceptions of every kind.

alter table services
    -- At most so many taken times of this service on one day, and in one week from Monday, of the timetable's zone.
    add column daily_cap int check (daily_cap between 1 and 200),
    add column weekly_cap int check (weekly_cap between 1 and 1000),
    -- null: the grid begins with each window; else so many minutes after midnight, on the wall clock.
    add column align_min int check (align_min between 0 and 239),
    -- The last minutes of each day's hours, kept back for urgent bookings until an hour before they begin.
    add column reserve_min int not null default 0 check (reserve_min between 0 and 480);

-- A timetable may be for one place; validity ranges of different places may coexist.
alter table schedules
    add column facility_id uuid references facilities (id),
    -- What these hours change of a service, field by field: [{"service": id, "duration_min": 30, …}]
    add column fields jsonb not null default '[]' check (jsonb_typeof(fields) = 'array' and jsonb_array_length(fields) <= 40),
    drop constraint schedules_one_at_a_time,
    add constraint schedules_one_at_a_time exclude using gist
        (practitioner_id with =, (coalesce(facility_id, '00000000-0000-0000-0000-000000000000')) with =,
         daterange(valid_from, valid_until, '[]') with &&);

-- closed: taken out, or a part of each day. open: extra hours, which win over closed. override: these hours (none, without a part) in
-- place of the weekly ones. leave: nothing at all. holiday: no weekly hours, on every timetable's own clock. travel: the weekly windows
-- are read on this zone's clock (abroad), or stay on the doctor's own (home); visits in person go on or stop.
alter table schedule_exceptions
    drop constraint schedule_exceptions_kind_check,
    drop constraint schedule_exceptions_check2,
    add constraint schedule_exceptions_kind check (kind in ('closed', 'open', 'override', 'leave', 'holiday', 'travel')),
    add constraint schedule_exceptions_part check (case when kind = 'open' then starts is not null
        when kind in ('leave', 'holiday', 'travel') then starts is null and service_id is null else true end),
    add column windows_read text check (windows_read in ('abroad', 'home')),
    add column in_person text check (in_person in ('goes_on', 'stops')),
    add constraint schedule_exceptions_travel check ((kind = 'travel') = (windows_read is not null)
        and (kind = 'travel') = (in_person is not null)),
    add column holiday_country text check (holiday_country ~ '^[A-Z]{2}$'),
    add constraint schedule_exceptions_holiday check ((kind = 'holiday') = (holiday_country is not null)),
    -- A journey leads to one place at a time.
    add constraint schedule_exceptions_one_journey exclude using gist
        (practitioner_id with =, daterange(starts_on, ends_on, '[]') with &&) where (kind = 'travel');
create unique index schedule_exceptions_one_holiday on schedule_exceptions (practitioner_id, starts_on, holiday_country)
    where kind = 'holiday';

-- Public holidays as data: who says so stands with each. An estimated day follows the moon and may move by a day.
create table public_holidays (
    country text not null check (country ~ '^[A-Z]{2}$'),
    day date not null,
    name text not null check (length(btrim(name)) between 1 and 200),
    estimated boolean not null default false,
    source text not null check (length(btrim(source)) between 1 and 120),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (country, day)
);
call app.protect('public_holidays', '(select app.in_context())', '(select app.has_role(''administrator''))');

-- Whose holidays a doctor keeps. The days themselves are exceptions of kind holiday, so that one may be worked on.
create table holiday_calendars (
    practitioner_id uuid not null references practitioners (id),
    country text not null check (country ~ '^[A-Z]{2}$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (practitioner_id, country)
);
call app.protect('holiday_calendars', '(select app.in_context())',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- What counts against the limits of services that have one: no patient, nothing but service and start. PL/pgSQL keeps its plans.
create function app.counted_starts(doctors uuid[], since timestamptz, until timestamptz, at timestamptz)
    returns table (practitioner_id uuid, service_id uuid, starts_at timestamptz)
    language plpgsql stable security definer set search_path = public, app
    as $$
    begin
        if not exists (select from services s where s.practitioner_id = any (doctors) and s.active
                and (s.daily_cap is not null or s.weekly_cap is not null)) then
            return;
        end if;
        return query
            select a.practitioner_id, a.service_id, a.starts_at from appointments a
            join services s on s.id = a.service_id and (s.daily_cap is not null or s.weekly_cap is not null)
            where a.practitioner_id = any (doctors) and a.starts_at >= since and a.starts_at < until
              and (a.status in ('confirmed', 'fulfilled', 'no_show_patient')
                   or (a.status in ('requested', 'held') and a.hold_expires_at > at));
    end
    $$;
alter function app.counted_starts(uuid[], timestamptz, timestamptz, timestamptz) owner to bedside_seer;
grant select on services to bedside_seer;
