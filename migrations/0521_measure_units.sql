-- owner: chart
-- In which units somebody reads and types measurements. They are kept in the units of `chart::vitals` whatever stands here.
create table measure_units (
    account_id   uuid primary key references accounts (id),
    -- UCUM.
    temperature  text not null check (temperature in ('Cel', '[degF]')),
    weight       text not null check (weight in ('kg', '[lb_av]')),
    height       text not null check (height in ('cm', '[in_i]')),
    glucose      text not null check (glucose in ('mmol/L', 'mg/dL')),
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now()
);
call app.protect('measure_units', 'account_id = (select app.account())');
revoke delete on measure_units from bedside_app;
