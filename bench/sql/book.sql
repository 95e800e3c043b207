-- The database's part of a booking: the two locks in one order, the appointment under its exclusion constraints, its history.
\set d random(0, 119)
\set p random(0, 39)
\set m random(0, 4000000)
begin;
select pg_advisory_xact_lock(1, :d), pg_advisory_xact_lock(2, :p);
with chosen as (
    select s.id as service_id, s.practitioner_id, s.price_amount, s.currency,
        (select id from patients order by id offset :p limit 1) as patient_id,
        timestamptz '2031-01-01' + make_interval(mins => :m) as starts_at
    from services s where s.practitioner_id = (select id from practitioners order by id offset :d limit 1) and s.mode = 'video'),
added as (
    insert into appointments (id, patient_id, practitioner_id, service_id, mode, starts_at, ends_at, busy_from, busy_until, status,
        hold_expires_at, price_amount, currency, patient_zone)
    select gen_random_uuid(), patient_id, practitioner_id, service_id, 'video', starts_at, starts_at + interval '1 minute', starts_at,
        starts_at + interval '1 minute', 'held', now() + interval '30 minutes', price_amount, currency, 'UTC' from chosen
    on conflict do nothing
    returning id, patient_id, practitioner_id, starts_at)
insert into appointment_events (id, appointment_id, patient_id, practitioner_id, version, verb, after_status, after_visit,
    after_starts_at, actor_role, at)
select gen_random_uuid(), id, patient_id, practitioner_id, 1, 'book', 'held', 'not_open', starts_at, 'patient', now() from added;
commit;
