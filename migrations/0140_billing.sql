-- owner: billing
-- Charges, payments, refunds, invoices, and the double-entry ledger that receives every payment from the first one on.

-- How a payment is split. A new rule is a new row; each charge keeps the basis points it was raised under.
create table split_rules (
    version integer primary key,
    platform_basis_points integer not null check (platform_basis_points between 0 and 10000),
    valid_from timestamptz not null unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
insert into split_rules (version, platform_basis_points, valid_from) values (1, 1500, '2020-01-01T00:00:00Z');
call app.protect('split_rules', '(select app.in_context())', 'false');

-- What a patient owes for one thing. The price is a snapshot: a later change of the fee does not reach it.
create table charges (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    subject_kind text not null check (subject_kind in ('appointment')),
    subject_id uuid not null,
    amount bigint not null check (amount > 0 and amount <= 100000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    platform_basis_points integer not null check (platform_basis_points between 0 and 10000),
    status text not null default 'open'
        check (status in ('open', 'settled', 'void', 'refunded', 'partially_refunded')),
    payable_until timestamptz not null,
    settled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status in ('open', 'void')) = (settled_at is null))
);
create unique index charges_one_live_per_subject on charges (subject_kind, subject_id) where status <> 'void';
create index charges_subject on charges (subject_kind, subject_id, created_at desc);
create index charges_patient on charges (patient_id, id desc);
create index charges_practitioner on charges (practitioner_id, id desc);
call app.protect('charges',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- One attempt to pay a charge through one gateway. The id is the idempotency key at the gateway.
create table payments (
    id uuid primary key,
    charge_id uuid not null references charges (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    gateway text not null check (gateway ~ '^[a-z_]{2,40}$'),
    gateway_ref text,
    checkout_url text,
    status text not null check (status in ('created', 'requires_action', 'processing', 'captured',
        'partially_refunded', 'refunded', 'failed', 'cancelled')),
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    refunded bigint not null default 0 check (refunded >= 0 and refunded <= amount),
    captured_at timestamptz,
    checked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status in ('captured', 'partially_refunded', 'refunded')) = (captured_at is not null)),
    check (refunded = 0 or captured_at is not null)
);
create unique index payments_gateway_ref on payments (gateway, gateway_ref) where gateway_ref is not null;
create unique index payments_one_open_per_charge on payments (charge_id)
    where status in ('created', 'requires_action', 'processing');
create index payments_charge on payments (charge_id);
create index payments_patient on payments (patient_id, id desc);
create index payments_unsettled on payments (checked_at nulls first)
    where status in ('created', 'requires_action', 'processing');
call app.protect('payments',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- Money given back. The amount is reserved on the payment when the refund is asked for.
create table refunds (
    id uuid primary key,
    payment_id uuid not null references payments (id),
    charge_id uuid not null references charges (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    reason text not null check (reason in ('cancelled_by_patient', 'cancelled_by_doctor', 'cancelled_by_platform',
        'rejected', 'no_show_doctor', 'slot_gone', 'double_payment', 'technical_failure')),
    status text not null check (status in ('requested', 'submitted', 'succeeded', 'failed')),
    gateway_ref text,
    settled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status = 'succeeded') = (settled_at is not null))
);
create index refunds_payment on refunds (payment_id);
create index refunds_charge on refunds (charge_id);
create index refunds_patient on refunds (patient_id);
create unique index refunds_gateway_ref on refunds (gateway_ref) where gateway_ref is not null;
call app.protect('refunds',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- Only the payment machine (webhook, job, reconciliation: the system context) may say that money moved.
create function app.money_moves_by_system() returns trigger language plpgsql as $$
begin
    if app.system() or current_user <> 'bedside_app' then
        return new;
    end if;
    if tg_table_name = 'charges' then
        if tg_op = 'INSERT' and new.status <> 'open' then
            raise exception 'a charge begins open' using errcode = '42501';
        end if;
        if tg_op = 'UPDATE' and ((new.status is distinct from old.status and not (old.status = 'open' and new.status = 'void'))
            or new.amount <> old.amount or new.currency <> old.currency or new.patient_id <> old.patient_id
            or new.platform_basis_points <> old.platform_basis_points) then
            raise exception 'a charge is settled by the payment machine' using errcode = '42501';
        end if;
    elsif tg_table_name = 'payments' then
        if tg_op = 'INSERT' and new.status <> 'created' then
            raise exception 'a payment begins created' using errcode = '42501';
        end if;
        if tg_op = 'UPDATE' and ((new.status is distinct from old.status
                and new.status not in ('requires_action', 'cancelled'))
            or new.amount <> old.amount or new.currency <> old.currency or new.charge_id <> old.charge_id
            or new.captured_at is distinct from old.captured_at) then
            raise exception 'a payment is moved by the payment machine' using errcode = '42501';
        end if;
    elsif tg_table_name = 'refunds' then
        if tg_op = 'INSERT' and new.status <> 'requested' then
            raise exception 'a refund begins requested' using errcode = '42501';
        end if;
        if tg_op = 'UPDATE' then
            raise exception 'a refund is moved by the payment machine' using errcode = '42501';
        end if;
    end if;
    return new;
end $$;
create trigger money_moves_by_system before insert or update on charges
    for each row execute function app.money_moves_by_system();
create trigger money_moves_by_system before insert or update on payments
    for each row execute function app.money_moves_by_system();
create trigger money_moves_by_system before insert or update on refunds
    for each row execute function app.money_moves_by_system();

-- Invoice and credit-note numbers have no gaps: the counter row is locked until the transaction that used it ends.
create table invoice_counters (
    kind text not null check (kind in ('invoice', 'credit_note')),
    year integer not null check (year between 2000 and 9999),
    last integer not null check (last >= 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (kind, year)
);
call app.protect('invoice_counters', 'false');

create table invoices (
    id uuid primary key,
    kind text not null check (kind in ('invoice', 'credit_note')),
    number text not null unique,
    year integer not null,
    serial integer not null check (serial > 0),
    charge_id uuid not null references charges (id),
    payment_id uuid not null references payments (id),
    refund_id uuid unique references refunds (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    amount bigint not null check (amount > 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    issued_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (kind, year, serial),
    check ((kind = 'credit_note') = (refund_id is not null))
);
create unique index invoices_one_per_payment on invoices (payment_id) where kind = 'invoice';
create index invoices_charge on invoices (charge_id);
create index invoices_patient on invoices (patient_id, id desc);
call app.protect('invoices',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))',
    'false');
revoke update, delete on invoices from bedside_app;

-- The ledger. Positive amounts are debits, negative ones credits; every entry sums to zero in each currency.
create table ledger_accounts (
    id uuid primary key,
    kind text not null check (kind in ('gateway_clearing', 'platform_revenue', 'doctor_payable')),
    holder_id uuid references practitioners (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((kind = 'doctor_payable') = (holder_id is not null)),
    unique nulls not distinct (kind, holder_id)
);
call app.protect('ledger_accounts', '(select app.has_role(''administrator''))', 'false');

create table journal_entries (
    id uuid primary key,
    kind text not null check (kind in ('capture', 'refund')),
    payment_id uuid not null references payments (id),
    refund_id uuid unique references refunds (id),
    booked_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((kind = 'refund') = (refund_id is not null))
);
create unique index journal_one_capture_per_payment on journal_entries (payment_id) where kind = 'capture';
call app.protect('journal_entries', '(select app.has_role(''administrator''))', 'false');

create table journal_lines (
    id uuid primary key,
    entry_id uuid not null references journal_entries (id),
    account_id uuid not null references ledger_accounts (id),
    amount bigint not null check (amount <> 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index journal_lines_entry on journal_lines (entry_id);
create index journal_lines_account on journal_lines (account_id, currency);
call app.protect('journal_lines', '(select app.has_role(''administrator''))', 'false');

create function app.ledger_is_immutable() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: book a reversing entry' using errcode = '42501';
end $$;
create trigger immutable before update or delete on journal_entries
    for each row execute function app.ledger_is_immutable();
create trigger immutable before update or delete on journal_lines
    for each row execute function app.ledger_is_immutable();
create trigger not_truncated before truncate on journal_entries
    for each statement execute function app.ledger_is_immutable();
create trigger not_truncated before truncate on journal_lines
    for each statement execute function app.ledger_is_immutable();
create trigger immutable before update or delete on invoices
    for each row execute function app.ledger_is_immutable();
revoke update, delete on journal_entries, journal_lines from bedside_app;

grant select on journal_lines, journal_entries to bedside_seer;
create function app.journal_balances() returns trigger language plpgsql security definer
    set search_path = public, app as $$
declare
    entry uuid;
begin
    if tg_table_name = 'journal_entries' then entry := new.id; else entry := new.entry_id; end if;
    if not exists (select from journal_lines where entry_id = entry)
        or exists (select from journal_lines where entry_id = entry group by currency having sum(amount) <> 0) then
        raise exception 'journal entry % does not balance', entry using errcode = '23514',
            constraint = 'journal_entry_balances';
    end if;
    return null;
end $$;
alter function app.journal_balances() owner to bedside_seer;
create constraint trigger journal_entry_balances after insert on journal_entries
    deferrable initially deferred for each row execute function app.journal_balances();
create constraint trigger journal_line_balances after insert on journal_lines
    deferrable initially deferred for each row execute function app.journal_balances();

-- Every event a gateway sent and we verified. The key makes a repeated event have no effect.
create table webhook_events (
    gateway text not null,
    event_id text not null check (length(event_id) between 1 and 200),
    kind text not null,
    payment_id uuid references payments (id),
    outcome text not null check (outcome in ('applied', 'unchanged', 'unmatched', 'ignored', 'mismatch')),
    received_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (gateway, event_id)
);
create index webhook_events_payment on webhook_events (payment_id);
call app.protect('webhook_events', '(select app.has_role(''administrator''))', 'false');
