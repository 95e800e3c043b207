-- A hospital that has been at work for a year. PATIENTS, DOCTORS and PER_DOCTOR are replaced by numbers. Written as rows, past the checks
-- of foreign keys and triggers, which is quick; what is written keeps to them.
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';

create temporary table grown_doctor as
    select row_number() over (order by p.slug) - 1 as d, p.id, s.id as service
    from practitioners p join services s on s.practitioner_id = p.id where p.slug like 'bench-%';
create unique index on grown_doctor (d);

create temporary table grown_patient as select n as p, gen_random_uuid() as id, gen_random_uuid() as account
    from generate_series(0, PATIENTS - 1) n;
create unique index on grown_patient (p);
insert into accounts (id, email, name) select account, 'grown' || p || '@bench.example',
    (array['Amina', 'Rahim', 'Fatima', 'Omar', 'Sita', 'Bikash', 'Layla', 'Yusuf', 'Nadia', 'Tariq', 'Maya', 'Hassan'])[1 + p % 12] || ' '
    || (array['Rahman', 'Hossain', 'Karim', 'Ali', 'Sharma', 'Thapa', 'Haddad', 'Nasser', 'Khan', 'Das', 'Gurung', 'Saleh', 'Begum'])[1 + p % 13]
    || ' ' || p from grown_patient;
insert into account_roles (account_id, role) select account, 'patient' from grown_patient;
insert into patients (id, account_id, record_no, full_name, birth_date)
    select g.id, g.account, upper(substr(lpad(to_hex(g.p), 8, '0'), 1, 4) || '-' || substr(lpad(to_hex(g.p), 8, '0'), 5)), a.name,
           date '1950-01-01' + (g.p % 25000)::int
    from grown_patient g join accounts a on a.id = g.account;

-- The first hundred sign in.
insert into sessions (id, account_id, token_hash, factor, idle_minutes, last_seen_at, expires_at, proved_at)
    select gen_random_uuid(), account, sha256(convert_to('grown-' || p, 'UTF8')), 'password', 720, now(), now() + interval '1 day', now()
    from grown_patient where p < 100;

-- Nine of ten visits are over; the others lie in the coming days. Ids tell when they were made, as ours do.
create function pg_temp.id_at(at timestamptz) returns uuid language sql volatile as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8'
        || substr(md5(random()::text), 1, 15))::uuid $$;

create temporary table grown_visit as
    select k, d.d, d.id as practitioner, d.service, g.id as patient, begins as starts_at, pg_temp.id_at(begins - interval '3 days') as id,
           gen_random_uuid() as charge, gen_random_uuid() as payment, k % 10 <> 0 as over, k % 3 = 0 as billed
    from grown_doctor d cross join generate_series(0, PER_DOCTOR - 1) k
    cross join lateral (select case when k % 10 <> 0
             then date_trunc('day', now()) - interval '1 day' * (1 + k * 300 / PER_DOCTOR) + interval '9 hours' + interval '30 minutes' * (k % 16)
             else date_trunc('day', now()) + interval '1 day' * (1 + (k / 10) % 14) + interval '9 hours' + interval '30 minutes' * ((k / 140 + d.d) % 16)
             end as begins) t
    join grown_patient g on g.p = case when k % 10 <> 0 then ((d.d * PER_DOCTOR + k)::bigint * 48271) % PATIENTS
                                       else (d.d * (PER_DOCTOR / 10 + 1) + k / 10) % PATIENTS end;
insert into appointments (id, patient_id, practitioner_id, service_id, mode, starts_at, ends_at, busy_from, busy_until, status, visit_status,
        price_amount, currency, patient_zone, charge_id, ended_at, closed_at, created_at, updated_at)
    select id, patient, practitioner, service, 'video', starts_at, starts_at + interval '30 minutes', starts_at,
           starts_at + interval '30 minutes', case when over then 'fulfilled' else 'confirmed' end,
           case when over then 'signed' else 'not_open' end, 2400, 'USD', 'UTC', case when billed then charge end,
           case when over then starts_at + interval '25 minutes' end, case when over then starts_at + interval '25 minutes' end,
           starts_at - interval '3 days', starts_at - interval '3 days'
    from grown_visit on conflict do nothing;

insert into charges (id, patient_id, practitioner_id, subject_kind, subject_id, amount, currency, platform_basis_points, status,
        payable_until, settled_at, created_at)
    select charge, patient, practitioner, 'appointment', id, 2400, 'USD', 1500, 'settled', starts_at, starts_at - interval '2 days',
           starts_at - interval '3 days' from grown_visit where billed;
insert into payments (id, charge_id, patient_id, practitioner_id, gateway, gateway_ref, status, amount, currency, captured_at, created_at)
    select payment, charge, patient, practitioner, 'sandbox', payment::text, 'captured', 2400, 'USD', starts_at - interval '2 days',
           starts_at - interval '3 days' from grown_visit where billed;
insert into bill_lines (id, subject_kind, subject_id, charge_id, patient_id, practitioner_id, place, kind, amount, currency)
    select gen_random_uuid(), 'appointment', id, charge, patient, practitioner, 0, 'item', 2400, 'USD' from grown_visit where billed;

drop table grown_visit, grown_patient, grown_doctor;
set session_replication_role = origin;
