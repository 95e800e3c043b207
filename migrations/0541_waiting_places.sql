-- owner: consultations
-- What is said of a place in the waiting room beside the appointment: how urgent, stepped out, called back. The place itself follows from these.
create table waiting_places (
    appointment_id uuid primary key references appointments (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    -- 1 is seen first; set by the doctor. Without it, that of the urgent request, or 4.
    acuity smallint check (acuity between 1 and 5),
    -- The patient has stepped out and keeps the place.
    away_since timestamptz,
    called_back_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (called_back_at is null or away_since is not null)
);
create index waiting_places_by_doctor on waiting_places (practitioner_id);
create index waiting_places_by_patient on waiting_places (patient_id);
call app.protect('waiting_places', 'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');
revoke delete on waiting_places from bedside_app;

-- The patient steps out and comes back; how urgent it is, the doctor says.
create function app.waiting_place_stands() returns trigger language plpgsql as $$
begin
    if not (app.system() or new.practitioner_id = app.practitioner())
        and (new.acuity is distinct from case when tg_op = 'UPDATE' then old.acuity end
             or new.called_back_at is distinct from case when tg_op = 'UPDATE' then old.called_back_at end and new.called_back_at is not null) then
        raise exception 'how urgent it is, the doctor says' using errcode = 'check_violation', constraint = 'waiting_places_by_doctor_alone';
    end if;
    if not exists (select from appointments a where a.id = new.appointment_id and a.patient_id = new.patient_id
                   and a.practitioner_id = new.practitioner_id) then
        raise exception 'a place belongs to its appointment' using errcode = 'check_violation', constraint = 'waiting_places_of_appointment';
    end if;
    return new;
end $$;
create trigger waiting_places_stand before insert or update on waiting_places
    for each row execute function app.waiting_place_stands();

-- How urgent an appointment is in the waiting room: 1 to 5.
grant select on waiting_places, urgent_requests to bedside_seer;
create function app.waiting_acuity(appointment uuid) returns int
    language sql stable security definer set search_path = public, app, pg_temp as $$
    select coalesce((select w.acuity from waiting_places w where w.appointment_id = appointment),
                    (select u.acuity from urgent_requests u where u.appointment_id = appointment), 4)::int $$;
alter function app.waiting_acuity(uuid) owner to bedside_seer;
revoke all on function app.waiting_acuity(uuid) from public;
grant execute on function app.waiting_acuity(uuid) to bedside_app;

-- Who is before this one, of the same doctor and day: checked in and not gone (or stepped out by the rules), by how urgent, promised time and
-- arrival. Each takes what the same service of the same doctor lately took (the median of twenty), or what was planned.
create or replace function app.queue_of(appointment uuid, day_start timestamptz, day_end timestamptz)
    returns table (ahead int, ahead_min int, current_since timestamptz, current_min int, median_min int)
    language sql stable security definer set search_path = public, app
    as $$
        with mine as (
            select a.id, a.practitioner_id, a.service_id, a.starts_at, a.arrived_at, app.waiting_acuity(a.id) as acuity from appointments a
            where a.id = appointment and ((select app.system()) or a.patient_id = any ((select app.patients())::uuid[])
                or a.practitioner_id = (select app.practitioner()) or (select app.has_role('administrator')))
        ), today as (
            select a.id, a.visit_status, a.service_id, a.starts_at, a.ends_at, a.arrived_at, a.admitted_at, app.waiting_acuity(a.id) as acuity,
                   -- Stepped out: until some minutes after being called back, and an hour at most.
                   (w.away_since > coalesce(app.setting('now')::timestamptz, now()) - interval '1 hour'
                       and (w.called_back_at is null or w.called_back_at > coalesce(app.setting('now')::timestamptz, now()) - interval '10 minutes'))
                   or coalesce((select max(p.seen_at) from presences p where p.appointment_id = a.id and p.practitioner_id is distinct from a.practitioner_id),
                               a.arrived_at)
                      > coalesce(app.setting('now')::timestamptz, now()) - interval '30 seconds'
                   or a.mode = 'in_person' as stands
            from appointments a left join waiting_places w on w.appointment_id = a.id
            where a.practitioner_id = (select practitioner_id from mine) and a.starts_at >= day_start and a.starts_at < day_end
              and a.status = 'confirmed' and a.visit_status in ('waiting', 'in_consultation')
        ), lately as (
            select s.service_id, percentile_cont(0.5) within group (order by l.took) as took
            from (select service_id from today union select service_id from mine) s cross join lateral (
                select extract(epoch from a.ended_at - a.admitted_at) / 60 as took from appointments a
                where a.service_id = s.service_id and a.practitioner_id = (select practitioner_id from mine)
                  and a.ended_at is not null and a.admitted_at is not null
                order by a.starts_at desc limit 20) l
            group by s.service_id
        ), before as (
            select t.*, coalesce(l.took, extract(epoch from t.ends_at - t.starts_at) / 60) as takes
            from today t cross join mine m left join lately l on l.service_id = t.service_id
            where t.visit_status = 'waiting' and t.id <> m.id and t.stands
              and (t.acuity, t.starts_at, t.arrived_at, t.id) < (m.acuity, m.starts_at, coalesce(m.arrived_at, 'infinity'), m.id)
        ), current as (
            select t.admitted_at, coalesce(l.took, extract(epoch from t.ends_at - t.starts_at) / 60) as takes
            from today t cross join mine m left join lately l on l.service_id = t.service_id
            where t.visit_status = 'in_consultation' and t.id <> m.id order by t.admitted_at desc nulls last limit 1
        )
        select (select count(*)::int from before), (select coalesce(sum(b.takes), 0)::int from before b),
               (select c.admitted_at from current c), (select c.takes::int from current c),
               (select l.took::int from lately l join mine m on m.service_id = l.service_id)
        from mine
    $$;
