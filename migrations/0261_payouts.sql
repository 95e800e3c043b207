-- owner: billing
-- Money on its way to those who earned it: their accounts at the gateway, and payouts, made in batches.

-- A payee's account at a gateway. Only a verified one is paid.
create table payees (
    practitioner_id uuid not null references practitioners (id),
    gateway text not null check (gateway ~ '^[a-z_]{2,40}$'),
    account_ref text,
    state text not null default 'pending' check (state in ('pending', 'verified', 'restricted')),
    verified_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (practitioner_id, gateway),
    check (state <> 'verified' or (account_ref is not null and verified_at is not null))
);
create unique index payees_account on payees (gateway, account_ref) where account_ref is not null;
call app.protect('payees', 'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))', 'false');

create table payout_batches (
    id uuid primary key,
    made_by uuid not null references accounts (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('payout_batches', '(select app.has_role(''administrator''))', 'false');

create table payouts (
    id uuid primary key,
    batch_id uuid not null references payout_batches (id),
    practitioner_id uuid not null references practitioners (id),
    gateway text not null check (gateway ~ '^[a-z_]{2,40}$'),
    account_ref text not null,
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    status text not null check (status in ('created', 'submitted', 'paid', 'failed', 'returned')),
    payout_ref text,
    failure text check (length(failure) between 1 and 500),
    checked_at timestamptz,
    paid_at timestamptz,
    closed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (status <> 'paid' or paid_at is not null),
    check ((status in ('failed', 'returned')) = (closed_at is not null))
);
-- Of two batches at once, one makes it.
create unique index payouts_one_open_per_payee on payouts (practitioner_id, currency) where status in ('created', 'submitted');
create unique index payouts_ref on payouts (gateway, payout_ref) where payout_ref is not null;
create index payouts_batch on payouts (batch_id);
create index payouts_payee on payouts (practitioner_id, id desc);
create index payouts_under_way on payouts (checked_at nulls first) where status in ('created', 'submitted');
call app.protect('payouts', 'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))', 'false');

alter table ledger_accounts drop constraint ledger_accounts_kind_check;
alter table ledger_accounts add constraint ledger_accounts_kind_check check (kind in ('gateway_clearing', 'patient_receivable',
    'platform_revenue', 'tax', 'gateway_fees', 'doctor_pending', 'doctor_payable', 'payouts_in_transit'));

alter table journal_entries alter column payment_id drop not null;
alter table journal_entries add column payout_id uuid references payouts (id);
alter table journal_entries drop constraint journal_entries_kind_check;
alter table journal_entries add constraint journal_entries_kind_check check (kind in ('capture', 'fee', 'refund', 'carry', 'release',
    'reclassification', 'payout', 'payout_paid', 'payout_failed', 'payout_returned'));
alter table journal_entries add constraint journal_entries_about
    check (case when kind in ('payout', 'payout_paid', 'payout_failed', 'payout_returned')
           then payout_id is not null and payment_id is null else payment_id is not null and payout_id is null end);
-- Each step of a payout is booked once.
create unique index journal_entries_payout on journal_entries (payout_id, kind) where payout_id is not null;

