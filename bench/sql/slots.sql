-- The database's part of free times: a doctor's rules, and when the doctor is taken.
\set n random(0, 119)
select s.id, s.mode, s.duration_min, s.grid_min, s.lead_min, s.horizon_days, s.price_amount, w.weekday, w.starts, w.ends,
       c.time_zone, c.valid_from
from services s join schedules c on c.practitioner_id = s.practitioner_id join schedule_windows w on w.schedule_id = c.id
where s.active and s.practitioner_id = (select id from practitioners order by id offset :n limit 1);
select busy_from, busy_until from app.busy_times(
    array(select id from practitioners order by id offset :n limit 1), now(), now() + interval '7 days', now());
