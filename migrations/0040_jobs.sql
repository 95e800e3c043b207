-- owner: jobs
-- Work to be done after the commit, and news for other rooms. Payloads hold ids only.
create table jobs (
    id uuid primary key,
    name text not null check (name <> ''),
    payload jsonb not null,
    -- Same name and key: the same piece of work, kept once (an event for a subscriber, a tick of a schedule).
    dedupe_key text null,
    state text not null default 'ready' check (state in ('ready', 'running', 'done', 'dead')),
    -- Ready: when to start. Running: when the lease ends and another worker may take over.
    due_at timestamptz not null,
    attempts integer not null default 0 check (attempts >= 0),
    max_attempts integer not null default 12 check (max_attempts between 1 and 100),
    -- Fencing: only the holder of the newest token may finish the job.
    lease_token uuid null,
    last_error text null,
    finished_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint jobs_dedupe unique (name, dedupe_key),
    constraint jobs_lease_iff_running check ((state = 'running') = (lease_token is not null)),
    constraint jobs_finished_iff_over check ((state in ('done', 'dead')) = (finished_at is not null))
);
create index jobs_due on jobs (due_at, id) where state in ('ready', 'running');
create index jobs_over on jobs (finished_at) where state = 'done';
create index jobs_dead on jobs (finished_at) where state = 'dead';
call app.protect('jobs', 'false', 'false');
create policy asked_in_context on jobs for insert with check ((select app.in_context()));

-- The outbox: written with the change it tells of, turned into one job per subscriber by the runner.
create table events (
    id uuid primary key,
    name text not null check (name <> ''),
    payload jsonb not null,
    fanned_out_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index events_waiting on events (id) where fanned_out_at is null;
create index events_over on events (fanned_out_at) where fanned_out_at is not null;
call app.protect('events', 'false', 'false');
create policy published_in_context on events for insert with check ((select app.in_context()));
