-- owner: consultations
-- Bounds of referrals and of what is known before a visit.

-- Only a referral that stands, by a doctor who treats the patient, opens a record; its author closes it even when their own access has ended.
create or replace function app.refers(command uuid, patient uuid, practitioner uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return exists (select from visit_commands c where c.id = command and c.practitioner_id = app.practitioner() and c.patient_id = patient
                   and c.to_practitioner_id = practitioner and c.status = 'committed');
end $$;
alter policy added on care_links with check ((select app.system()) or patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner()) or (select app.has_role('administrator'))
    or (source_kind = 'referral' and app.refers(source_id, patient_id, practitioner_id) and app.treats(patient_id)));

-- A command belongs to its visit and to the two people of it.
create function app.command_of_visit() returns trigger language plpgsql as $$
begin
    if not exists (select from visits v where v.id = new.visit_id and v.patient_id = new.patient_id and v.practitioner_id = new.practitioner_id) then
        raise exception 'a command belongs to its visit' using errcode = 'check_violation', constraint = 'visit_commands_of_visit';
    end if;
    return new;
end $$;
create trigger visit_commands_of_visit before insert on visit_commands for each row execute function app.command_of_visit();

-- How far a referral has come: while it stands, where the record is open to its author, within its 90 days, and not of a hidden visit.
create or replace function app.referral_step(command uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    one visit_commands%rowtype;
begin
    select * into one from visit_commands c where c.id = command and c.to_practitioner_id is not null and c.status = 'committed'
        and ((c.practitioner_id = app.practitioner() and app.basis(c.patient_id) is not null) or c.to_practitioner_id = app.practitioner());
    if not found then return null; end if;
    if exists (select from visits v where v.patient_id = one.patient_id and v.practitioner_id = one.to_practitioner_id and v.hidden_at is null
               and v.started_at > one.committed_at and v.started_at < one.committed_at + interval '90 days') then return 'seen'; end if;
    if exists (select from appointments a where a.patient_id = one.patient_id and a.practitioner_id = one.to_practitioner_id
               and a.created_at > one.committed_at and a.created_at < one.committed_at + interval '90 days'
               and a.status = 'confirmed') then return 'booked'; end if;
    return 'sent';
end $$;

-- As in 0431, but a referral does not open again what the patient has closed: only an appointment that the patient made later does.
create or replace function app.basis(wanted uuid) returns text
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
               and (last.decision is distinct from 'revoked' or (l.valid_from > last.decided_at and l.source_kind = 'appointment'))) then
        return 'care_link';
    end if;
    if last.decision = 'given' and (last.ends_at is null or last.ends_at > moment) then return 'consent'; end if;
    if app.in_emergency(wanted) then return 'break_glass'; end if;
    return null;
end $$;

-- Whether the answers before an appointment hold a red flag: what was sent last, or what is being written. Not which.
create or replace function app.intake_is_urgent(wanted uuid) returns boolean language sql stable security definer set search_path = public, app, pg_temp as $$
    select coalesce(bool_or(r.urgent), false) from intake_responses r
    where r.appointment_id = wanted and r.practitioner_id = (select app.practitioner()) and app.basis(r.patient_id) is not null
      and (r.status <> 'completed' or r.number = (select max(s.number) from intake_responses s
                                                  where s.appointment_id = wanted and s.status = 'completed')) $$;
