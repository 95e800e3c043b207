-- owner: consultations
-- On which media node the room of a visit is, and third parties of a visit: invited by one of the two, consented to by both.

-- The program's own business: which node carries what says nothing of anybody.
create table media_rooms (
    visit_id uuid primary key references visits (id),
    node text not null check (length(node) between 1 and 300),
    placed_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index media_rooms_by_node on media_rooms (node);
call app.protect('media_rooms', 'false');

create table visit_guests (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    role text not null check (role in ('family', 'guardian', 'interpreter', 'nurse', 'trainee')),
    invited_by uuid not null references accounts (id),
    -- Keyed digests: of the link, which opens once, and of the key that the guest's browser has afterwards.
    link_mac bytea not null unique check (octet_length(link_mac) = 32),
    key_mac bytea unique check (octet_length(key_mac) = 32),
    name_sealed bytea,
    expires_at timestamptz not null,
    patient_consented_at timestamptz,
    doctor_consented_at timestamptz,
    -- The guest has opened the link, said a name and agreed to keep to themselves what is said.
    came_at timestamptz,
    admitted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((came_at is null) = (key_mac is null) and (came_at is null) = (name_sealed is null)),
    constraint visit_guests_consented check
        (admitted_at is null or (came_at is not null and patient_consented_at is not null and doctor_consented_at is not null))
);
create index visit_guests_by_visit on visit_guests (visit_id, id);
create index visit_guests_by_patient on visit_guests (patient_id);
call app.protect('visit_guests',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');
revoke delete on visit_guests from bedside_app;

-- Nobody consents for the other, and nobody but the doctor lets in.
create function app.guest_is_consented_to() returns trigger language plpgsql as $$
declare
    patient_before timestamptz;
    doctor_before timestamptz;
    admitted_before timestamptz;
begin
    if tg_op = 'UPDATE' then
        patient_before := old.patient_consented_at;
        doctor_before := old.doctor_consented_at;
        admitted_before := old.admitted_at;
    end if;
    if (new.patient_consented_at is distinct from patient_before and not new.patient_id = any (app.patients()))
        or ((new.doctor_consented_at is distinct from doctor_before or new.admitted_at is distinct from admitted_before)
            and new.practitioner_id is distinct from app.practitioner()) then
        raise exception 'a consent is its giver''s' using errcode = 'check_violation', constraint = 'visit_guests_own_consent';
    end if;
    return new;
end $$;
create trigger visit_guests_consents before insert or update on visit_guests
    for each row execute function app.guest_is_consented_to();

alter table visit_events add column guest_id uuid references visit_guests (id);
alter table visit_events drop constraint visit_events_kind_check,
    add constraint visit_events_kind_check check (kind in ('opened', 'joined', 'left', 'replaced', 'ended', 'signed', 'amended',
        'invited', 'consented', 'came', 'admitted', 'revoked'));
alter table visit_events drop constraint visit_events_role_check,
    add constraint visit_events_role_check check (role in ('patient', 'doctor', 'family', 'guardian', 'interpreter', 'nurse', 'trainee'));
