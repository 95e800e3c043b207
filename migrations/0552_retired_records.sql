-- owner: scheduling
-- Nothing new begins in a retired record (adr/0033): no appointment, no visit, no entry, no prescription, no consent. What stands in it
-- may still be corrected, ended and dispensed. Asked after the row's foreign key has taken hold of the patient's row, so that a join
-- made meanwhile is seen; the doors make a conflict of it that names the survivor (`record_retired`).
create function app.refuse_retired() returns trigger language plpgsql as $$
declare
    head uuid := app.survivor(new.patient_id);
begin
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
    return exists (select from care_links l
                   left join lateral (select c.decision, c.decided_at from consents c
                                      where c.practitioner_id = doctor and c.patient_id = any (records)
                                      order by (c.decision = 'revoked') desc, c.decided_at desc limit 1) last on cardinality(records) > 1
                   left join lateral (select c.decision, c.decided_at from consents c
                                      where c.practitioner_id = doctor and c.patient_id = wanted
                                      order by c.version desc limit 1) own on cardinality(records) = 1
                   where l.patient_id = wanted and l.practitioner_id = doctor and l.closed_at is null
                     and l.valid_from <= moment and (l.valid_until is null or l.valid_until > moment)
                     and (coalesce(own.decision, last.decision) is distinct from 'revoked'
                          or l.valid_from > coalesce(own.decided_at, last.decided_at)));
end $$;
