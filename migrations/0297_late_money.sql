-- owner: scheduling
-- Money that came for a time that was gone waits a moment for another time before it goes back.

alter table appointment_choices drop constraint appointment_choices_cause_check;
alter table appointment_choices add constraint appointment_choices_cause_check
    check (cause in ('cancelled_by_doctor', 'cancelled_by_platform', 'no_show_doctor', 'technical_failure', 'displaced', 'slot_gone'));
