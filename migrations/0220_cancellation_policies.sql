-- owner: scheduling
-- What comes back when a patient cancels, as data. A rule is never changed: another version follows it, and every appointment keeps the
-- one it was booked under.

-- Steps: from `hours` before the start on, and earlier, `points` ten-thousandths come back. The steps come nearer and give less.
create function app.is_tiers(hours int[], points int[]) returns boolean language sql immutable
    as $$
        select cardinality(hours) between 1 and 6 and cardinality(points) = cardinality(hours)
            and not exists (select from unnest(hours, points) as t (h, p)
                where h is null or p is null or h not between 0 and 720 or p not between 0 and 10000)
            and not exists (select from unnest(hours, points) with ordinality as a (h, p, n)
                join unnest(hours, points) with ordinality as b (h, p, n) on b.n = a.n + 1 where b.h >= a.h or b.p > a.p)
    $$;

alter table services add constraint services_id_and_practitioner unique (id, practitioner_id);

create table cancellation_policies (
    id uuid primary key,
    -- both null: the rule of the house, for every service that has none of its own
    practitioner_id uuid references practitioners (id),
    service_id uuid,
    version int not null check (version > 0),
    tier_hours int[] not null,
    tier_points int[] not null,
    -- A patient may move a visit so often, until so many hours before it.
    free_moves int not null default 3 check (free_moves between 0 and 20),
    move_until_hours int not null default 4 check (move_until_hours between 0 and 720),
    -- What comes back to a patient who did not come.
    no_show_points int not null default 0 check (no_show_points between 0 and 10000),
    created_by uuid references accounts (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint cancellation_policies_steps check (app.is_tiers(tier_hours, tier_points)),
    check ((service_id is null) = (practitioner_id is null)),
    constraint cancellation_policies_own_service foreign key (service_id, practitioner_id) references services (id, practitioner_id),
    constraint cancellation_policies_one_version unique nulls not distinct (service_id, version)
);
insert into cancellation_policies (id, version, tier_hours, tier_points) values
    ('00000000-0000-7000-8000-000000000220', 1, '{24,4}', '{10000,5000}');
call app.protect('cancellation_policies', '(select app.in_context())',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
revoke update, delete on cancellation_policies from bedside_app;

-- The snapshot of the day of booking.
alter table appointments add column policy_id uuid not null default '00000000-0000-7000-8000-000000000220'
    references cancellation_policies (id);
