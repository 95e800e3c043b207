-- owner: notify
-- What people are told: the in-app notice, and its deliveries by e-mail and text message. Subjects and links carry no health
-- content; addresses and bodies of deliveries are sealed by the platform key.
create table notices (
    id uuid primary key,
    account_id uuid not null,
    event_key text not null constraint notices_once unique check (event_key <> ''),
    kind text not null check (kind <> ''),
    subject text not null check (char_length(subject) between 1 and 200),
    link text null check (link ~ '^/[^/\\]?'),
    read_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index notices_of_account on notices (account_id, id desc);
create index notices_unread on notices (account_id) where read_at is null;
call app.protect('notices', 'account_id = (select app.account())');
create policy told_in_context on notices for insert with check ((select app.in_context()));

create table deliveries (
    id uuid primary key,
    account_id uuid null,
    event_key text not null check (event_key <> ''),
    channel text not null check (channel in ('email', 'sms')),
    kind text not null check (kind <> ''),
    letter_sealed bytea not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'suppressed', 'refused', 'failed')),
    provider_ref text null,
    last_error text null,
    settled_at timestamptz null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint deliveries_once unique (event_key, channel),
    constraint deliveries_settled check ((state in ('sent', 'suppressed', 'refused', 'failed')) = (settled_at is not null))
);
create index deliveries_waiting on deliveries (id) where state = 'waiting';
call app.protect('deliveries', 'false', 'false');
create policy told_in_context on deliveries for insert with check ((select app.in_context()));

-- Addresses that bounced, complained or asked us to stop: sha256 of channel and normalised address.
create table suppressed_addresses (
    channel text not null check (channel in ('email', 'sms')),
    address_hash bytea not null check (octet_length(address_hash) = 32),
    reason text not null check (reason in ('bounced', 'complained', 'stopped')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (channel, address_hash)
);
call app.protect('suppressed_addresses', 'false', 'false');

-- Demonstration mode only: where its e-mails and texts end up. The content is sealed like any letter.
create table dev_mailbox (
    id uuid primary key,
    channel text not null check (channel in ('email', 'sms')),
    recipient text not null check (recipient <> ''),
    letter_sealed bytea not null,
    sent_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index dev_mailbox_newest on dev_mailbox (sent_at desc, id desc);
create index dev_mailbox_to on dev_mailbox (lower(recipient), sent_at desc, id desc);
call app.protect('dev_mailbox', 'false', 'false');
