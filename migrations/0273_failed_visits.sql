-- owner: scheduling
-- A visit that failed technically gives its money, or another time, as one that was called off.
alter table appointment_choices drop constraint appointment_choices_cause_check;
alter table appointment_choices add constraint appointment_choices_cause_check
    check (cause in ('cancelled_by_doctor', 'cancelled_by_platform', 'no_show_doctor', 'technical_failure'));
