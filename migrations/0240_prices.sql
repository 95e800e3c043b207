-- owner: billing
-- Prices: lists by date, taxes by country, discounts and vouchers; and the lines of a bill, kept as they were at booking.

-- What a service costs in a time, instead of its own default.
create table price_list (
    id uuid primary key,
    -- A service of the timetable: that room stands to the right of this one, so no key points there.
    service_id uuid not null,
    practitioner_id uuid not null references practitioners (id),
    amount bigint not null check (amount between 0 and 100000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    valid_from timestamptz not null,
    valid_until timestamptz check (valid_until > valid_from),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint price_list_one_at_a_time exclude using gist (service_id with =, tstzrange(valid_from, valid_until) with &&)
);
create index price_list_practitioner on price_list (practitioner_id);
call app.protect('price_list', '(select app.in_context())', '(select app.has_role(''administrator''))');

-- The price of a service at a moment: the list's, else its default. Whoever shows or books a service asks this.
create function app.price_of(service uuid, amount bigint, currency text, at timestamptz) returns jsonb
    language sql stable parallel safe
    as $$ select coalesce(
        (select jsonb_build_object('amount', l.amount, 'currency', l.currency) from public.price_list l
         where l.service_id = $1 and tstzrange(l.valid_from, l.valid_until) @> $4),
        jsonb_build_object('amount', $2, 'currency', $3)) $$;

-- Taxes of a country. Inclusive: part of the price. Exclusive: on top of it.
create table tax_rates (
    id uuid primary key,
    country text not null check (country ~ '^[A-Z]{2}$'),
    name text not null check (length(name) between 1 and 60),
    basis_points integer not null check (basis_points between 1 and 10000),
    inclusive boolean not null,
    valid_from timestamptz not null,
    valid_until timestamptz check (valid_until > valid_from),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint tax_rates_one_at_a_time exclude using gist
        (country with =, name with =, tstzrange(valid_from, valid_until) with &&)
);
call app.protect('tax_rates', '(select app.in_context())', '(select app.has_role(''administrator''))');

-- A discount without a code is everybody's; one with a code is a voucher.
create table discounts (
    id uuid primary key,
    code citext unique check (code ~ '^[A-Za-z0-9-]{3,30}$'),
    name text not null check (length(name) between 1 and 60),
    basis_points integer check (basis_points between 1 and 10000),
    amount bigint check (amount > 0 and amount <= 100000000000),
    currency text check (currency ~ '^[A-Z]{3}$'),
    practitioner_id uuid references practitioners (id),
    valid_from timestamptz not null,
    valid_until timestamptz check (valid_until > valid_from),
    most_uses integer check (most_uses > 0),
    per_patient integer check (per_patient > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((basis_points is null) = (amount is not null) and (amount is null) = (currency is null)),
    check (code is not null or (most_uses is null and per_patient is null))
);
create index discounts_automatic on discounts (valid_from) where code is null;
call app.protect('discounts', '(code is null and (select app.in_context())) or (select app.has_role(''administrator''))',
    '(select app.has_role(''administrator''))');

-- A voucher taken by a charge. It counts as long as the charge stands: with a hold that lapses, and with a refund of the whole,
-- it is free again by itself.
create table voucher_uses (
    charge_id uuid primary key references charges (id),
    discount_id uuid not null references discounts (id),
    patient_id uuid not null references patients (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index voucher_uses_discount on voucher_uses (discount_id, patient_id);
call app.protect('voucher_uses',
    'patient_id = any ((select app.patients())::uuid[]) or (select app.has_role(''administrator''))', 'false');

-- What a bill is made of, in the order in which it is read. An included tax is part of the lines above it and sums to nothing.
create table bill_lines (
    id uuid primary key,
    subject_kind text not null check (subject_kind in ('appointment')),
    subject_id uuid not null,
    charge_id uuid references charges (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    place integer not null check (place >= 0),
    kind text not null check (kind in ('item', 'discount', 'voucher', 'tax')),
    label text not null default '' check (length(label) <= 60),
    basis_points integer check (basis_points between 1 and 10000),
    included boolean not null default false check (not included or kind = 'tax'),
    amount bigint not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    discount_id uuid references discounts (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (case kind when 'item' then amount >= 0 when 'tax' then amount >= 0 else amount < 0 end),
    unique nulls not distinct (subject_kind, subject_id, charge_id, place)
);
create index bill_lines_charge on bill_lines (charge_id, place);
call app.protect('bill_lines',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');

-- The lines of a charge sum to it, whoever writes them, at the end of every transaction.
grant select on bill_lines, charges to bedside_seer;
create function app.bill_sums() returns trigger language plpgsql security definer set search_path = public, app as $$
declare
    the_charge uuid;
begin
    if tg_table_name = 'charges' then the_charge := new.id; else the_charge := new.charge_id; end if;
    if exists (
        select from charges c join bill_lines l on l.charge_id = c.id where c.id = the_charge
        group by c.id, c.amount, c.currency
        having coalesce(sum(l.amount) filter (where not l.included), 0) <> c.amount or bool_or(l.currency <> c.currency)
    ) then
        raise exception 'the lines of charge % do not sum to it', the_charge using errcode = '23514', constraint = 'bill_lines_sum';
    end if;
    return null;
end $$;
alter function app.bill_sums() owner to bedside_seer;
create constraint trigger bill_lines_sum after insert or update on bill_lines
    deferrable initially deferred for each row execute function app.bill_sums();
create constraint trigger bill_lines_sum after insert or update of amount, currency on charges
    deferrable initially deferred for each row execute function app.bill_sums();

-- A voucher may leave nothing to pay.
alter table charges drop constraint charges_amount_check;
alter table charges add constraint charges_amount_check check (amount >= 0 and amount <= 100000000000);

alter table refunds drop constraint refunds_reason_check;
alter table refunds add constraint refunds_reason_check check (reason in ('cancelled_by_patient', 'cancelled_by_doctor',
    'cancelled_by_platform', 'rejected', 'no_show_doctor', 'slot_gone', 'double_payment', 'technical_failure',
    'price_lowered'));

-- As before, and one step more: a charge that came to nothing (a voucher paid it) may be called refunded by whoever cancels.
create or replace function app.money_moves_by_system() returns trigger language plpgsql as $$
begin
    if app.system() or current_user <> 'bedside_app' then
        return new;
    end if;
    if tg_table_name = 'charges' then
        if tg_op = 'INSERT' and new.status <> 'open' then
            raise exception 'a charge begins open' using errcode = '42501';
        end if;
        if tg_op = 'UPDATE' and ((new.status is distinct from old.status and not (old.status = 'open' and new.status = 'void')
                and not (old.amount = 0 and old.status = 'settled' and new.status = 'refunded'))
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
