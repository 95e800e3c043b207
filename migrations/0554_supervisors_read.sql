-- owner: consultations
-- A supervisor reads, and only reads, the record of a patient whose note is theirs to check, until it is checked or the supervision is over.
grant select on supervisions, note_approvals to bedside_seer;

-- Whether a supervision is in force: begun, not over, by a doctor who works here. The days are the trainee's.
create function app.supervision_holds(wanted uuid, moment timestamptz) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return exists (select from supervisions s join practitioners t on t.id = s.trainee_id join practitioners d on d.id = s.supervisor_id
                   where s.id = wanted and s.ended_at is null and d.status = 'published'
                     and (moment at time zone t.time_zone)::date between s.from_day and coalesce(s.until_day, 'infinity'::date));
end $$;
-- Whether the present doctor has a note of this patient to check.
create function app.supervises(wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return exists (select from note_approvals n where n.supervisor_id = app.practitioner() and n.patient_id = any (app.joined(wanted)) and n.status <> 'approved'
                   and (n.supervision_id is null or app.supervision_holds(n.supervision_id, coalesce(app.setting('now')::timestamptz, now()))));
end $$;
-- Doctors who read a patient's record to check a note: for the patient, who may close it to them.
create function app.supervisors_of(wanted uuid) returns setof uuid
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    if not (app.system() or wanted = any (app.patients())) then return; end if;
    return query select distinct n.supervisor_id from note_approvals n where n.patient_id = any (app.joined(wanted)) and n.status <> 'approved'
        and (n.supervision_id is null or app.supervision_holds(n.supervision_id, coalesce(app.setting('now')::timestamptz, now())));
end $$;
-- Whether a patient has closed any record of theirs to this doctor, and has not opened it since, by an appointment or a word. For whoever chooses a supervisor; not why.
create function app.is_shut_out(patient uuid, doctor uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    records uuid[] := app.joined(patient);
begin
    if not (app.system() or app.has_role('administrator')) then return null; end if;
    return exists (select from (select distinct on (c.patient_id) c.decision from consents c
                                where c.practitioner_id = doctor and c.patient_id = any (records) order by c.patient_id, c.version desc) last
                   where last.decision = 'revoked')
        and app.basis_of_joined(doctor, records, coalesce(app.setting('now')::timestamptz, now())) is null;
end $$;
alter function app.supervision_holds(uuid, timestamptz) owner to bedside_seer;
alter function app.supervises(uuid) owner to bedside_seer;
alter function app.supervisors_of(uuid) owner to bedside_seer;
alter function app.is_shut_out(uuid, uuid) owner to bedside_seer;
revoke all on function app.supervision_holds(uuid, timestamptz), app.supervises(uuid), app.supervisors_of(uuid), app.is_shut_out(uuid, uuid) from public;
grant execute on function app.supervision_holds(uuid, timestamptz), app.supervises(uuid), app.supervisors_of(uuid), app.is_shut_out(uuid, uuid) to bedside_app;

-- As in 0551, and `supervision`: reading only, never where the patient has closed any record of theirs to this doctor.
create or replace function app.basis(wanted uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    me uuid := app.practitioner();
    moment timestamptz := coalesce(app.setting('now')::timestamptz, now());
    last consents%rowtype;
    records uuid[];
    joined text;
begin
    if me is null or wanted is null then return null; end if;
    records := app.joined(wanted);
    if cardinality(records) > 1 then
        joined := app.basis_of_joined(me, records, moment);
        if joined is not null then return joined; end if;
        if app.supervises(wanted) and not exists (
            select from (select distinct on (c.patient_id) c.decision from consents c
                         where c.practitioner_id = me and c.patient_id = any (records) order by c.patient_id, c.version desc) one
            where one.decision = 'revoked') then
            return 'supervision';
        end if;
        if app.in_emergency(wanted) then return 'break_glass'; end if;
        return null;
    end if;
    select * into last from consents c where c.practitioner_id = me and c.patient_id = wanted order by c.version desc limit 1;
    if exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = me and l.closed_at is null
               and l.valid_from <= moment and (l.valid_until is null or l.valid_until > moment)
               and (last.decision is distinct from 'revoked' or (l.valid_from > last.decided_at and l.source_kind = 'appointment'))) then
        return 'care_link';
    end if;
    if last.decision = 'given' and (last.ends_at is null or last.ends_at > moment) then return 'consent'; end if;
    if last.decision is distinct from 'revoked' and app.supervises(wanted) then return 'supervision'; end if;
    if app.in_emergency(wanted) then return 'break_glass'; end if;
    return null;
end $$;

create or replace function app.knows(wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    records uuid[] := app.joined(wanted);
begin
    return exists (select from care_links l where l.patient_id = any (records) and l.practitioner_id = app.practitioner())
        or exists (select from consents c where c.patient_id = any (records) and c.practitioner_id = app.practitioner())
        or exists (select from break_glass b where b.patient_id = any (records) and b.practitioner_id = app.practitioner())
        or exists (select from note_approvals n where n.patient_id = any (records) and n.supervisor_id = app.practitioner());
end $$;

create or replace function app.read_purpose(purpose text, patient uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    why text;
begin
    if app.practitioner() is null or patient is null or purpose not in ('treatment', 'care', 'prescribing') then return purpose; end if;
    if app.in_emergency(patient) then return 'break_glass'; end if;
    if purpose = 'treatment' then
        why := app.basis(patient);
        if why in ('consent', 'supervision') then return why; end if;
    end if;
    return purpose;
end $$;
