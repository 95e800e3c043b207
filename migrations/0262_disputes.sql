-- owner: billing
-- Card holders who want their money back from their bank. The share is frozen while the bank decides.
create table disputes (
    id uuid primary key,
    gateway text not null check (gateway ~ '^[a-z_]{2,40}$'),
    dispute_ref text not null,
    payment_id uuid not null references payments (id),
    charge_id uuid not null references charges (id),
    practitioner_id uuid not null references practitioners (id),
    patient_id uuid not null references patients (id),
    -- What the gateway has taken from us; `held` of it is still the patient's to lose, the rest had gone back already.
    amount bigint not null check (amount > 0),
    held bigint not null check (held between 0 and amount),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    fee bigint not null default 0 check (fee >= 0),
    -- What the payee bears of the fee, by the rule of the charge.
    fee_of_payee bigint not null default 0 check (fee_of_payee between 0 and fee),
    reason text not null check (length(reason) <= 100),
    status text not null check (status in ('open', 'under_review', 'won', 'lost')),
    evidence_due_at timestamptz,
    opened_at timestamptz not null,
    closed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((status in ('won', 'lost')) = (closed_at is not null)),
    unique (gateway, dispute_ref)
);
create index disputes_payment on disputes (payment_id);
create index disputes_charge on disputes (charge_id);
create index disputes_practitioner on disputes (practitioner_id, id desc);
create index disputes_patient on disputes (patient_id);
create index disputes_open on disputes (evidence_due_at) where status in ('open', 'under_review');
call app.protect('disputes', 'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))', 'false');

alter table ledger_accounts drop constraint ledger_accounts_kind_check;
alter table ledger_accounts add constraint ledger_accounts_kind_check check (kind in ('gateway_clearing', 'patient_receivable',
    'platform_revenue', 'tax', 'gateway_fees', 'doctor_pending', 'doctor_payable', 'payouts_in_transit', 'disputes', 'dispute_costs'));

alter table journal_entries add column dispute_id uuid references disputes (id);
alter table journal_entries drop constraint journal_entries_kind_check;
alter table journal_entries add constraint journal_entries_kind_check check (kind in ('capture', 'fee', 'refund', 'carry', 'release',
    'reclassification', 'payout', 'payout_paid', 'payout_failed', 'payout_returned', 'dispute_opened', 'dispute_won', 'dispute_lost'));
alter table journal_entries add constraint journal_entries_of_dispute
    check ((kind in ('dispute_opened', 'dispute_won', 'dispute_lost')) = (dispute_id is not null));
create unique index journal_entries_dispute on journal_entries (dispute_id, kind) where dispute_id is not null;
