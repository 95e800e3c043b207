-- People who book: an account, a record and a session each. Their tokens are "bench-" and a number.
with made as (
    insert into accounts (id, email, name)
    select gen_random_uuid(), 'bench' || n || '@bench.example', 'Bench ' || n from generate_series(0, 599) n
    returning id, substring(name from 7)::int as n
), patient as (
    insert into patients (id, account_id, record_no, full_name)
    select gen_random_uuid(), id, 'BNCH-' || lpad(n::text, 4, '0'), 'Bench ' || n from made
), role as (
    insert into account_roles (account_id, role) select id, 'patient' from made
)
insert into sessions (id, account_id, token_hash, factor, idle_minutes, last_seen_at, expires_at, proved_at)
select gen_random_uuid(), id, sha256(convert_to('bench-' || n, 'UTF8')), 'password', 30, now(), now() + interval '1 hour', now()
from made;
