-- owner: billing
-- A payment that pays another doctor's visit now has an invoice of the second doctor, and a credit note takes back the first's, whole.
-- No money went back, so that note names the invoice and no refund.
alter table invoices add column corrects_id uuid constraint invoices_corrected_once unique references invoices (id);
do $$
declare
    was text;
begin
    select conname into strict was from pg_constraint
    where conrelid = 'invoices'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%refund_id IS NOT NULL%';
    execute format('alter table invoices drop constraint %I', was);
end $$;
alter table invoices add constraint invoices_notes_say_why
    check (num_nonnulls(refund_id, corrects_id) = case kind when 'credit_note' then 1 else 0 end);
