-- owner: notify
-- How somebody wants what can wait: gathered into one letter a day, or at once; and when their day's agenda is to come. Minutes after
-- midnight on the person's own clock.
create table notice_habits (
    account_id uuid primary key,
    digest_min smallint null check (digest_min between 0 and 1439),
    agenda_min smallint not null default 360 check (agenda_min between 0 and 1439),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('notice_habits', 'account_id = (select app.account())');

-- What waits to be gathered. Subjects and links carry no health content, as in notices.
create table digest_lines (
    id uuid primary key,
    account_id uuid not null,
    event_key text not null constraint digest_lines_once unique check (event_key <> ''),
    kind text not null check (kind <> ''),
    subject text not null check (char_length(subject) between 1 and 200),
    link text null check (link ~ '^/[^/\\]?'),
    -- As of a delivery: called off together.
    thread text null check (thread <> ''),
    due_at timestamptz not null,
    told_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index digest_lines_due on digest_lines (due_at) where told_at is null;
create index digest_lines_of_account on digest_lines (account_id, due_at) where told_at is null;
create index digest_lines_of_thread on digest_lines (thread) where told_at is null and thread is not null;
call app.protect('digest_lines', 'false', 'false');
create policy told_in_context on digest_lines for insert with check ((select app.in_context()));

-- As `app.wishes_of`: whoever tells somebody something must heed this, and may know no more.
create function app.habits_of(reader uuid) returns table (digest_min smallint, agenda_min smallint)
    language sql stable security definer set search_path = public, app
    as $$ select h.digest_min, h.agenda_min from notice_habits h
          where h.account_id = reader and (app.in_context() or app.system()) $$;
grant select on notice_habits to bedside_seer;
alter function app.habits_of(uuid) owner to bedside_seer;
revoke all on function app.habits_of(uuid) from public;
grant execute on function app.habits_of(uuid) to bedside_app;

-- Tried once more by an administrator: fresh again from then on.
alter table deliveries add column retried_at timestamptz null;
create index deliveries_newest on deliveries (id desc);
create policy seen_by_administrators on suppressed_addresses for select using ((select app.has_role('administrator')));
create index suppressed_newest on suppressed_addresses (created_at desc, address_hash);
