-- owner: chart
-- Who may see a record beside those who treat: consents, emergency access, what the patient hides; and what the patient asks about
-- who did.

-- What a patient decided about one doctor. Every decision is a version of its own, the latest counts, and none is ever changed.
create table consents (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    practitioner_id  uuid        not null references practitioners (id),
    version          int         not null check (version > 0),
    -- `given`: may read, with or without an appointment. `revoked`: may not, not even for the appointments made so far.
    decision         text        not null check (decision in ('given', 'revoked')),
    -- `everything`: also what the patient has hidden.
    scope            text        not null check (scope in ('record', 'everything')),
    -- Which words the patient agreed to (domains/chart/src/consents/model.rs).
    wording          smallint    not null check (wording > 0),
    ends_at          timestamptz,
    decided_by       uuid        not null references accounts (id),
    decided_at       timestamptz not null,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint consents_one_per_version unique (patient_id, practitioner_id, version),
    constraint consents_end_after_start check (ends_at is null or (decision = 'given' and ends_at > decided_at))
);
create index consents_to on consents (practitioner_id, patient_id, version desc);
call app.protect('consents',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'patient_id = any ((select app.patients())::uuid[])');
revoke update, delete on consents from bedside_app;

-- Emergency access: one doctor, one record, one hour at most. The one who has it can end it, and neither extend nor change it.
create table break_glass (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    practitioner_id  uuid        not null references practitioners (id),
    account_id       uuid        not null references accounts (id),
    reason           text        not null check (reason in ('unconscious', 'danger_to_life', 'cannot_decide', 'other')),
    words_sealed     bytea       not null,
    started_at       timestamptz not null,
    ends_at          timestamptz not null,
    ended_at         timestamptz,
    outcome          text check (outcome in ('justified', 'not_justified', 'unclear')),
    reviewed_by      uuid references accounts (id),
    reviewed_at      timestamptz,
    remark_sealed    bytea,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint break_glass_one_hour check (ends_at > started_at and ends_at <= started_at + interval '60 minutes'),
    constraint break_glass_review_whole check (num_nulls(outcome, reviewed_by, reviewed_at, remark_sealed) in (0, 4)),
    constraint break_glass_four_eyes check (reviewed_by is distinct from account_id)
);
create index break_glass_of on break_glass (practitioner_id, patient_id, ends_at desc);
create index break_glass_of_patient on break_glass (patient_id, started_at desc);
create index break_glass_to_review on break_glass (started_at, id) where reviewed_at is null;
call app.protect('break_glass',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
-- The verb that proves the second factor begins it, in the system's context; nobody else does.
alter policy added on break_glass with check ((select app.system()));
revoke delete on break_glass from bedside_app;

create function app.break_glass_stands() returns trigger language plpgsql as $$
begin
    if (new.id, new.patient_id, new.practitioner_id, new.account_id, new.reason, new.words_sealed, new.started_at, new.ends_at)
        is distinct from (old.id, old.patient_id, old.practitioner_id, old.account_id, old.reason, old.words_sealed, old.started_at, old.ends_at)
        or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
        or (old.reviewed_at is not null and new is distinct from old)
        or (new.reviewed_at is distinct from old.reviewed_at and not (app.system() or app.has_role('administrator')))
    then
        raise exception 'an emergency access stands as it was begun' using errcode = 'check_violation', constraint = 'break_glass_stands';
    end if;
    return new;
end $$;
create trigger break_glass_stands before update on break_glass for each row execute function app.break_glass_stands();

-- "Question this": what a patient asks the privacy officer about a line of the access log, and the answer.
create table access_questions (
    id               uuid primary key,
    patient_id       uuid        not null references patients (id),
    -- The line of the trail.
    shard            smallint    not null,
    seq              bigint      not null,
    -- Whom it is about; null for the program.
    about_account    uuid references accounts (id),
    words_sealed     bytea       not null,
    asked_by         uuid        not null references accounts (id),
    asked_at         timestamptz not null,
    finding          text check (finding in ('in_order', 'not_in_order', 'unclear')),
    answer_sealed    bytea,
    answered_by      uuid references accounts (id),
    answered_at      timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    constraint access_questions_once unique (patient_id, shard, seq),
    constraint access_questions_answer_whole check (num_nulls(finding, answer_sealed, answered_by, answered_at) in (0, 4)),
    constraint access_questions_four_eyes check (answered_by is null or answered_by is distinct from about_account)
);
create index access_questions_of_patient on access_questions (patient_id, asked_at desc);
create index access_questions_open on access_questions (asked_at, id) where answered_at is null;
call app.protect('access_questions',
    'patient_id = any ((select app.patients())::uuid[]) or (select app.has_role(''administrator''))',
    '(select app.has_role(''administrator''))');
alter policy added on access_questions with check ((select app.system()) or (patient_id = any ((select app.patients())::uuid[]) and answered_at is null));
revoke delete on access_questions from bedside_app;

create function app.access_question_stands() returns trigger language plpgsql as $$
begin
    if (new.id, new.patient_id, new.shard, new.seq, new.about_account, new.words_sealed, new.asked_by, new.asked_at)
        is distinct from (old.id, old.patient_id, old.shard, old.seq, old.about_account, old.words_sealed, old.asked_by, old.asked_at)
        or old.answered_at is not null
    then
        raise exception 'a question and its answer stand' using errcode = 'check_violation', constraint = 'access_questions_stands';
    end if;
    return new;
end $$;
create trigger access_questions_stands before update on access_questions for each row execute function app.access_question_stands();

grant select on consents, break_glass to bedside_seer;

-- Why the present practitioner may read this record now: `care_link`, `consent`, `break_glass`, or null. A revocation outweighs care
-- links that began before it. plpgsql keeps the plans: the policies ask for every row.
create function app.basis(wanted uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    me uuid := app.practitioner();
    moment timestamptz := coalesce(app.setting('now')::timestamptz, now());
    last consents%rowtype;
begin
    if me is null or wanted is null then return null; end if;
    select * into last from consents c where c.practitioner_id = me and c.patient_id = wanted order by c.version desc limit 1;
    if exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = me and l.closed_at is null
               and l.valid_from <= moment and (l.valid_until is null or l.valid_until > moment)
               and (last.decision is distinct from 'revoked' or l.valid_from > last.decided_at)) then
        return 'care_link';
    end if;
    if last.decision = 'given' and (last.ends_at is null or last.ends_at > moment) then return 'consent'; end if;
    if app.in_emergency(wanted) then return 'break_glass'; end if;
    return null;
end $$;
-- Whether the present practitioner has emergency access to this record now, by the database's clock.
create function app.in_emergency(wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return exists (select from break_glass b where b.practitioner_id = app.practitioner() and b.patient_id = wanted and b.ended_at is null
                   and b.started_at <= coalesce(app.setting('now')::timestamptz, now())
                   and b.ends_at > coalesce(app.setting('now')::timestamptz, now()));
end $$;
-- Whether the present practitioner sees what the patient has hidden: if the patient says so, and in an emergency.
create function app.sees_hidden(wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    last consents%rowtype;
begin
    select * into last from consents c where c.practitioner_id = app.practitioner() and c.patient_id = wanted order by c.version desc limit 1;
    return coalesce(last.decision = 'given' and last.scope = 'everything'
                    and (last.ends_at is null or last.ends_at > coalesce(app.setting('now')::timestamptz, now())), false)
        or app.in_emergency(wanted);
end $$;
-- Has the present practitioner ever had to do with this patient? Enough for the name, not for the chart.
create or replace function app.knows(wanted uuid) returns boolean
    language sql stable security definer set search_path = public, app
    as $$ select exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = app.practitioner())
              or exists (select from consents c where c.patient_id = wanted and c.practitioner_id = app.practitioner())
              or exists (select from break_glass b where b.patient_id = wanted and b.practitioner_id = app.practitioner()) $$;
-- A read under emergency access is marked as one; one by consent too.
create or replace function app.read_purpose(purpose text, patient uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    if app.practitioner() is null or patient is null or purpose not in ('treatment', 'care', 'prescribing') then return purpose; end if;
    if app.in_emergency(patient) then return 'break_glass'; end if;
    if purpose = 'treatment' and app.basis(patient) = 'consent' then return 'consent'; end if;
    return purpose;
end $$;
alter function app.basis(uuid) owner to bedside_seer;
alter function app.in_emergency(uuid) owner to bedside_seer;
alter function app.sees_hidden(uuid) owner to bedside_seer;
alter function app.read_purpose(text, uuid) owner to bedside_seer;
revoke all on function app.basis(uuid), app.in_emergency(uuid), app.sees_hidden(uuid), app.read_purpose(text, uuid) from public;
grant execute on function app.basis(uuid), app.in_emergency(uuid), app.sees_hidden(uuid), app.read_purpose(text, uuid) to bedside_app;
grant execute on function app.read_purpose(text, uuid) to bedside_auditor;

-- May the present practitioner read this record now? Inlined into the policies, so that each row costs one call.
create or replace function app.cares_for(wanted uuid) returns boolean language sql stable security invoker
    as $$ select app.basis(wanted) is not null $$;
alter function app.cares_for(uuid) reset all;
-- May they write in it? Consents and emergencies open a record for reading only.
create function app.treats(wanted uuid) returns boolean language sql stable
    as $$ select coalesce(app.basis(wanted) = 'care_link', false) $$;

alter policy added on allergy_answers with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy changed on allergy_answers using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id))
    with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy removed on allergy_answers using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy added on allergies with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy changed on allergies using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id))
    with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy removed on allergies using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy added on vitals with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy changed on vitals using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id))
    with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy removed on vitals using ((select app.system()) or patient_id = any ((select app.patients())::uuid[]) or app.treats(patient_id));
alter policy added on problems with check ((select app.system()) or app.treats(patient_id));
alter policy changed on problems using ((select app.system()) or app.treats(patient_id)) with check ((select app.system()) or app.treats(patient_id));
alter policy removed on problems using ((select app.system()) or app.treats(patient_id));

-- A diagnosis that the patient has hidden: for the patient, its author, and whoever the patient lets see it. Another doctor may find
-- the same again, and must not learn from a refusal that it stands there.
alter table problems add column hidden_at timestamptz;
drop index problems_once;
create unique index problems_once on problems (patient_id, code_mark) where status = 'active' and hidden_at is null;
alter policy readable on problems using ((select app.system()) or patient_id = any ((select app.patients())::uuid[])
    or (app.cares_for(patient_id) and (hidden_at is null or recorded_by = (select app.account()) or app.sees_hidden(patient_id))));

-- The patient hides and shows; the rest of the row stays the clinicians'. The patient whose it is; null when there is none.
grant select, update on problems to bedside_seer;
create function app.hide_problem(wanted uuid, hide boolean, moment timestamptz) returns uuid
    language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
declare
    whose uuid;
begin
    update problems p set hidden_at = case when hide then coalesce(p.hidden_at, moment) end, updated_at = moment
        where p.id = wanted and p.patient_id = any (app.patients()) and p.status <> 'entered_in_error'
        returning p.patient_id into whose;
    return whose;
end $$;
alter function app.hide_problem(uuid, boolean, timestamptz) owner to bedside_seer;
revoke all on function app.hide_problem(uuid, boolean, timestamptz) from public;
grant execute on function app.hide_problem(uuid, boolean, timestamptz) to bedside_app;
