-- Doctors who see people by video, half an hour each, from nine to five (UTC) of every day.
with made as (
    insert into accounts (id, email, name)
    select gen_random_uuid(), 'bench-doctor-' || n || '@bench.example', 'Dr Bench ' || n from generate_series(0, 9) n
    returning id, substring(name from 10)::int as n
), role as (
    insert into account_roles (account_id, role) select id, 'doctor' from made
), doctor as (
    insert into practitioners (id, account_id, slug, full_name, status, languages, specialties, licence_checked_on, identity_checked_on,
        published_at, city, country)
    select gen_random_uuid(), id, 'bench-' || lpad(n::text, 6, '0'), 'Dr Bench ' || n, 'published',
        (array['{en}', '{en,bn}', '{en,ar}', '{en,ne}'])[1 + n % 4]::text[],
        array[(select code from specialties where position = 1 + (n / 4) % 20)], date '2026-01-01', date '2026-01-01',
        now() - interval '1 year', 'Dhaka', 'BD' from made
    returning id
), service as (
    insert into services (id, practitioner_id, mode, duration_min, grid_min, price_amount, currency)
    select gen_random_uuid(), id, 'video', 30, 30, 2400, 'USD' from doctor
), schedule as (
    insert into schedules (id, practitioner_id, time_zone, valid_from)
    select gen_random_uuid(), id, 'UTC', date '2026-01-01' from doctor
    returning id, practitioner_id
)
insert into schedule_windows (id, schedule_id, practitioner_id, weekday, starts, ends)
select gen_random_uuid(), id, practitioner_id, weekday, time '09:00', time '17:00' from schedule, generate_series(1, 7) weekday;
