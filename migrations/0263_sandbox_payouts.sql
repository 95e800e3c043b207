-- owner: gateways
-- The sandbox gateway's own books of accounts, payouts and disputes. No table of ours points at these.
create table sandbox_accounts (
    token text primary key check (length(token) >= 32),
    merchant_ref text not null unique,
    return_url text not null default '',
    state text not null check (state in ('pending', 'verified', 'restricted')),
    -- What becomes of money that is sent to it.
    bank text not null default 'pays' check (bank in ('pays', 'refuses', 'returns')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('sandbox_accounts', 'false');

create table sandbox_payouts (
    token text primary key check (length(token) >= 32),
    merchant_ref text not null unique,
    account text not null references sandbox_accounts (token),
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    state text not null check (state in ('pending', 'paid', 'failed', 'returned')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index sandbox_payouts_account on sandbox_payouts (account);
call app.protect('sandbox_payouts', 'false');

create table sandbox_disputes (
    token text primary key check (length(token) >= 32),
    checkout text not null unique references sandbox_checkouts (token),
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    fee bigint not null check (fee >= 0),
    state text not null check (state in ('open', 'won', 'lost')),
    evidence_due_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('sandbox_disputes', 'false');

-- An event is about one of them.
alter table sandbox_events alter column token drop not null;
alter table sandbox_events add column about text check (length(about) between 1 and 100);
alter table sandbox_events drop constraint sandbox_events_kind_check;
alter table sandbox_events add constraint sandbox_events_kind_check check (kind in ('checkout.processing', 'checkout.captured',
    'checkout.declined', 'checkout.expired', 'account.updated', 'payout.updated', 'dispute.updated'));
alter table sandbox_events add constraint sandbox_events_about check ((token is null) = (about is not null));
