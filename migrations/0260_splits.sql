-- owner: billing
-- How a payment is split: rules in versions that are never edited, and who has earned how much of each payment.

select set_config('app.system', 'on', true);
alter table split_rules add column id uuid not null default gen_random_uuid();
alter table split_rules alter column id drop default;
alter table split_rules drop constraint split_rules_pkey;
alter table split_rules add primary key (id);
alter table split_rules drop constraint split_rules_valid_from_key;
-- Null: the house's rule. A service of the timetable stands to the right of this room, so no key points there.
alter table split_rules add column service_id uuid;
alter table split_rules add column practitioner_id uuid references practitioners (id);
-- Null: for every currency. Amounts are in its minor units, so they need one.
alter table split_rules add column currency text check (currency ~ '^[A-Z]{3}$');
alter table split_rules add column fixed bigint not null default 0 check (fixed between 0 and 100000000000);
alter table split_rules add column at_least bigint check (at_least between 0 and 100000000000);
alter table split_rules add column at_most bigint check (at_most between 0 and 100000000000);
alter table split_rules add column fee_bearer text not null default 'platform' check (fee_bearer in ('platform', 'payee'));
alter table split_rules add column tax_basis_points integer not null default 0 check (tax_basis_points between 0 and 10000);
-- So long after the service a share cannot be paid out.
alter table split_rules add column dispute_hours integer not null default 48 check (dispute_hours between 0 and 2160);
-- The scope has no rule of its own any more: the next wider one holds.
alter table split_rules add column withdrawn boolean not null default false;
alter table split_rules add column made_by uuid references accounts (id);
alter table split_rules add constraint split_rules_scope check ((service_id is null) = (practitioner_id is null));
alter table split_rules add constraint split_rules_amounts
    check ((currency is not null or (fixed = 0 and at_least is null and at_most is null)) and at_least <= at_most);
alter table split_rules add constraint split_rules_house_has_one check (service_id is not null or currency is not null or not withdrawn);
alter table split_rules add constraint split_rules_versions unique nulls not distinct (service_id, currency, version);
create index split_rules_practitioner on split_rules (practitioner_id);
create policy set_by_administrators on split_rules for insert with check ((select app.has_role('administrator')));
create function app.versions_are_kept() returns trigger language plpgsql as $$
begin
    raise exception 'a version is never changed: write the next one' using errcode = '42501';
end $$;
create trigger versions_are_kept before update or delete on split_rules
    for each row execute function app.versions_are_kept();

-- The snapshot: a rule is never edited, so to name it is to keep it.
alter table charges add column split_rule_id uuid references split_rules (id);
update charges c set split_rule_id = (
    select r.id from split_rules r
    where r.platform_basis_points = c.platform_basis_points and r.valid_from <= c.created_at
    order by r.valid_from desc limit 1);
create function app.split_is_kept() returns trigger language plpgsql as $$
begin
    if old.split_rule_id is not null and new.split_rule_id is distinct from old.split_rule_id then
        raise exception 'a charge keeps the rule that it was raised under' using errcode = '42501';
    end if;
    return new;
end $$;
create trigger split_is_kept before update of split_rule_id on charges
    for each row execute function app.split_is_kept();

-- What a card holder disputes cannot be given back as well.
alter table payments add column disputed bigint not null default 0;
alter table payments add constraint payments_disputed_check check (disputed >= 0 and refunded + disputed <= amount);

alter table ledger_accounts drop constraint ledger_accounts_kind_check;
alter table ledger_accounts add constraint ledger_accounts_kind_check check (kind in ('gateway_clearing', 'patient_receivable',
    'platform_revenue', 'tax', 'gateway_fees', 'doctor_pending', 'doctor_payable'));
alter table ledger_accounts drop constraint ledger_accounts_check;
alter table ledger_accounts add constraint ledger_accounts_holder
    check ((kind in ('doctor_pending', 'doctor_payable')) = (holder_id is not null));

alter table journal_entries drop constraint journal_entries_kind_check;
alter table journal_entries add constraint journal_entries_kind_check
    check (kind in ('capture', 'fee', 'refund', 'carry', 'release', 'reclassification'));
create index journal_entries_payment on journal_entries (payment_id);

-- Who has earned how much of one payment of one charge, and how much of that went back. The journal is the truth;
-- `ledger verify` compares the two.
create table payee_shares (
    id uuid primary key,
    payment_id uuid not null references payments (id),
    charge_id uuid not null references charges (id),
    practitioner_id uuid not null references practitioners (id),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    -- What was paid for the charge, and what it is made of. `excess` was paid on top, and is the patient's.
    paid bigint not null check (paid >= 0),
    doctor bigint not null check (doctor >= 0),
    platform bigint not null check (platform >= 0),
    commission_tax bigint not null default 0 check (commission_tax >= 0),
    tax bigint not null default 0 check (tax >= 0),
    fee bigint not null default 0 check (fee >= 0),
    excess bigint not null default 0 check (excess >= 0),
    -- Given back of all of it, and the doctor's part of that.
    returned bigint not null default 0 check (returned between 0 and paid + excess),
    doctor_returned bigint not null default 0 check (doctor_returned between 0 and doctor),
    -- The service is done; the share may be paid out from `available_at` on; the entry that says so was written at `released_at`.
    completed_at timestamptz,
    available_at timestamptz,
    released_at timestamptz,
    -- A card holder disputes it.
    frozen boolean not null default false,
    -- The payment pays another charge now: this share stands for nothing.
    carried_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint payee_shares_sum check (doctor + platform + commission_tax + tax + fee = paid),
    constraint payee_shares_in_order check ((completed_at is null) = (available_at is null)
        and (released_at is null or completed_at is not null) and (carried_at is null or released_at is null)),
    unique (payment_id, charge_id)
);
create unique index payee_shares_one_per_payment on payee_shares (payment_id) where carried_at is null;
create index payee_shares_charge on payee_shares (charge_id);
create index payee_shares_payee on payee_shares (practitioner_id, id desc);
create index payee_shares_waiting on payee_shares (available_at) where released_at is null and carried_at is null;
call app.protect('payee_shares',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))', 'false');

-- Shares of payments that have none: of all that was captured before there were shares, and of data that is brought in with its
-- journal. What they say is read from the journal, and what the doctor has earned is booked as pending. The number of shares.
create function app.adopt_payments() returns bigint language plpgsql as $$
declare
    adopted bigint;
begin
    insert into ledger_accounts (id, kind, holder_id)
    select gen_random_uuid(), kind, d.practitioner_id
    from (select distinct p.practitioner_id from payments p where p.captured_at is not null
          and not exists (select from payee_shares s where s.payment_id = p.id)) d,
         unnest(array['doctor_pending', 'doctor_payable']) kind
    on conflict (kind, holder_id) do nothing;

    with found as (
        select gen_random_uuid() as entry_id, p.id as payment_id, p.charge_id, p.practitioner_id, p.currency, p.amount,
               coalesce(sum(-l.amount) filter (where e.kind <> 'refund' and a.kind = 'platform_revenue'), 0)::bigint as platform,
               coalesce(sum(l.amount) filter (where e.kind = 'refund' and a.kind = 'doctor_payable'), 0)::bigint as doctor_returned,
               (select coalesce(sum(r.amount), 0) from refunds r
                where r.payment_id = p.id and r.status = 'succeeded')::bigint as returned
        from payments p
        join journal_entries e on e.payment_id = p.id
        join journal_lines l on l.entry_id = e.id and l.currency = p.currency
        join ledger_accounts a on a.id = l.account_id
        where p.captured_at is not null and not exists (select from payee_shares s where s.payment_id = p.id)
        group by p.id
    ), shared as (
        insert into payee_shares (id, payment_id, charge_id, practitioner_id, currency, paid, doctor, platform, returned, doctor_returned)
        select gen_random_uuid(), payment_id, charge_id, practitioner_id, currency, amount, amount - platform, platform, returned,
               doctor_returned
        from found returning id
    ), earned as (
        select f.*, f.amount - f.platform - f.doctor_returned as left_over from found f
        where f.amount - f.platform <> f.doctor_returned
    ), entered as (
        insert into journal_entries (id, kind, payment_id, booked_at)
        select entry_id, 'reclassification', payment_id, now() from earned
    ), written as (
        insert into journal_lines (id, entry_id, account_id, amount, currency)
        select gen_random_uuid(), e.entry_id, a.id, case a.kind when 'doctor_payable' then e.left_over else -e.left_over end, e.currency
        from earned e
        join ledger_accounts a on a.holder_id = e.practitioner_id and a.kind in ('doctor_pending', 'doctor_payable')
    )
    select count(*) into adopted from shared;
    return adopted;
end $$;
select app.adopt_payments();
