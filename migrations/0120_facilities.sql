-- owner: facilities
-- Health centres as places, and which doctors practise where.
create table facilities (
    id uuid primary key,
    name text not null check (length(btrim(name)) between 1 and 120),
    kind text not null default 'health_centre' check (kind in ('health_centre', 'clinic', 'hospital')),
    street text not null check (length(btrim(street)) between 1 and 200),
    city text not null check (length(btrim(city)) between 1 and 100),
    -- ISO 3166-1 alpha-2, as everywhere.
    country text not null check (country ~ '^[A-Z]{2}$'),
    latitude double precision not null check (latitude between -90 and 90),
    longitude double precision not null check (longitude between -180 and 180),
    time_zone text not null check (length(time_zone) between 1 and 64),
    phone text check (phone ~ '^\+[0-9]{6,15}$'),
    -- [{"weekday": 1..7 (Monday first), "opens": "08:00", "closes": "20:00"}]; closes <= opens ends the next day.
    opening_hours jsonb not null default '[]' check (jsonb_typeof(opening_hours) = 'array'),
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (name, city, country)
);
create index facilities_city on facilities (country, city) where active;
call app.protect('facilities', 'active and (select app.in_context()) or (select app.has_role(''administrator''))',
    '(select app.has_role(''administrator''))');

create table practice_places (
    practitioner_id uuid not null references practitioners (id),
    facility_id uuid not null references facilities (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (practitioner_id, facility_id)
);
create index practice_places_facility on practice_places (facility_id);
call app.protect('practice_places', '(select app.in_context())', '(select app.has_role(''administrator''))');
