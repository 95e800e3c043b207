-- owner: scheduling
-- An urgent visit may stand beside others, and may take the time of one that can wait.

alter table appointments
    -- Beside what was booked already: squeezed into a buffer, or over it. How many a doctor takes is the emergency room's rule; that
    -- ordinary times stay single is this constraint's.
    add column overbooked boolean not null default false,
    drop constraint appointments_one_per_practitioner,
    add constraint appointments_one_per_practitioner exclude using gist
        (practitioner_id with =, tstzrange(busy_from, busy_until) with &&)
        where (status in ('requested', 'held', 'confirmed') and not overbooked);

alter table appointment_choices
    drop constraint appointment_choices_cause_check,
    add constraint appointment_choices_cause_check
        check (cause in ('cancelled_by_doctor', 'cancelled_by_platform', 'no_show_doctor', 'technical_failure', 'displaced', 'slot_gone'));
