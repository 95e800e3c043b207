-- owner: prescriptions
-- What is asked before prescribing is written by whoever treats the patient (migration 0431), not by whoever may only read.
alter policy added on prescribing_facts with check ((select app.system())
    or (practitioner_id = (select app.practitioner()) and app.treats(patient_id)));
alter policy changed on prescribing_facts using ((select app.system())
    or (practitioner_id = (select app.practitioner()) and app.treats(patient_id)))
    with check ((select app.system()) or (practitioner_id = (select app.practitioner()) and app.treats(patient_id)));
alter policy removed on prescribing_facts using ((select app.system())
    or (practitioner_id = (select app.practitioner()) and app.treats(patient_id)));
