-- owner: scheduling
-- Nothing new begins in a retired record (adr/0033): no appointment, no visit, no entry, no prescription, no consent. What stands in it
-- may still be corrected, ended and dispensed. Asked while the patient's row is held, so that a join made meanwhile is seen; the doors
-- make a conflict of it that names the survivor (`record_retired`).

-- Holds a patient's row as a foreign key does: nobody joins the record until the transaction ends.
grant update (id) on patients to bedside_seer;
create function app.hold_record(wanted uuid) returns void
    language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
begin
    perform p.id from patients p where p.id = wanted for key share;
end $$;
alter function app.hold_record(uuid) owner to bedside_seer;
revoke all on function app.hold_record(uuid) from public;
grant execute on function app.hold_record(uuid) to bedside_app;

create function app.refuse_retired() returns trigger language plpgsql as $$
declare
    head uuid;
begin
    perform app.hold_record(new.patient_id);
    head := app.survivor(new.patient_id);
    if head is distinct from new.patient_id then
        raise exception 'the record is joined with another and takes up nothing new'
            using errcode = 'check_violation', constraint = 'record_retired', detail = head::text;
    end if;
    return null;
end $$;

do $$
declare
    tbl text;
begin
    foreach tbl in array array['allergies', 'allergy_answers', 'problems', 'vitals', 'immunizations', 'history_entries', 'documents',
        'consents', 'break_glass', 'appointments', 'waiting_list', 'visits', 'visit_notes', 'visit_commands', 'intake_responses',
        'threads', 'prescribing_facts', 'prescriptions', 'refill_requests', 'urgent_requests', 'identity_cards', 'proxies']
    loop
        execute format('create trigger retired_is_refused after insert on %I for each row execute function app.refuse_retired()', tbl);
    end loop;
end $$;
-- A draft of before is not signed any more: its doctor writes it anew, in the record that both are now.
create trigger retired_is_not_signed after update on prescriptions for each row
    when (old.status = 'draft' and new.status = 'active') execute function app.refuse_retired();
-- An answer that takes the place of another is a new one.
create trigger retired_is_not_answered after update on allergy_answers for each row execute function app.refuse_retired();
-- A guest who says who they are is a patient from then on.
create trigger retired_is_not_named after update of patient_id on urgent_requests for each row
    when (new.patient_id is not null and new.patient_id is distinct from old.patient_id) execute function app.refuse_retired();

-- As in 0511, and closed to whoever the patient has closed any of their records to.
create or replace function app.lets_cover(doctor uuid, wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    me uuid := app.practitioner();
    moment timestamptz := coalesce(app.setting('now')::timestamptz, now());
    records uuid[];
begin
    if me is null or not (doctor = any (app.covered_doctors())) then return false; end if;
    records := app.joined(wanted);
    if exists (select from (select distinct on (c.patient_id) c.decision from consents c
                            where c.practitioner_id = me and c.patient_id = any (records)
                            order by c.patient_id, c.version desc) last where last.decision = 'revoked') then
        return false;
    end if;
    return app.basis_of_joined(doctor, records, moment) is not distinct from 'care_link'
        and exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = doctor and l.closed_at is null
                    and l.valid_from <= moment and (l.valid_until is null or l.valid_until > moment));
end $$;
