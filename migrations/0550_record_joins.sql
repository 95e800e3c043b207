-- owner: people
-- Two records of one person, joined by a link (adr/0033), after FHIR R4 `Patient.link`: the retired record is replaced by the survivor.
-- No row of health is moved or opened: each stays sealed under its own patient's key. Taken apart, the link ends and both are as before.
create table record_joins (
    id uuid primary key,
    survivor_id uuid not null references patients (id),
    retired_id uuid not null references patients (id),
    -- In the administrator's words, sealed under the survivor's key.
    reason_sealed bytea not null,
    -- What is known of the retired record's account: nobody signs in with it, or its owner stood at the desk and is the same person.
    identity text not null check (identity in ('no_account', 'in_person')),
    joined_by uuid not null references accounts (id),
    joined_at timestamptz not null,
    ended_by uuid references accounts (id),
    ended_at timestamptz,
    ending_sealed bytea,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint record_joins_two_records check (survivor_id <> retired_id),
    constraint record_joins_ending_whole check (num_nulls(ended_by, ended_at, ending_sealed) in (0, 3)),
    constraint record_joins_in_order check (ended_at is null or ended_at >= joined_at)
);
create unique index record_joins_retired_once on record_joins (retired_id) where ended_at is null;
create index record_joins_of_survivor on record_joins (survivor_id) where ended_at is null;
call app.protect('record_joins', '(select app.has_role(''administrator''))', 'false');
revoke delete on record_joins from bedside_app;

-- One level, and no circle: what is retired takes nothing up, and what has taken up is not retired. Of two who join the same records
-- at once, in whichever direction, one waits for the other here. Whoever writes into either record holds its row as well (the foreign
-- key), so what was begun before is seen by whoever joins, and what is begun afterwards sees the join (app.refuse_retired).
create function app.record_join_stands() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.id, new.survivor_id, new.retired_id, new.reason_sealed, new.identity, new.joined_by, new.joined_at)
            is distinct from (old.id, old.survivor_id, old.retired_id, old.reason_sealed, old.identity, old.joined_by, old.joined_at)
            or old.ended_at is not null
        then
            raise exception 'a join stands as it was decided' using errcode = 'check_violation', constraint = 'record_joins_stand';
        end if;
        return new;
    end if;
    perform p.id from patients p where p.id in (new.survivor_id, new.retired_id) order by p.id for update;
    if exists (select from record_joins j where j.ended_at is null and (j.survivor_id = new.retired_id or j.retired_id = new.survivor_id)) then
        raise exception 'joins have one level' using errcode = 'check_violation', constraint = 'record_joins_one_level';
    end if;
    if exists (select from urgent_requests u where u.patient_id = new.retired_id and u.status in ('seeking', 'accepted')) then
        raise exception 'somebody waits for a doctor now' using errcode = 'check_violation', constraint = 'record_joins_nobody_waits';
    end if;
    return new;
end $$;
create trigger record_join_stands before insert or update on record_joins for each row execute function app.record_join_stands();
grant select on record_joins to bedside_seer;

-- The record in which this person is written about now: the survivor, or the record itself.
create function app.survivor(wanted uuid) returns uuid
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return coalesce((select j.survivor_id from record_joins j where j.retired_id = wanted and j.ended_at is null), wanted);
end $$;
-- All records of this person, whichever of them is named: the survivor first.
create function app.joined(wanted uuid) returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    head uuid := app.survivor(wanted);
begin
    return array(select head union all
                 (select j.retired_id from record_joins j where j.survivor_id = head and j.ended_at is null order by j.joined_at, j.id));
end $$;
alter function app.survivor(uuid) owner to bedside_seer;
alter function app.joined(uuid) owner to bedside_seer;
revoke all on function app.survivor(uuid), app.joined(uuid) from public;
grant execute on function app.survivor(uuid), app.joined(uuid) to bedside_app;

-- As in 0271, but a retired record speaks through its survivor: whoever may act for the survivor reads the rows of both; the account
-- that was the retired record's own does only where its owner was seen at the desk; nobody reaches a retired record by itself.
create or replace function app.patients_at(wanted uuid, moment timestamptz) returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return (with found as (
            select coalesce(j.survivor_id, p.id) as id, true as own, p.created_at as since
            from patients p left join record_joins j on j.retired_id = p.id and j.ended_at is null
            where p.account_id = wanted and p.deleted_at is null and (j.id is null or j.identity = 'in_person')
            union all
            select p.id, false, x.created_at from proxies x join patients p on p.id = x.patient_id
            where x.account_id = wanted and x.ended_at is null and x.ends_on > (moment at time zone 'UTC')::date
              and p.deleted_at is null and p.account_id is distinct from wanted
              and not exists (select from record_joins j where j.retired_id = p.id and j.ended_at is null)
        ), mine as (select f.id, bool_or(f.own) as own, min(f.since) as since from found f group by f.id)
        select coalesce(array_agg(a.id order by a.part, a.own desc, a.since, a.id), '{}') from (
            select 1 as part, m.id, m.own, m.since from mine m
            union all
            select 2, j.retired_id, false, j.joined_at from mine m join record_joins j on j.survivor_id = m.id and j.ended_at is null
        ) a);
    end $$;

-- As in 0271, about whichever record of the person: the survivor's account, else the one whose owner was seen at the desk, else who acts.
create or replace function app.account_for(wanted uuid, asked uuid) returns uuid
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$
    declare
        today date := (coalesce(app.setting('now')::timestamptz, clock_timestamp()) at time zone 'UTC')::date;
        head uuid := app.survivor(wanted);
    begin
        if not (app.system() or wanted = any (app.patients()) or app.has_role('administrator')
                or (app.practitioner() is not null and app.knows(wanted))) then
            return null;
        end if;
        return coalesce(
            (select p.account_id from patients p where p.id = head and p.deleted_at is null),
            (select p.account_id from record_joins j join patients p on p.id = j.retired_id and p.deleted_at is null
             where j.survivor_id = head and j.ended_at is null and j.identity = 'in_person' and p.account_id is not null
             order by j.joined_at, j.id limit 1),
            (select x.account_id from proxies x join patients p on p.id = x.patient_id and p.deleted_at is null
             where x.patient_id = head and x.ended_at is null and x.ends_on > today
             order by (x.account_id = asked) desc nulls last, x.created_at, x.id limit 1));
    end $$;
