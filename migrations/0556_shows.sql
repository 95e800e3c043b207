-- owner: consultations
-- In the room of a visit: who shares a screen, which document is shown. One of each at a time, and all of it part of the visit's record.

create table screen_shares (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    -- One of the two, or a third party whom the doctor lets.
    account_id uuid references accounts (id),
    guest_id uuid references visit_guests (id),
    role text not null check (role in ('patient', 'doctor', 'family', 'guardian', 'interpreter', 'nurse', 'trainee')),
    -- The page that shares.
    client text not null check (length(client) between 1 and 64),
    started_at timestamptz not null,
    -- The page says every few seconds that it goes on.
    renewed_at timestamptz not null,
    ended_at timestamptz,
    end_reason text check (end_reason in ('stopped', 'left', 'taken_over', 'withdrawn', 'visit_over', 'lost')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint screen_shares_by_one check (num_nonnulls(account_id, guest_id) = 1),
    constraint screen_shares_end_whole check ((ended_at is null) = (end_reason is null))
);
create unique index screen_shares_one_at_a_time on screen_shares (visit_id) where ended_at is null;
create index screen_shares_by_visit on screen_shares (visit_id, id);
create index screen_shares_by_patient on screen_shares (patient_id);
call app.protect('screen_shares',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');
revoke delete on screen_shares from bedside_app;

-- What the doctor lets a third party do besides being there.
alter table visit_guests add column may_share_since timestamptz;
create function app.guest_shares_by_leave() returns trigger language plpgsql as $$
declare
    before timestamptz;
begin
    if tg_op = 'UPDATE' then
        before := old.may_share_since;
    end if;
    if new.may_share_since is not null and new.may_share_since is distinct from before
        and (new.practitioner_id is distinct from app.practitioner() or new.admitted_at is null) then
        raise exception 'the doctor lets a third party share a screen' using errcode = 'check_violation',
            constraint = 'visit_guests_share_by_leave';
    end if;
    return new;
end $$;
create trigger visit_guests_share before insert or update on visit_guests
    for each row execute function app.guest_shares_by_leave();

create table visit_shows (
    id uuid primary key,
    visit_id uuid not null references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    document_id uuid not null references documents (id),
    shown_by uuid not null references accounts (id),
    role text not null check (role in ('patient', 'doctor')),
    shown_at timestamptz not null,
    stopped_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint visit_shows_stop_after check (stopped_at >= shown_at)
);
create unique index visit_shows_one_at_a_time on visit_shows (visit_id) where stopped_at is null;
create index visit_shows_by_visit on visit_shows (visit_id, id);
create index visit_shows_by_patient on visit_shows (patient_id);
create index visit_shows_by_document on visit_shows (document_id);
call app.protect('visit_shows',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())');
revoke delete on visit_shows from bedside_app;
