-- owner: consultations
-- Who supervises whom, from a day on. A row changes only by ending; the days are the trainee's own, the last one included.
create table supervisions (
    id uuid primary key,
    trainee_id uuid not null references practitioners (id),
    supervisor_id uuid not null references practitioners (id),
    from_day date not null,
    until_day date,
    made_by uuid not null references accounts (id),
    ended_at timestamptz,
    ended_by uuid references accounts (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint supervisions_of_somebody_else check (trainee_id <> supervisor_id),
    constraint supervisions_in_order check (until_day is null or until_day >= from_day),
    constraint supervisions_ended_whole check ((ended_at is null) = (ended_by is null)),
    constraint supervisions_one_at_a_time exclude using gist (trainee_id with =, daterange(from_day, until_day, '[]') with &&)
        where (ended_at is null)
);
create index supervisions_of_trainee on supervisions (trainee_id, from_day desc, id desc);
create index supervisions_by on supervisions (supervisor_id);
call app.protect('supervisions',
    'trainee_id = (select app.practitioner()) or supervisor_id = (select app.practitioner()) or (select app.has_role(''administrator''))',
    '(select app.has_role(''administrator''))');
revoke delete on supervisions from bedside_app;

-- Two administrators who each make half of a circle come one after the other.
create function app.supervision_in_order() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (new.id, new.trainee_id, new.supervisor_id, new.from_day, new.until_day, new.made_by, new.created_at)
            is distinct from (old.id, old.trainee_id, old.supervisor_id, old.from_day, old.until_day, old.made_by, old.created_at)
            or old.ended_at is not null or new.ended_at is null
        then
            raise exception 'a supervision changes only by ending' using errcode = 'check_violation', constraint = 'supervisions_stand';
        end if;
        return new;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('supervisions', 0));
    if not exists (select from practitioners p where p.id = new.supervisor_id and p.status = 'published') then
        raise exception 'only a published doctor supervises' using errcode = 'check_violation', constraint = 'supervisions_by_published';
    end if;
    if exists (with recursive above as (
                   select new.supervisor_id as id
                   union
                   select s.supervisor_id from supervisions s join above a on s.trainee_id = a.id
                   where s.ended_at is null and daterange(s.from_day, s.until_day, '[]') && daterange(new.from_day, new.until_day, '[]'))
               select from above where id = new.trainee_id) then
        raise exception 'nobody is supervised by themselves' using errcode = 'check_violation', constraint = 'supervisions_no_circle';
    end if;
    return new;
end $$;
create trigger supervisions_in_order before insert or update on supervisions for each row execute function app.supervision_in_order();

-- A signed note that its signer's supervisor checks.
create table note_approvals (
    id uuid primary key,
    visit_id uuid not null unique references visits (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    supervisor_id uuid not null references practitioners (id),
    -- By which the supervisor checks: the supervision, or an administrator's choice for this note alone.
    supervision_id uuid references supervisions (id),
    assigned_by uuid references accounts (id),
    status text not null check (status in ('awaiting', 'returned', 'approved')),
    version int not null default 1 check (version > 0),
    asked_at timestamptz not null,
    -- How many additions the supervisor had read when the note was last returned, or approved.
    addenda int check (addenda >= 0),
    approved_at timestamptz,
    -- SHA-256 over the note's signature, the additions read, the supervisor and the time (approvals/store.rs).
    signed_hash bytea check (octet_length(signed_hash) = 32),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint note_approvals_by_somebody_else check (supervisor_id <> practitioner_id),
    constraint note_approvals_by_right check (num_nonnulls(supervision_id, assigned_by) = 1),
    constraint note_approvals_approved_whole check ((status = 'approved') = (approved_at is not null) and (approved_at is null) = (signed_hash is null)),
    constraint note_approvals_answered_whole check (status = 'awaiting' or addenda is not null)
);
create index note_approvals_to_check on note_approvals (supervisor_id, patient_id);
create index note_approvals_of_signer on note_approvals (practitioner_id, asked_at desc, id desc);
create index note_approvals_open on note_approvals (asked_at, id) where status <> 'approved';
create index note_approvals_of_patient on note_approvals (patient_id);
create index note_approvals_by_supervision on note_approvals (supervision_id) where status <> 'approved';
call app.protect('note_approvals',
    'practitioner_id = (select app.practitioner()) or supervisor_id = (select app.practitioner()) or (select app.has_role(''administrator''))
        or patient_id = any ((select app.patients())::uuid[])
        or (app.cares_for(patient_id) and (not app.visit_is_hidden(visit_id) or app.sees_hidden(patient_id)))',
    'practitioner_id = (select app.practitioner()) or supervisor_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
alter policy added on note_approvals with check ((select app.system()) or practitioner_id = (select app.practitioner()));
revoke delete on note_approvals from bedside_app;

create function app.note_approval_stands() returns trigger language plpgsql as $$
declare
    me uuid := app.practitioner();
begin
    if tg_op = 'DELETE' then
        raise exception 'a note that is checked stays' using errcode = 'check_violation', constraint = 'note_approvals_stand';
    end if;
    if tg_op = 'INSERT' then
        if new.status <> 'awaiting' or not exists (select from visit_notes n where n.visit_id = new.visit_id and n.signed_at is not null
                and n.patient_id = new.patient_id and n.practitioner_id = new.practitioner_id) then
            raise exception 'only a signed note is checked' using errcode = 'check_violation', constraint = 'note_approvals_of_signed_note';
        end if;
        if new.supervision_id is not null and not exists (select from supervisions s where s.id = new.supervision_id
                and s.trainee_id = new.practitioner_id and s.supervisor_id = new.supervisor_id) then
            raise exception 'a note is checked by its supervisor' using errcode = 'check_violation', constraint = 'note_approvals_by_right';
        end if;
        return new;
    end if;
    if (new.id, new.visit_id, new.patient_id, new.practitioner_id, new.created_at)
            is distinct from (old.id, old.visit_id, old.patient_id, old.practitioner_id, old.created_at)
        or old.status = 'approved' or new.version <> old.version + 1
        or (old.status, new.status) in (('returned', 'approved'), ('awaiting', 'awaiting'), ('returned', 'returned'))
            and (new.supervisor_id, new.supervision_id, new.assigned_by) is not distinct from (old.supervisor_id, old.supervision_id, old.assigned_by)
        or old.status <> new.status
            and (new.supervisor_id, new.supervision_id, new.assigned_by) is distinct from (old.supervisor_id, old.supervision_id, old.assigned_by)
    then
        raise exception 'a note is checked step by step' using errcode = 'check_violation', constraint = 'note_approvals_stand';
    end if;
    if not app.system() and (case
            when old.status = new.status then not app.has_role('administrator')
            when new.status = 'awaiting' then new.practitioner_id is distinct from me
            else new.supervisor_id is distinct from me end)
    then
        raise exception 'this step is somebody else''s' using errcode = 'check_violation', constraint = 'note_approvals_own_step';
    end if;
    if new.status = 'approved' and new.addenda <> (select count(*) from visit_addenda a where a.visit_id = new.visit_id) then
        raise exception 'whoever approves has read every addition' using errcode = 'check_violation', constraint = 'note_approvals_all_read';
    end if;
    return new;
end $$;
create trigger note_approvals_stand before insert or update or delete on note_approvals
    for each row execute function app.note_approval_stands();

-- How it came to this: rows are only ever added. What a supervisor writes when returning a note is between the two doctors.
create table note_approval_steps (
    id uuid primary key,
    approval_id uuid not null references note_approvals (id),
    patient_id uuid not null references patients (id),
    number int not null check (number > 0),
    step text not null check (step in ('asked', 'returned', 'sent_again', 'approved', 'assigned')),
    supervisor_id uuid not null references practitioners (id),
    -- None where the program handed it over.
    account_id uuid references accounts (id),
    words_sealed bytea,
    happened_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (approval_id, number),
    constraint note_approval_steps_words check ((step = 'returned') = (words_sealed is not null))
);
create index note_approval_steps_of_patient on note_approval_steps (patient_id);
call app.protect('note_approval_steps',
    'exists (select from note_approvals n where n.id = approval_id and (n.practitioner_id = (select app.practitioner())
        or n.supervisor_id = (select app.practitioner()) or (select app.has_role(''administrator''))))');
revoke update, delete on note_approval_steps from bedside_app;
