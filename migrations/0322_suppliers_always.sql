-- owner: billing
-- A hospital that is filled or restored with its triggers put aside has suppliers too: every charge points at one.
alter table practitioners enable always trigger doctor_supplies;
insert into suppliers (id, practitioner_id) select id, id from practitioners on conflict do nothing;
