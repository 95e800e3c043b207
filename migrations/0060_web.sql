-- owner: web
-- Answers of the API that were given under an Idempotency-Key, for a day. Sealed: an answer may hold health content.
create table idempotency_keys (
    account_id uuid not null,
    key text not null check (length(key) between 1 and 200),
    request_hash bytea not null check (length(request_hash) = 32),
    -- Null while the call runs.
    status smallint check (status between 200 and 499),
    answer bytea,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (account_id, key),
    check ((status is null) = (answer is null))
);
create index idempotency_keys_age on idempotency_keys (created_at);
call app.protect('idempotency_keys', 'account_id = (select app.account())');
