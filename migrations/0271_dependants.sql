-- owner: people
-- Who may act for a patient who cannot act alone: a parent for a child, until the child comes of age. The system alone writes here,
-- for the row is what makes somebody a patient's speaker.
create table proxies (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    account_id uuid not null references accounts (id),
    -- What the one who acts is to the patient.
    relation text not null check (relation in ('parent', 'guardian', 'grandparent', 'other')),
    -- The birthday of age: from this day on nobody acts for them, whether or not anything has run.
    ends_on date not null,
    ended_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint proxies_once unique (patient_id, account_id)
);
create index proxies_of_account on proxies (account_id) where ended_at is null;
call app.protect('proxies', 'account_id = (select app.account()) or patient_id = any ((select app.patients())::uuid[])', 'false');
revoke delete on proxies from bedside_app;
grant select on proxies to bedside_seer;

-- The patients an account speaks for, its own first, then those it may act for at this moment.
create function app.patients_at(wanted uuid, moment timestamptz) returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return (select coalesce(array_agg(mine.id order by mine.own desc, mine.since, mine.id), '{}') from (
            select p.id, true as own, p.created_at as since from patients p where p.account_id = wanted and p.deleted_at is null
            union all
            select p.id, false, x.created_at from proxies x join patients p on p.id = x.patient_id
            where x.account_id = wanted and x.ended_at is null and x.ends_on > (moment at time zone 'UTC')::date
              and p.deleted_at is null and p.account_id is distinct from wanted
        ) mine);
    end $$;
alter function app.patients_at(uuid, timestamptz) owner to bedside_seer;
revoke all on function app.patients_at(uuid, timestamptz) from public;
grant execute on function app.patients_at(uuid, timestamptz) to bedside_app;

create or replace function app.patients_of(wanted uuid) returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return app.patients_at(wanted, coalesce(app.setting('now')::timestamptz, clock_timestamp()));
    end $$;

-- Who is told about a patient: the patient's own account; else who asked, while they act for the patient; else the first who does.
-- For those who may know the patient's name.
create function app.account_for(wanted uuid, asked uuid) returns uuid
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$
    declare today date := (coalesce(app.setting('now')::timestamptz, clock_timestamp()) at time zone 'UTC')::date;
    begin
        if not (app.system() or wanted = any (app.patients()) or app.has_role('administrator')
                or (app.practitioner() is not null and app.knows(wanted))) then
            return null;
        end if;
        return coalesce(
            (select p.account_id from patients p where p.id = wanted and p.deleted_at is null),
            (select x.account_id from proxies x join patients p on p.id = x.patient_id and p.deleted_at is null
             where x.patient_id = wanted and x.ended_at is null and x.ends_on > today
             order by (x.account_id = asked) desc nulls last, x.created_at, x.id limit 1));
    end $$;
alter function app.account_for(uuid, uuid) owner to bedside_seer;
revoke all on function app.account_for(uuid, uuid) from public;
grant execute on function app.account_for(uuid, uuid) to bedside_app;

-- What somebody is to a patient for whom they act or acted: name and relation, for those who may know the patient's name.
create function app.acting_for(speaker uuid, wanted uuid) returns table (name text, relation text)
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return query select a.name, x.relation from proxies x join accounts a on a.id = x.account_id
        where x.account_id = speaker and x.patient_id = wanted
          and (app.system() or wanted = any (app.patients()) or app.has_role('administrator')
               or (app.practitioner() is not null and app.knows(wanted)));
    end $$;
alter function app.acting_for(uuid, uuid) owner to bedside_seer;
revoke all on function app.acting_for(uuid, uuid) from public;
grant execute on function app.acting_for(uuid, uuid) to bedside_app;
