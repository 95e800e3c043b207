-- owner: scheduling
-- What every search and booking asks, by index also when there are ten thousand doctors: whose services have a limit (few), and a
-- doctor's timetables (the exclusion constraint's index finds them too, at several times the cost).
create index services_with_limits on services (practitioner_id)
    where active and (daily_cap is not null or weekly_cap is not null);
create index schedules_practitioner on schedules (practitioner_id);
