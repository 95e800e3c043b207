-- owner: prescriptions
-- draft → active → (expired, by the clock) | stopped | cancelled. What is prescribed is sealed with the patient's key. Once
-- signed a prescription never changes: this file refuses it, and the reader checks `content_hash` over all of it.
create table prescriptions (
    id               uuid primary key,
    visit_id         uuid        not null references visits (id),
    patient_id       uuid        not null references patients (id),
    practitioner_id  uuid        not null references practitioners (id),
    status           text        not null check (status in ('draft', 'active', 'stopped', 'cancelled')),
    version          integer     not null default 1 check (version > 0),
    -- Notes, alerts seen and reasons given for overriding them.
    content_sealed   bytea       not null,
    content_hash     bytea check (octet_length(content_hash) = 32),
    verify_code      text unique check (verify_code ~ '^[0-9A-Z]{20}$'),
    signed_at        timestamptz,
    valid_until      timestamptz,
    ended_at         timestamptz,
    end_reason       text check (end_reason in ('not_needed', 'side_effect', 'allergy', 'changed', 'mistake', 'other')),
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint prescriptions_signed_whole check (
        (signed_at is null) = (valid_until is null)
        and (signed_at is null) = (content_hash is null)
        and (signed_at is null) = (verify_code is null)),
    constraint prescriptions_draft_unsigned check (status <> 'draft' or signed_at is null),
    constraint prescriptions_active_signed check (status not in ('active', 'stopped') or signed_at is not null),
    constraint prescriptions_validity check (valid_until > signed_at),
    constraint prescriptions_ended_whole check ((status in ('stopped', 'cancelled')) = (ended_at is not null))
);
create index prescriptions_patient on prescriptions (patient_id, signed_at desc);
create index prescriptions_visit on prescriptions (visit_id);
create index prescriptions_practitioner on prescriptions (practitioner_id, signed_at desc);

create table prescription_items (
    id               uuid primary key,
    prescription_id  uuid        not null references prescriptions (id),
    patient_id       uuid        not null references patients (id),
    position         integer     not null check (position between 1 and 40),
    quantity         integer     not null check (quantity between 1 and 100000),
    quantity_unit    text        not null check (quantity_unit in
        ('tablet', 'capsule', 'ml', 'g', 'container', 'patch', 'dose', 'suppository', 'sachet', 'vial', 'unit')),
    -- Drug, strength, form, dose, timing, instructions.
    content_sealed   bytea       not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (prescription_id, position)
);
create index prescription_items_patient on prescription_items (patient_id);

create function app.prescription_stays_as_signed() returns trigger language plpgsql as $$
begin
    if old.signed_at is not null and (
        new.id, new.visit_id, new.patient_id, new.practitioner_id, new.version, new.content_sealed, new.content_hash,
        new.verify_code, new.signed_at, new.valid_until)
        is distinct from (
        old.id, old.visit_id, old.patient_id, old.practitioner_id, old.version, old.content_sealed, old.content_hash,
        old.verify_code, old.signed_at, old.valid_until) then
        raise exception 'a signed prescription does not change' using errcode = 'check_violation',
            constraint = 'prescriptions_stay_as_signed';
    end if;
    if old.status in ('stopped', 'cancelled') and new.status <> old.status then
        raise exception 'an ended prescription stays ended' using errcode = 'check_violation',
            constraint = 'prescriptions_stay_ended';
    end if;
    return new;
end $$;
create trigger prescriptions_stay_as_signed before update on prescriptions
    for each row execute function app.prescription_stays_as_signed();

create function app.signed_prescription_kept() returns trigger language plpgsql as $$
begin
    if old.signed_at is not null then
        raise exception 'a signed prescription is not removed' using errcode = 'check_violation',
            constraint = 'prescriptions_stay_as_signed';
    end if;
    return old;
end $$;
create trigger prescriptions_kept before delete on prescriptions
    for each row execute function app.signed_prescription_kept();

-- Items are written only while their prescription is a draft.
create function app.prescription_item_of_a_draft() returns trigger language plpgsql security definer
    set search_path = public, app as $$
begin
    if exists (select from prescriptions p where p.signed_at is not null
        and p.id in (case when tg_op = 'INSERT' then new.prescription_id else old.prescription_id end,
                     case when tg_op = 'DELETE' then old.prescription_id else new.prescription_id end)) then
        raise exception 'a signed prescription does not change' using errcode = 'check_violation',
            constraint = 'prescriptions_stay_as_signed';
    end if;
    return coalesce(new, old);
end $$;
alter function app.prescription_item_of_a_draft() owner to bedside_seer;
create trigger prescription_items_of_a_draft before insert or update or delete on prescription_items
    for each row execute function app.prescription_item_of_a_draft();
grant select on prescriptions to bedside_seer;

-- The patient sees what was signed; the prescriber and whoever treats the patient see the rest.
call app.protect('prescriptions',
    'practitioner_id = (select app.practitioner()) or (signed_at is not null and
        (patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)))',
    'practitioner_id = (select app.practitioner())');

create function app.prescribes(prescription uuid) returns boolean language sql stable security definer
    set search_path = public, app as
    $$ select exists (select from prescriptions p where p.id = prescription and p.practitioner_id = app.practitioner()) $$;
alter function app.prescribes(uuid) owner to bedside_seer;
create function app.prescription_signed(prescription uuid) returns boolean language sql stable security definer
    set search_path = public, app as
    $$ select exists (select from prescriptions p where p.id = prescription and p.signed_at is not null) $$;
alter function app.prescription_signed(uuid) owner to bedside_seer;

call app.protect('prescription_items',
    'app.prescribes(prescription_id) or (app.prescription_signed(prescription_id) and
        (patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)))',
    'app.prescribes(prescription_id)');
