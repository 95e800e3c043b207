-- owner: identity
-- Whoever speaks for several people chooses whose record the pages show, and reads on each whose it is: the session's one lookup brings the names.
-- A record that was joined to another is no person of its own.

drop function app.session_of(bytea, interval);
create function app.session_of(hash bytea, shift interval)
    returns table (session uuid, account uuid, name text, locale text, time_zone text, roles text[], patients uuid[],
                   people uuid[], names text[], own uuid, practitioner uuid, factor text, exempt boolean, proved_at timestamptz, idle boolean, unread bigint)
    language plpgsql stable security definer set search_path = public, app
    as $$
    declare moment timestamptz := clock_timestamp() + shift;
    begin
        return query
        select s.id, a.id, a.name, a.locale, a.time_zone,
               array(select r.role from account_roles r where r.account_id = a.id order by r.role),
               mine.patients,
               case when cardinality(standing.people) > 1 then standing.people else '{}' end,
               case when cardinality(standing.people) > 1 then standing.names else '{}' end,
               case when cardinality(standing.people) > 1 then (select app.survivor(p.id) from patients p
                   where p.account_id = a.id and p.deleted_at is null and app.survivor(p.id) = any (standing.people)
                   order by p.created_at, p.id limit 1) end,
               app.practitioner_of(a.id), s.factor, a.second_factor_exempt, s.proved_at,
               s.last_seen_at < moment - interval '60 seconds',
               -- For the bell on every page, so that a page need not ask again.
               (select count(*) from notices n where n.account_id = a.id and n.read_at is null)
        from sessions s join accounts a on a.id = s.account_id cross join lateral (select app.patients_of(a.id) as patients) mine
            cross join lateral (
                select coalesce(array_agg(p.id order by u.place), '{}') as people,
                       coalesce(array_agg(coalesce(p.preferred_name, p.full_name) order by u.place), '{}') as names
                from unnest(mine.patients) with ordinality u (id, place) join patients p on p.id = u.id
                where cardinality(mine.patients) > 1
                  and not exists (select from record_joins j where j.retired_id = p.id and j.ended_at is null)) standing
        where s.token_hash = hash and s.ended_at is null and s.expires_at > moment
          and s.last_seen_at > moment - make_interval(mins => s.idle_minutes::int) and a.status = 'active';
    end $$;
alter function app.session_of(bytea, interval) owner to bedside_seer;
revoke all on function app.session_of(bytea, interval) from public;
grant execute on function app.session_of(bytea, interval) to bedside_app;
