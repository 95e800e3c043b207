-- owner: billing
-- Every supplier has a row of invoice numbers of its own, without gaps, per year. What was numbered before keeps its common row.
create table invoice_series (
    practitioner_id uuid primary key references practitioners (id),
    place integer generated always as identity unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('invoice_series', 'false');

alter table invoice_counters add column series text not null default '' check (series ~ '^([0-9]{4,9})?$');
alter table invoice_counters drop constraint invoice_counters_pkey;
alter table invoice_counters add primary key (series, kind, year);

alter table invoices add column series text not null default '' check (series ~ '^([0-9]{4,9})?$');
alter table invoices drop constraint invoices_kind_year_serial_key;
alter table invoices add unique (series, kind, year, serial);
