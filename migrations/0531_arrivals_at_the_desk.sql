-- owner: scheduling
-- Reception says that somebody who has shown their card is here; the history says that it was reception.
alter table appointment_events drop constraint appointment_events_actor_role_check;
alter table appointment_events add constraint appointment_events_actor_role_check
    check (actor_role in ('patient', 'doctor', 'nurse', 'administrator', 'system'));
