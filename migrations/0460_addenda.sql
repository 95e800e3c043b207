-- owner: consultations
-- What is added to a note after it was signed: numbered, each signed by itself and chained to what stood before it.
create table visit_addenda (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    number int not null check (number > 0),
    content_sealed bytea not null,
    signed_at timestamptz not null,
    -- SHA-256 over the content, who and what it belongs to, and the hash before it (addenda/store.rs).
    signed_hash bytea not null check (octet_length(signed_hash) = 32),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (visit_id, number)
);
create index visit_addenda_by_patient on visit_addenda (patient_id);
call app.protect('visit_addenda',
    'practitioner_id = (select app.practitioner()) or patient_id = any ((select app.patients())::uuid[])
        or (app.cares_for(patient_id) and (not app.visit_is_hidden(visit_id) or app.sees_hidden(patient_id)))',
    'practitioner_id = (select app.practitioner())');
revoke update, delete on visit_addenda from bedside_app;

create function app.addendum_follows() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        raise exception 'what was added to a note does not change' using errcode = 'check_violation', constraint = 'visit_addenda_signed';
    end if;
    if not exists (select from visit_notes n where n.visit_id = new.visit_id and n.signed_at is not null
                   and n.patient_id = new.patient_id and n.practitioner_id = new.practitioner_id) then
        raise exception 'only a signed note is added to' using errcode = 'check_violation', constraint = 'visit_addenda_after_note';
    end if;
    if new.number <> 1 + coalesce((select max(a.number) from visit_addenda a where a.visit_id = new.visit_id), 0) then
        raise exception 'additions are numbered in turn' using errcode = 'check_violation', constraint = 'visit_addenda_in_turn';
    end if;
    return new;
end $$;
create trigger visit_addenda_follow before insert or update or delete on visit_addenda
    for each row execute function app.addendum_follows();

alter table visit_events drop constraint visit_events_kind_check,
    add constraint visit_events_kind_check check (kind in ('opened', 'joined', 'left', 'replaced', 'ended', 'signed', 'amended'));
