-- owner: billing
-- A visit's bill may hold charges of several suppliers. The patient pays once; each supplier has a share, an invoice and refunds of
-- their own.

-- Whoever sells. A doctor is a supplier under their own id; a place (a laboratory, a pharmacy) has an id, a name and papers here.
create table suppliers (
    id uuid primary key,
    practitioner_id uuid unique references practitioners (id) on delete cascade,
    -- The place. Its room stands beside this one, so no key points there.
    facility_id uuid unique,
    name text not null default '' check (length(name) <= 200),
    registration_no text not null default '' check (length(registration_no) <= 60),
    registration_body text not null default '' check (length(registration_body) <= 120),
    email text not null default '' check (length(email) <= 254),
    country text not null default '' check (country ~ '^([A-Z]{2})?$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint suppliers_is_one check (num_nonnulls(practitioner_id, facility_id) = 1),
    constraint suppliers_doctor_is_self check (practitioner_id is null or practitioner_id = id),
    constraint suppliers_place_is_named check (facility_id is null or (name <> '' and email <> ''))
);
call app.protect('suppliers', '(select app.in_context())', '(select app.has_role(''administrator''))');
insert into suppliers (id, practitioner_id) select id, id from practitioners;

-- Every doctor is one from the first moment, whoever brings the doctor in. Gives nothing back.
grant select, insert on suppliers to bedside_seer;
create function app.doctor_supplies() returns trigger language plpgsql security definer set search_path = public, app as $$
begin
    insert into suppliers (id, practitioner_id) values (new.id, new.id) on conflict do nothing;
    return null;
end $$;
alter function app.doctor_supplies() owner to bedside_seer;
create trigger doctor_supplies after insert on practitioners for each row execute function app.doctor_supplies();

-- What is printed of a supplier.
create view named_suppliers with (security_invoker = true) as
select s.id, s.practitioner_id, s.facility_id, coalesce(p.full_name, s.name) as full_name,
       coalesce(p.qualification, '') as qualification, coalesce(p.registration_no, s.registration_no) as registration_no,
       coalesce(p.registration_body, s.registration_body) as registration_body
from suppliers s left join practitioners p on p.id = s.practitioner_id;
grant select on named_suppliers to bedside_app;

-- In the tables of money `practitioner_id` (in the ledger `holder_id`) is the supplier. The columns keep their names, so that the release
-- before this one goes on working beside it.
alter table charges drop constraint charges_practitioner_id_fkey,
    add constraint charges_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table bill_lines drop constraint bill_lines_practitioner_id_fkey,
    add constraint bill_lines_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table payments drop constraint payments_practitioner_id_fkey,
    add constraint payments_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table refunds drop constraint refunds_practitioner_id_fkey,
    add constraint refunds_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table invoices drop constraint invoices_practitioner_id_fkey,
    add constraint invoices_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table invoice_series drop constraint invoice_series_practitioner_id_fkey,
    add constraint invoice_series_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table ledger_accounts drop constraint ledger_accounts_holder_id_fkey,
    add constraint ledger_accounts_supplier_fkey foreign key (holder_id) references suppliers (id);
alter table payee_shares drop constraint payee_shares_practitioner_id_fkey,
    add constraint payee_shares_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table payees drop constraint payees_practitioner_id_fkey,
    add constraint payees_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table payouts drop constraint payouts_practitioner_id_fkey,
    add constraint payouts_supplier_fkey foreign key (practitioner_id) references suppliers (id);
alter table disputes drop constraint disputes_practitioner_id_fkey,
    add constraint disputes_supplier_fkey foreign key (practitioner_id) references suppliers (id);

-- An order is something sold in a visit besides the visit itself; the visit's bill collects it.
alter table charges drop constraint charges_subject_kind_check,
    add constraint charges_subject_kind_check check (subject_kind in ('appointment', 'order')),
    add column visit_id uuid,
    add constraint charges_order_has_visit check ((subject_kind = 'order') = (visit_id is not null));
create index charges_collected on charges (visit_id) where visit_id is not null;
alter table bill_lines drop constraint bill_lines_subject_kind_check,
    add constraint bill_lines_subject_kind_check check (subject_kind in ('appointment', 'order'));

-- What a payment pays besides its own charge; the rest of its amount is for that one.
create table payment_parts (
    payment_id uuid not null references payments (id),
    charge_id uuid not null references charges (id),
    patient_id uuid not null references patients (id),
    supplier_id uuid not null references suppliers (id),
    amount bigint not null check (amount > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (payment_id, charge_id)
);
create index payment_parts_charge on payment_parts (charge_id);
call app.protect('payment_parts',
    'patient_id = any ((select app.patients())::uuid[]) or supplier_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
-- Who is paid by a part of a payment may see the payment.
create policy shared on payments for select using ((select app.practitioner()) is not null and exists (
    select from payment_parts t where t.payment_id = payments.id and t.supplier_id = (select app.practitioner())));
revoke update, delete on payment_parts from bedside_app;
create function app.part_begins() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        raise exception 'what a payment pays is not changed' using errcode = '42501';
    end if;
    if not exists (select from payments p where p.id = new.payment_id and p.status = 'created' and p.patient_id = new.patient_id
                   and p.charge_id <> new.charge_id and p.amount > new.amount) then
        raise exception 'a payment is put together when it begins' using errcode = '42501';
    end if;
    return new;
end $$;
create trigger part_begins before insert or update or delete on payment_parts
    for each row execute function app.part_begins();

-- How much of what a payment paid for a charge is neither given back, nor promised, nor in dispute. Past the policies, for a patient who
-- cancels does not see the shares; gives back nothing else. Null: the payment holds no money.
grant select on payments, payment_parts, payee_shares, refunds to bedside_seer;
create function app.part_left(the_payment uuid, the_charge uuid) returns bigint language sql stable security definer
    set search_path = public, app as $$
    select least(p.amount - p.refunded - p.disputed,
        case when p.charge_id = the_charge
             then p.amount - (select coalesce(sum(t.amount), 0) from payment_parts t where t.payment_id = p.id)
             else (select coalesce(sum(t.amount), 0) from payment_parts t where t.payment_id = p.id and t.charge_id = the_charge) end
        - coalesce((select sum(s.returned) from payee_shares s
                    where s.payment_id = p.id and s.charge_id = the_charge and s.carried_at is null), 0)
        - coalesce((select sum(r.amount) from refunds r
                    where r.payment_id = p.id and r.charge_id = the_charge and r.status in ('requested', 'approved', 'submitted')), 0))::bigint
    from payments p where p.id = the_payment and p.captured_at is not null
$$;
alter function app.part_left(uuid, uuid) owner to bedside_seer;

-- A share and an invoice for each charge that a payment pays.
drop index payee_shares_one_per_payment;
create index payee_shares_standing on payee_shares (payment_id) where carried_at is null;
drop index invoices_one_per_payment;
create unique index invoices_one_per_payment on invoices (payment_id, charge_id) where kind = 'invoice';
