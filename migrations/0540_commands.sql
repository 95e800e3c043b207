-- owner: consultations
-- The commands of a visit's note: staged by its doctor, then committed, each with a signature of its own.
create table visit_commands (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    number int not null check (number > 0),
    kind text not null check (kind in ('diagnose', 'instruct', 'follow_up', 'order', 'refer', 'sick_note', 'certificate')),
    status text not null check (status in ('staged', 'committed', 'entered_in_error')),
    version int not null default 1 check (version > 0),
    content_sealed bytea not null,
    committed_at timestamptz,
    -- SHA-256 over the content and who and what it belongs to (commands/store.rs).
    signed_hash bytea check (octet_length(signed_hash) = 32),
    -- Of the public page that tells a real paper from a forged one; papers only.
    verify_code text unique check (verify_code ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
    -- A referral to somebody of this hospital.
    to_practitioner_id uuid references practitioners (id),
    ended_at timestamptz,
    end_reason_sealed bytea,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (visit_id, number),
    constraint visit_commands_committed_whole check ((status = 'staged') = (committed_at is null) and (committed_at is null) = (signed_hash is null)),
    constraint visit_commands_ended_whole check ((status = 'entered_in_error') = (ended_at is not null) and (ended_at is null) = (end_reason_sealed is null)),
    constraint visit_commands_papers check (verify_code is null or (status <> 'staged' and kind in ('order', 'refer', 'sick_note', 'certificate'))),
    constraint visit_commands_referred check (to_practitioner_id is null or (kind = 'refer' and to_practitioner_id <> practitioner_id))
);
create index visit_commands_of_patient on visit_commands (patient_id, committed_at desc, id desc) where status <> 'staged';
create index visit_commands_referred_to on visit_commands (to_practitioner_id, committed_at desc, id desc) where to_practitioner_id is not null;
create index visit_commands_referred_by on visit_commands (practitioner_id, committed_at desc, id desc) where kind = 'refer';
-- What is staged is its doctor's alone.
call app.protect('visit_commands',
    'practitioner_id = (select app.practitioner()) or (status <> ''staged'' and (patient_id = any ((select app.patients())::uuid[])
        or (app.cares_for(patient_id) and (not app.visit_is_hidden(visit_id) or app.sees_hidden(patient_id)))))',
    'practitioner_id = (select app.practitioner())');

create function app.command_stands() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.status <> 'staged' then
            raise exception 'a committed command stays' using errcode = 'check_violation', constraint = 'visit_commands_stand';
        end if;
        return old;
    end if;
    if tg_op = 'INSERT' then
        if new.status <> 'staged' then
            raise exception 'a command is staged first' using errcode = 'check_violation', constraint = 'visit_commands_stand';
        end if;
        return new;
    end if;
    if (new.id, new.visit_id, new.patient_id, new.practitioner_id, new.number, new.kind)
            is distinct from (old.id, old.visit_id, old.patient_id, old.practitioner_id, old.number, old.kind)
        or (old.status <> 'staged' and (new.version, new.content_sealed, new.committed_at, new.signed_hash, new.verify_code, new.to_practitioner_id)
            is distinct from (old.version, old.content_sealed, old.committed_at, old.signed_hash, old.verify_code, old.to_practitioner_id))
        or (old.status = 'committed' and new.status = 'staged')
        or (old.status = 'staged' and new.status = 'entered_in_error')
        or old.status = 'entered_in_error' then
        raise exception 'a committed command does not change' using errcode = 'check_violation', constraint = 'visit_commands_stand';
    end if;
    return new;
end $$;
create trigger visit_commands_stand before insert or update or delete on visit_commands
    for each row execute function app.command_stands();

-- A referral within the hospital opens the record to the other doctor (where the patient agreed): only its own author's, only for the two
-- people it names, and only while it stands.
grant select on visit_commands to bedside_seer;
create function app.refers(command uuid, patient uuid, practitioner uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return exists (select from visit_commands c where c.id = command and c.practitioner_id = app.practitioner() and c.patient_id = patient
                   and c.to_practitioner_id = practitioner and c.status <> 'staged');
end $$;
alter function app.refers(uuid, uuid, uuid) owner to bedside_seer;
revoke all on function app.refers(uuid, uuid, uuid) from public;
grant execute on function app.refers(uuid, uuid, uuid) to bedside_app;
alter policy readable on care_links using ((select app.system()) or patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner())
    or (source_kind = 'referral' and app.refers(source_id, patient_id, practitioner_id)));
alter policy added on care_links with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role('administrator'))
    or (source_kind = 'referral' and app.refers(source_id, patient_id, practitioner_id)));
alter policy changed on care_links using ((select app.system()) or patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role('administrator'))
    or (source_kind = 'referral' and app.refers(source_id, patient_id, practitioner_id)))
    with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role('administrator'))
    or (source_kind = 'referral' and app.refers(source_id, patient_id, practitioner_id)));

-- How far a referral within the hospital has come, for its author: `sent`, `booked`, or `seen`. Nothing else of the other's appointments.
grant select on visits, appointments to bedside_seer;
create function app.referral_step(command uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    one visit_commands%rowtype;
begin
    select * into one from visit_commands c where c.id = command and c.to_practitioner_id is not null
        and (c.practitioner_id = app.practitioner() or c.to_practitioner_id = app.practitioner());
    if not found then return null; end if;
    if exists (select from visits v where v.patient_id = one.patient_id and v.practitioner_id = one.to_practitioner_id
               and v.started_at > one.committed_at) then return 'seen'; end if;
    if exists (select from appointments a where a.patient_id = one.patient_id and a.practitioner_id = one.to_practitioner_id
               and a.created_at > one.committed_at and a.status in ('confirmed', 'fulfilled')) then return 'booked'; end if;
    return 'sent';
end $$;
alter function app.referral_step(uuid) owner to bedside_seer;
revoke all on function app.referral_step(uuid) from public;
grant execute on function app.referral_step(uuid) to bedside_app;
