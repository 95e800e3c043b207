-- owner: gateways
-- The built-in sandbox gateway's own books: it stands in for another company, so no table of ours points at these.
create table sandbox_checkouts (
    token text primary key check (length(token) >= 32),
    merchant_ref text not null unique,
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    description text not null,
    success_url text not null,
    cancel_url text not null,
    state text not null check (state in ('open', 'processing', 'captured', 'declined', 'expired')),
    captured_at timestamptz,
    refunded bigint not null default 0 check (refunded >= 0 and refunded <= amount),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((state = 'captured') = (captured_at is not null))
);
call app.protect('sandbox_checkouts', 'false');

create table sandbox_refunds (
    id uuid primary key,
    merchant_ref text not null unique,
    token text not null references sandbox_checkouts (token),
    amount bigint not null check (amount > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('sandbox_refunds', 'false');

create table sandbox_events (
    id uuid primary key,
    token text not null references sandbox_checkouts (token),
    kind text not null check (kind in ('checkout.processing', 'checkout.captured', 'checkout.declined',
        'checkout.expired')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index sandbox_events_token on sandbox_events (token);
call app.protect('sandbox_events', 'false');

-- The secrets that sign its webhooks, newest first: two while one is rotated.
create table sandbox_secrets (
    id uuid primary key,
    secret text not null unique check (length(secret) >= 32),
    only_first boolean unique default true check (only_first),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('sandbox_secrets', 'false');
