-- owner: consultations
-- Photos that the patient sends into a visit, and the addresses by which a phone sends them without signing in.

create table photo_links (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    made_by uuid not null references accounts (id),
    -- Keyed digests: of the address, and of the key that the phone has after its first photo.
    link_mac bytea not null unique check (octet_length(link_mac) = 32),
    key_mac bytea unique check (octet_length(key_mac) = 32),
    -- How many photos it still takes.
    photos_left int not null check (photos_left between 0 and 10),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
-- A new address ends the one before.
create unique index photo_links_one_at_a_time on photo_links (visit_id) where revoked_at is null;
create index photo_links_by_patient on photo_links (patient_id);
call app.protect('photo_links',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');
revoke delete on photo_links from bedside_app;

-- What an address takes only becomes less, and what is taken back stays so.
create function app.photo_link_runs_out() returns trigger language plpgsql as $$
begin
    if (new.visit_id, new.patient_id, new.made_by, new.link_mac, new.expires_at)
        is distinct from (old.visit_id, old.patient_id, old.made_by, old.link_mac, old.expires_at)
        or new.photos_left > old.photos_left
        or (old.key_mac is not null and new.key_mac is distinct from old.key_mac)
        or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
    then
        raise exception 'an address for photos runs out' using errcode = 'check_violation', constraint = 'photo_links_run_out';
    end if;
    return new;
end $$;
create trigger photo_links_run_out before update on photo_links for each row execute function app.photo_link_runs_out();

create table visit_photos (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    document_id uuid not null unique references documents (id),
    -- Whose it is: who was in the room, or made the address.
    sent_by uuid not null references accounts (id),
    link_id uuid references photo_links (id),
    sent_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index visit_photos_by_visit on visit_photos (visit_id, id);
create index visit_photos_by_patient on visit_photos (patient_id);
call app.protect('visit_photos',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'patient_id = any ((select app.patients())::uuid[])');
revoke delete on visit_photos from bedside_app;
