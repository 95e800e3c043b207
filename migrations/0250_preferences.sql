-- owner: notify
-- Who wants to hear what in which way, and when not to be disturbed; and deliveries that wait for the morning, that belong to
-- something which may be called off, or that were in a worker's hand when it died.
alter table deliveries
    -- What it is about, such as `reminder:<appointment>`: called off together.
    add column thread text null check (thread <> ''),
    add column not_before timestamptz null,
    -- From then on it would only confuse.
    add column void_after timestamptz null,
    -- Handed to the provider, whose answer is not known yet.
    add column handed_at timestamptz null,
    drop constraint deliveries_state_check,
    drop constraint deliveries_settled,
    add constraint deliveries_state_check
        check (state in ('waiting', 'sent', 'suppressed', 'refused', 'failed', 'void', 'unclear')),
    add constraint deliveries_settled check ((state <> 'waiting') = (settled_at is not null));
create index deliveries_of_thread on deliveries (thread) where state = 'waiting' and thread is not null;
create index deliveries_by_state on deliveries (state, id desc);
-- Who runs the platform sees that something was or was not delivered, never what: the letter is sealed.
create policy seen_by_administrators on deliveries for select using ((select app.has_role('administrator')));

-- One row where somebody wants otherwise than usual.
create table notice_preferences (
    account_id uuid not null,
    topic text not null check (topic in ('security', 'money', 'visits', 'reminders', 'care', 'reviews', 'agenda')),
    way text not null check (way in ('app', 'email', 'sms')),
    wanted boolean not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (account_id, topic, way),
    -- What is about safety, security or money always stands in the app.
    constraint notice_preferences_mandatory check (wanted or way <> 'app' or topic not in ('security', 'money', 'visits'))
);
create index notice_preferences_agenda on notice_preferences (account_id) where topic = 'agenda' and wanted;
call app.protect('notice_preferences', 'account_id = (select app.account())');

-- Minutes after midnight on the person's own clock; ends before starts: over midnight.
create table quiet_hours (
    account_id uuid primary key,
    starts_min smallint not null check (starts_min between 0 and 1439),
    ends_min smallint not null check (ends_min between 0 and 1439),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint quiet_hours_are_some check (starts_min <> ends_min)
);
call app.protect('quiet_hours', 'account_id = (select app.account())');

-- Whoever tells somebody something must heed what that person wants, and may know no more of it.
create function app.wishes_of(reader uuid) returns table (topic text, way text, is_wanted boolean)
    language sql stable security definer set search_path = public, app
    as $$ select p.topic, p.way, p.wanted from notice_preferences p
          where p.account_id = reader and (app.in_context() or app.system()) $$;
create function app.quiet_of(reader uuid) returns table (starts_min smallint, ends_min smallint)
    language sql stable security definer set search_path = public, app
    as $$ select q.starts_min, q.ends_min from quiet_hours q
          where q.account_id = reader and (app.in_context() or app.system()) $$;
grant select on notice_preferences, quiet_hours to bedside_seer;
alter function app.wishes_of(uuid) owner to bedside_seer;
alter function app.quiet_of(uuid) owner to bedside_seer;
revoke all on function app.wishes_of(uuid), app.quiet_of(uuid) from public;
grant execute on function app.wishes_of(uuid), app.quiet_of(uuid) to bedside_app;
