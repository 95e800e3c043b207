-- owner: consultations
-- A visit that its patient has hidden: for the patient, its doctor, and whoever the patient lets see it (migration 0431). What was
-- prescribed at it stays visible to those who may read the record: safety checks need every medicine.
alter table visits add column hidden_at timestamptz;
alter policy readable on visits using ((select app.system()) or patient_id = any ((select app.patients())::uuid[])
    or practitioner_id = (select app.practitioner())
    or (app.cares_for(patient_id) and (hidden_at is null or app.sees_hidden(patient_id))));

create function app.visit_is_hidden(visit uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return coalesce((select v.hidden_at is not null from visits v where v.id = visit), true);
end $$;
alter function app.visit_is_hidden(uuid) owner to bedside_seer;
revoke all on function app.visit_is_hidden(uuid) from public;
grant execute on function app.visit_is_hidden(uuid) to bedside_app;
alter policy readable on visit_notes using ((select app.system()) or practitioner_id = (select app.practitioner())
    or (signed_at is not null and (patient_id = any ((select app.patients())::uuid[])
        or (app.cares_for(patient_id) and (not app.visit_is_hidden(visit_id) or app.sees_hidden(patient_id))))));

-- The patient hides and shows; everything else in the row is the doctor's. The patient whose it is; null when there is none.
grant update on visits to bedside_seer;
create function app.hide_visit(wanted uuid, hide boolean, moment timestamptz) returns uuid
    language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
declare
    whose uuid;
begin
    update visits v set hidden_at = case when hide then coalesce(v.hidden_at, moment) end, updated_at = moment
        where v.id = wanted and v.patient_id = any (app.patients()) and v.status <> 'open'
        returning v.patient_id into whose;
    return whose;
end $$;
alter function app.hide_visit(uuid, boolean, timestamptz) owner to bedside_seer;
revoke all on function app.hide_visit(uuid, boolean, timestamptz) from public;
grant execute on function app.hide_visit(uuid, boolean, timestamptz) to bedside_app;
