-- owner: chart
-- Documents of the record: PDFs and pictures from outside. The files lie sealed in the object store; here stands what is known of them.

create table documents (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    -- Only what is clean is ever given out. A file that the scanner refused is gone; its row stays.
    state            text        not null check (state in ('quarantined', 'clean', 'refused')),
    kind             text        not null check (kind in ('laboratory_report', 'imaging', 'referral', 'discharge', 'vaccination',
                                                          'identity_card', 'photo', 'other')),
    -- Title and file name.
    content_sealed   bytea       not null,
    media            text        not null check (media in ('pdf', 'jpeg', 'png')),
    bytes            bigint      not null check (bytes > 0),
    pages            int         check (pages > 0),
    -- Of what is kept; of what was sent, before pictures were made anew.
    sha256           bytea       not null check (octet_length(sha256) = 32),
    sent_sha256      bytea       not null check (octet_length(sent_sha256) = 32),
    -- The small picture, a file of its own, in bytes as many as this.
    preview_id       uuid,
    preview_bytes    bigint      not null default 0 check (preview_bytes >= 0),
    -- By whom it was looked through: `nobody` where the house has no scanner.
    scanned_by       text        check (scanned_by in ('clamd', 'nobody')),
    settled_at       timestamptz,
    -- The date that the document bears.
    dated_on         date,
    appointment_id   uuid,
    uploaded_by      uuid        not null references accounts (id),
    uploaded_role    text        not null check (uploaded_role in ('patient', 'clinician', 'system')),
    uploaded_at      timestamptz not null,
    -- Of the key with which a program sent it, so that sending it again makes nothing new.
    sent_key         bytea       check (octet_length(sent_key) = 32),
    removed_at       timestamptz,
    removed_by       uuid references accounts (id),
    removal          text        check (removal in ('mistake', 'wrong_person', 'duplicate', 'private')),
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint documents_sent_once unique (uploaded_by, sent_key),
    constraint documents_settled_whole check ((state = 'quarantined') = (settled_at is null)),
    constraint documents_scanned_whole check ((state = 'quarantined') = (scanned_by is null)),
    constraint documents_refused_by_scanner check (state <> 'refused' or scanned_by = 'clamd'),
    constraint documents_removal_whole check (num_nulls(removed_at, removed_by, removal) in (0, 3)),
    constraint documents_preview_whole check ((preview_id is null) = (preview_bytes = 0))
);
create index documents_of_patient on documents (patient_id, id desc);
create index documents_unsettled on documents (uploaded_at, id) where state = 'quarantined' or scanned_by = 'nobody';

-- Doctors see what stands; what was removed or refused only who put it there, and the patient.
call app.protect('documents',
    'patient_id = any ((select app.patients())::uuid[])
     or (app.cares_for(patient_id) and ((removed_at is null and state <> ''refused'') or uploaded_by = (select app.account())))',
    'patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id)');
revoke delete on documents from bedside_app;

-- What a file is, and whether it may be given out, is never a person's word: it begins in quarantine, and only the program settles it.
create function app.document_stands() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'quarantined' and not app.system() then
            raise exception 'a document begins in quarantine' using errcode = 'check_violation', constraint = 'documents_stand';
        end if;
        return new;
    end if;
    if (new.id, new.patient_id, new.media, new.bytes, new.pages, new.sha256, new.sent_sha256, new.preview_id, new.uploaded_by,
        new.uploaded_role, new.uploaded_at, new.sent_key)
        is distinct from (old.id, old.patient_id, old.media, old.bytes, old.pages, old.sha256, old.sent_sha256, old.preview_id,
        old.uploaded_by, old.uploaded_role, old.uploaded_at, old.sent_key)
        or ((new.state, new.scanned_by, new.settled_at) is distinct from (old.state, old.scanned_by, old.settled_at) and not app.system())
        or (old.state = 'refused' and new.state <> 'refused')
    then
        raise exception 'a document stands as it came in' using errcode = 'check_violation', constraint = 'documents_stand';
    end if;
    return new;
end $$;
create trigger documents_stand before insert or update on documents for each row execute function app.document_stands();
