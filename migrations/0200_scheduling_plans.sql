-- owner: scheduling
-- Asked with every search and booking. A function in SQL is planned anew with every call; plpgsql keeps the plan.
create or replace function app.busy_times(doctors uuid[], since timestamptz, until timestamptz, at timestamptz)
    returns table (practitioner_id uuid, busy_from timestamptz, busy_until timestamptz)
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return query select a.practitioner_id, a.busy_from, a.busy_until from appointments a
        where a.practitioner_id = any (doctors) and a.starts_at < until + interval '4 hours' and a.starts_at > since - interval '8 hours'
          and a.busy_until > since and a.busy_from < until
          and (a.status = 'confirmed' or (a.status in ('requested', 'held') and a.hold_expires_at > at));
    end $$;

create or replace function app.lapse_holds(doctor uuid, patient uuid, since timestamptz, until timestamptz, at timestamptz)
    returns setof uuid language plpgsql volatile security definer set search_path = public, app, pg_temp
    as $$ begin
        return query with due as (
            select a.id, a.status, a.visit_status, a.starts_at from appointments a
            where (a.practitioner_id = doctor or a.patient_id = patient)
              and a.status in ('requested', 'held') and a.hold_expires_at <= lapse_holds.at
              and a.busy_from < until and a.busy_until > since
            order by a.id for update
        ), lapsed as (
            update appointments a set status = 'expired', closed_at = lapse_holds.at, version = a.version + 1, updated_at = lapse_holds.at
            from due where a.id = due.id
            returning a.id, a.patient_id, a.practitioner_id, a.version, due.status as before, a.status, a.visit_status, a.starts_at
        )
        insert into appointment_events (id, appointment_id, patient_id, practitioner_id, version, verb, before_status, after_status,
            before_visit, after_visit, before_starts_at, after_starts_at, actor_role, at)
        select gen_random_uuid(), l.id, l.patient_id, l.practitioner_id, l.version, 'expire', l.before, l.status, l.visit_status,
            l.visit_status, l.starts_at, l.starts_at, 'system', lapse_holds.at from lapsed l
        returning appointment_id;
    end $$;
