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
