-- owner: consultations
-- A visit is what happens at an appointment: a room, a conversation, a note that is signed and then never changes.

create table visits (
    id uuid primary key,
    appointment_id uuid not null unique references appointments (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    status text not null default 'open' check (status in ('open', 'ended', 'signed')),
    started_at timestamptz not null,
    ended_at timestamptz,
    signed_at timestamptz,
    -- Why a visit was ended without a whole note; the reason is a code, never free text.
    incomplete_reason text check (incomplete_reason in ('technical', 'patient_left', 'referred', 'other')),
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (ended_at is null or ended_at >= started_at),
    check ((status = 'open') = (ended_at is null)),
    check ((status = 'signed') = (signed_at is not null))
);
create index visits_by_patient on visits (patient_id, started_at desc);
create index visits_by_practitioner on visits (practitioner_id, started_at desc);
call app.protect('visits',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or app.cares_for(patient_id)',
    'practitioner_id = (select app.practitioner())');

-- One note per visit. A draft is the doctor's alone and is overwritten under its version; a signed note is frozen.
create table visit_notes (
    id uuid primary key,
    visit_id uuid not null unique references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    version int not null check (version > 0),
    content_sealed bytea not null,
    signed_at timestamptz,
    -- SHA-256 over the canonical content, its version, the visit and the signer (visits/sign.rs).
    signed_hash bytea check (octet_length(signed_hash) = 32),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((signed_at is null) = (signed_hash is null))
);
create index visit_notes_by_patient on visit_notes (patient_id);
call app.protect('visit_notes',
    'practitioner_id = (select app.practitioner()) or (signed_at is not null and (patient_id = any ((select app.patients())::uuid[]) or app.cares_for(patient_id)))',
    'practitioner_id = (select app.practitioner())');

create function app.refuse_signed_note() returns trigger language plpgsql as $$
begin
    if old.signed_at is not null then
        raise exception 'a signed note does not change' using errcode = 'check_violation', constraint = 'visit_notes_signed';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;
create trigger visit_notes_signed before update or delete on visit_notes
    for each row execute function app.refuse_signed_note();

-- The conversation beside the call. `client_id` is the sender's own id of the message: sent twice, kept once.
create table visit_messages (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    sender_account uuid not null references accounts (id),
    sender_role text not null check (sender_role in ('patient', 'doctor')),
    client_id uuid not null,
    body_sealed bytea not null,
    sent_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (visit_id, sender_account, client_id)
);
create index visit_messages_in_order on visit_messages (visit_id, id);
call app.protect('visit_messages',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'sender_account = (select app.account()) and (patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()))');

-- A ticket to the media room: five minutes, one visit, one account, one role. Only its hash is kept.
create table room_tokens (
    id uuid primary key,
    token_hash bytea not null unique check (octet_length(token_hash) = 32),
    visit_id uuid not null references visits (id),
    account_id uuid not null references accounts (id),
    role text not null check (role in ('patient', 'doctor')),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index room_tokens_by_visit on room_tokens (visit_id);
create index room_tokens_by_expiry on room_tokens (expires_at);
call app.protect('room_tokens', 'account_id = (select app.account())');

-- Who came and went, as part of the record of the visit.
create table visit_events (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    account_id uuid references accounts (id),
    role text check (role in ('patient', 'doctor')),
    kind text not null check (kind in ('opened', 'joined', 'left', 'replaced', 'ended', 'signed')),
    happened_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index visit_events_in_order on visit_events (visit_id, id);
call app.protect('visit_events',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');

-- Heartbeats: who is in the waiting room or the visit room of an appointment, and whether a doctor is at the desk.
create table presences (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    practitioner_id uuid references practitioners (id),
    appointment_id uuid references appointments (id),
    seen_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique nulls not distinct (account_id, appointment_id)
);
create index presences_by_practitioner on presences (practitioner_id, seen_at desc) where practitioner_id is not null;
create index presences_by_appointment on presences (appointment_id, seen_at desc);
call app.protect('presences', 'account_id = (select app.account())');

grant select on presences to bedside_seer;

-- When the doctor was last seen anywhere. Not a secret to someone who waits, and says nothing of anyone else.
create function app.practitioner_seen_at(practitioner uuid) returns timestamptz
    language sql stable security definer set search_path = public, app as
$$ select max(seen_at) from presences where practitioner_id = practitioner $$;
alter function app.practitioner_seen_at(uuid) owner to bedside_seer;

-- When someone other than the asker was last seen at this appointment.
create function app.other_seen_at(appointment uuid) returns timestamptz
    language sql stable security definer set search_path = public, app as
$$ select max(seen_at) from presences where appointment_id = appointment and account_id is distinct from app.account() $$;
alter function app.other_seen_at(uuid) owner to bedside_seer;

-- The tickets of a visit are two people's; whoever may close the visit (its doctor, the system) revokes both.
grant select, update on room_tokens to bedside_seer;
grant select on visits to bedside_seer;
create function app.revoke_room_tokens(visit uuid, moment timestamptz) returns bigint
    language sql volatile security definer set search_path = public, app as
$$
    with gone as (
        update room_tokens set revoked_at = moment, updated_at = moment
        where visit_id = visit and revoked_at is null
          and (app.system() or exists (select from visits v where v.id = visit and v.practitioner_id = app.practitioner()))
        returning 1)
    select count(*) from gone
$$;
alter function app.revoke_room_tokens(uuid, timestamptz) owner to bedside_seer;
