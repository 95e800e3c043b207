-- owner: billing
-- Every day the gateway's books, our payments and refunds, and the journal are laid side by side. A run is kept whole, so that one can
-- see later how each line got there; a day may be compared again.
create table reconciliations (
    id uuid primary key,
    gateway text not null check (gateway ~ '^[a-z_]{2,40}$'),
    -- A day of the house's calendar, and its instants.
    day date not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > starts_at),
    -- Empty: the clock.
    ran_by uuid references accounts (id),
    ran_at timestamptz not null,
    lines integer not null check (lines >= 0),
    differences integer not null check (differences between 0 and lines),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index reconciliations_of_day on reconciliations (day desc, gateway, ran_at desc);
call app.protect('reconciliations', '(select app.has_role(''administrator''))', 'false');

create table reconciliation_lines (
    reconciliation_id uuid not null references reconciliations (id),
    place integer not null check (place >= 0),
    kind text not null check (kind in ('capture', 'refund', 'other')),
    outcome text not null check (outcome in ('matched', 'missing_here', 'missing_there', 'amount_differs', 'twice', 'not_booked',
        'outside')),
    -- What the two sides were matched by.
    matched_by text not null check (matched_by in ('our_id', 'reference', 'nothing')),
    movement_id text,
    reference text,
    payment_id uuid references payments (id),
    refund_id uuid references refunds (id),
    moved_at timestamptz not null,
    there bigint,
    here bigint,
    booked bigint,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (reconciliation_id, place),
    check (there is not null or here is not null)
);
create index reconciliation_lines_payment on reconciliation_lines (payment_id) where payment_id is not null;
create index reconciliation_lines_refund on reconciliation_lines (refund_id) where refund_id is not null;
call app.protect('reconciliation_lines', '(select app.has_role(''administrator''))', 'false');
create index refunds_settled on refunds (settled_at) where settled_at is not null;
create index payments_captured on payments (captured_at) where captured_at is not null;
