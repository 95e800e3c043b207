-- HOW_MANY doctors by video, of many prices, scores and hours; every fourth day of the week is free for each.
with made as (
    insert into accounts (id, email, name) select gen_random_uuid(), 'doctor-' || n || '@example.org', n::text
    from generate_series(0, HOW_MANY - 1) n returning id, name::int as n
), doctor as (
    insert into practitioners (id, account_id, slug, full_name, status, languages, specialties, licence_checked_on, identity_checked_on,
        published_at, city, country)
    select gen_random_uuid(), id, 'doctor-' || n, 'Dr Name ' || n, 'published', (array['{en}', '{en,bn}', '{en,ar}'])[1 + n % 3]::text[],
        '{dermatology}', current_date, current_date, now(), 'Dhaka', 'BD' from made
    returning id, substring(slug from 8)::int as n
), rating as (
    insert into practitioner_ratings (practitioner_id, reviews, score, rated_at)
    select id, n % 12, 3 + (n * 7 % 20) / 10.0, now() from doctor where n % 2 = 0
), service as (
    insert into services (id, practitioner_id, mode, duration_min, grid_min, price_amount, currency)
    select gen_random_uuid(), id, 'video', 30, 30, 2000 + n % 8 * 250, 'USD' from doctor
), schedule as (
    insert into schedules (id, practitioner_id, time_zone, valid_from)
    select gen_random_uuid(), id, 'UTC', date '2026-01-01' from doctor returning id, practitioner_id
)
insert into schedule_windows (id, schedule_id, practitioner_id, weekday, starts, ends)
select gen_random_uuid(), s.id, s.practitioner_id, weekday, make_time(8 + d.n % 9, 0, 0), time '18:00'
from schedule s join doctor d on d.id = s.practitioner_id, generate_series(1, 7) weekday where (weekday + d.n) % 4 <> 0;
