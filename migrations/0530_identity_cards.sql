-- owner: people
-- Cards with a QR code by which the desk recognizes a patient. A code is a random token of 256 bits of which only the hash is kept;
-- it opens nothing by itself. `screen`: minutes, shown and shown anew. `printed`: a year, one in force for each patient.
create table identity_cards (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    kind text not null check (kind in ('screen', 'printed')),
    token_hash bytea not null unique check (length(token_hash) = 32),
    issued_by uuid not null references accounts (id),
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    scans int not null default 0 check (scans >= 0),
    last_scanned_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint identity_cards_scans_whole check ((scans = 0) = (last_scanned_at is null)),
    constraint identity_cards_short check (expires_at <= issued_at + case kind when 'screen' then interval '10 minutes' else interval '2 years' end)
);
create index identity_cards_of_patient on identity_cards (patient_id, issued_at desc);
create unique index identity_cards_one_printed on identity_cards (patient_id) where kind = 'printed' and revoked_at is null;
call app.protect('identity_cards', 'patient_id = any ((select app.patients())::uuid[])');

-- A card ends sooner, never later, and what was taken back stays so.
create function app.identity_card_stands() returns trigger language plpgsql as $$
begin
    if (new.id, new.patient_id, new.kind, new.token_hash, new.issued_by, new.issued_at)
        is distinct from (old.id, old.patient_id, old.kind, old.token_hash, old.issued_by, old.issued_at)
        or new.expires_at > old.expires_at or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
        or new.scans < old.scans
    then
        raise exception 'a card stands as it was issued' using errcode = 'check_violation', constraint = 'identity_cards_stand';
    end if;
    return new;
end $$;
create trigger identity_cards_stand before update on identity_cards for each row execute function app.identity_card_stands();
