-- owner: scheduling
-- Private addresses under which somebody's own calendar program reads their appointments. The token is shown once; here is its MAC.
create table calendar_feeds (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    token_mac bytea not null constraint calendar_feeds_token unique check (octet_length(token_mac) = 32),
    -- Whether entries name the other person.
    names boolean not null default false,
    -- To the hour: so that its owner sees whether anything reads it.
    read_at timestamptz null,
    revoked_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create unique index calendar_feeds_one on calendar_feeds (account_id) where revoked_at is null;
call app.protect('calendar_feeds', 'account_id = (select app.account())');
