-- Five thousand encounters of one patient of the demonstration's doctor, over some twenty years, at many doctors. Written as rows, past
-- the checks of triggers; what is written keeps to them. The last statement names the patient.
set session_replication_role = replica;
create temporary table chart_of as
    select a.patient_id as patient, a.practitioner_id as doctor
    from appointments a join practitioners d on d.id = a.practitioner_id join accounts c on c.id = d.account_id
    where c.email = 'doctor@demo.example' and a.status in ('confirmed', 'fulfilled') order by a.starts_at desc limit 1;
create temporary table encounter as
    select gen_random_uuid() as id, gen_random_uuid() as appointment, chart_of.patient, s.practitioner_id as doctor, s.id as service,
           date_trunc('hour', now()) - interval '36 hours' * (k + 20) as begins
    from chart_of, generate_series(1, 5000) k
    join (select id, practitioner_id, row_number() over (order by id) - 1 as place, count(*) over () as many from services) s on s.place = k % s.many;
insert into appointments (id, patient_id, practitioner_id, service_id, mode, starts_at, ends_at, busy_from, busy_until, status, visit_status,
        price_amount, currency, patient_zone, ended_at, closed_at, created_at, updated_at)
    select appointment, patient, doctor, service, 'video', begins, begins + interval '30 minutes', begins, begins + interval '30 minutes',
           'fulfilled', 'signed', 2400, 'USD', 'UTC', begins + interval '25 minutes', begins + interval '25 minutes', begins, begins
    from encounter;
insert into visits (id, appointment_id, patient_id, practitioner_id, status, started_at, ended_at, signed_at, created_at, updated_at)
    select id, appointment, patient, doctor, 'signed', begins, begins + interval '25 minutes', begins + interval '30 minutes', begins, begins
    from encounter;
set session_replication_role = origin;
analyze appointments;
analyze visits;
