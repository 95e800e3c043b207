-- owner: audit
-- When the trail was verified, and what was found: the job of every day keeps it, administrators read it.
create table audit_verifications (
    id uuid primary key,
    verified_at timestamptz not null,
    seen bigint not null check (seen >= 0),
    anchored bigint not null check (anchored >= 0),
    -- The first hundred, in the words of `bedside audit verify`.
    findings text[] not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index audit_verifications_by_time on audit_verifications (verified_at desc);
call app.protect('audit_verifications', '(select app.has_role(''administrator''))', 'false');
revoke update, delete on audit_verifications from bedside_app;
-- Filters of the audit page.
create index audit_log_of_action on audit_log (action, at desc, shard, seq);
