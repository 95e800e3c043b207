-- People who book: an account, a record and a session each. Their tokens are "bench-" and a number.
with made as (
    insert into accounts (id, email, name)
    select gen_random_uuid(), 'bench' || n || '@bench.example', 'Bench ' || n from generate_series(0, 599) n
    returning id, substring(name from 7)::int as n
), patient as (
    insert into patients (id, account_id, record_no, full_name)
    select gen_random_uuid(), id, 'BN' || upper(substr(lpad(to_hex(n), 6, '0'), 1, 2) || '-' || substr(lpad(to_hex(n), 6, '0'), 3)),
           'Bench ' || n from made
), role as (
    insert into account_roles (account_id, role) select id, 'patient' from made
)
insert into sessions (id, account_id, token_hash, factor, idle_minutes, last_seen_at, expires_at, proved_at)
select gen_random_uuid(), id, sha256(convert_to('bench-' || n, 'UTF8')), 'password', 720, now(), now() + interval '1 day', now()
from made;
