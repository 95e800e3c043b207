-- owner: prescriptions
-- The whole life of a prescription, its fills, and refills asked for.
--
-- draft → active ⇄ on_hold; active → completed (all dispensed) | replaced (by another) | stopped | cancelled | expired (by the clock).
alter table prescriptions
    drop constraint prescriptions_status_check,
    add constraint prescriptions_status_check check (status in
        ('draft', 'active', 'on_hold', 'completed', 'stopped', 'cancelled', 'replaced')),
    drop constraint prescriptions_active_signed,
    add constraint prescriptions_active_signed check (status in ('draft', 'cancelled') or signed_at is not null),
    drop constraint prescriptions_ended_whole,
    add constraint prescriptions_ended_whole check
        ((status in ('completed', 'stopped', 'cancelled', 'replaced')) = (ended_at is not null)),
    drop constraint prescriptions_end_reason_check,
    add constraint prescriptions_end_reason_check check (end_reason in
        ('not_needed', 'side_effect', 'allergy', 'interaction', 'pregnancy', 'changed', 'dispensed', 'mistake', 'other')),
    -- The prescription whose place this one takes, and the one it renews.
    add column replaces uuid references prescriptions (id),
    add column renews uuid references prescriptions (id),
    add column held_at timestamptz,
    add constraint prescriptions_held_whole check ((status = 'on_hold') = (held_at is not null));
create index prescriptions_replaces on prescriptions (replaces) where replaces is not null;

-- Further fills after the first; a copy of what is sealed, so that the database can refuse more.
alter table prescription_items add column refills integer not null default 0 check (refills between 0 and 12);

create or replace function app.prescription_stays_as_signed() returns trigger language plpgsql as $$
begin
    if old.signed_at is not null and (
        new.id, new.visit_id, new.patient_id, new.practitioner_id, new.version, new.content_sealed, new.content_hash,
        new.verify_code, new.signed_at, new.valid_until, new.replaces, new.renews)
        is distinct from (
        old.id, old.visit_id, old.patient_id, old.practitioner_id, old.version, old.content_sealed, old.content_hash,
        old.verify_code, old.signed_at, old.valid_until, old.replaces, old.renews) then
        raise exception 'a signed prescription does not change' using errcode = 'check_violation',
            constraint = 'prescriptions_stay_as_signed';
    end if;
    if old.status in ('completed', 'stopped', 'cancelled', 'replaced') and new.status <> old.status then
        raise exception 'an ended prescription stays ended' using errcode = 'check_violation',
            constraint = 'prescriptions_stay_ended';
    end if;
    return new;
end $$;

-- What was dispensed. Written in the system's context only: a pharmacy holds the code of the paper, and no record.
create table prescription_fills (
    id               uuid primary key,
    prescription_id  uuid        not null references prescriptions (id),
    item_id          uuid        not null references prescription_items (id),
    patient_id       uuid        not null references patients (id),
    -- 1 for the first fill, 2 for the first refill, …; a fill may come in parts.
    fill             integer     not null check (fill between 1 and 13),
    quantity         integer     not null check (quantity > 0),
    place            text        not null check (length(place) between 1 and 200),
    claimed_at       timestamptz not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);
create index prescription_fills_item on prescription_fills (item_id, fill);
create index prescription_fills_prescription on prescription_fills (prescription_id);

-- Behind the lock that the claim takes: no fill exceeds its quantity, and no item its fills.
create function app.fill_within_its_item() returns trigger language plpgsql security definer set search_path = public, app as $$
declare
    item prescription_items;
begin
    select * into item from prescription_items where id = new.item_id for update;
    if item.prescription_id <> new.prescription_id or new.fill > item.refills + 1
        or new.quantity + coalesce((select sum(quantity) from prescription_fills
            where item_id = new.item_id and fill = new.fill), 0) > item.quantity then
        raise exception 'more than was prescribed' using errcode = 'check_violation', constraint = 'prescription_fills_within';
    end if;
    return new;
end $$;
grant select on prescription_items, prescription_fills to bedside_seer;
grant update on prescription_items to bedside_seer;
alter function app.fill_within_its_item() owner to bedside_seer;
create trigger fill_within_its_item before insert on prescription_fills
    for each row execute function app.fill_within_its_item();

create function app.fill_stays() returns trigger language plpgsql as $$
begin
    raise exception 'what was dispensed stays written' using errcode = 'check_violation', constraint = 'prescription_fills_stay';
end $$;
create trigger fill_stays before update or delete on prescription_fills for each row execute function app.fill_stays();

call app.protect('prescription_fills',
    'app.prescribes(prescription_id) or patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)', 'false');

-- requested → approved | changed | denied | deferred; deferred → approved | changed | denied. One open request a prescription.
create table refill_requests (
    id               uuid primary key,
    prescription_id  uuid        not null references prescriptions (id),
    patient_id       uuid        not null references patients (id),
    practitioner_id  uuid        not null references practitioners (id),
    status           text        not null check (status in ('requested', 'approved', 'changed', 'denied', 'deferred')),
    reason           text check (reason in ('not_needed', 'needs_visit', 'needs_test', 'too_early', 'restricted', 'no_answer', 'other')),
    -- What the patient wrote, and what the doctor answered.
    note_sealed      bytea,
    answer_sealed    bytea,
    renewed_as       uuid references prescriptions (id),
    requested_at     timestamptz not null,
    due_at           timestamptz not null,
    decided_at       timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint refill_requests_decided_whole check ((status = 'requested') = (decided_at is null)),
    constraint refill_requests_reasoned check ((status in ('denied', 'deferred')) = (reason is not null)),
    constraint refill_requests_renewed check (status <> 'approved' or renewed_as is not null)
);
create unique index refill_requests_one_open on refill_requests (prescription_id) where status in ('requested', 'deferred');
create index refill_requests_practitioner on refill_requests (practitioner_id, requested_at);
create index refill_requests_patient on refill_requests (patient_id, requested_at desc);
create index refill_requests_due on refill_requests (due_at) where status = 'requested';
call app.protect('refill_requests',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');
