-- owner: identity
-- Who may come in: accounts, roles, sessions, registrations, codes, links, second factors, and the counters that slow guessing.

create table accounts (
    id uuid primary key,
    email citext unique check (email is null or (length(email) between 3 and 254 and position('@' in email) > 1)),
    phone text unique check (phone is null or phone ~ '^\+[1-9][0-9]{6,14}$'),
    name text not null check (length(name) between 1 and 200),
    password_hash text,
    password_changed_at timestamptz,
    locale text not null default 'en' check (locale in ('en', 'ar')),
    time_zone text not null default 'UTC' check (length(time_zone) between 1 and 64),
    status text not null default 'active' check (status in ('active', 'disabled')),
    disabled_at timestamptz,
    email_verified_at timestamptz,
    phone_verified_at timestamptz,
    -- Honoured only in demonstration mode: its staff accounts may enter without a second factor.
    second_factor_exempt boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint accounts_reachable check (email is not null or phone is not null)
);
create index accounts_created on accounts (created_at desc, id);
create index accounts_name_trgm on accounts using gin (name gin_trgm_ops);
call app.protect('accounts',
    'id = (select app.account()) or (select app.has_role(''administrator'')) or (select app.has_role(''support_agent''))',
    'id = (select app.account())');

create table account_roles (
    account_id uuid not null references accounts (id) on delete cascade,
    role text not null check (role in ('patient', 'doctor', 'pharmacist', 'lab_technician', 'nurse', 'administrator', 'support_agent')),
    granted_by uuid references accounts (id),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (account_id, role)
);
create index account_roles_role on account_roles (role, account_id);
call app.protect('account_roles',
    'account_id = (select app.account()) or (select app.has_role(''administrator'')) or (select app.has_role(''support_agent''))',
    'false');

create table sessions (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    token_hash bytea not null unique check (length(token_hash) = 32),
    factor text not null check (factor in ('password', 'second_factor', 'passkey', 'code')),
    idle_minutes smallint not null check (idle_minutes between 1 and 720),
    network text not null default '',
    user_agent text not null default '' check (length(user_agent) <= 400),
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    proved_at timestamptz not null,
    ended_at timestamptz,
    ended_why text check (ended_why in ('signed_out', 'rotated', 'revoked', 'password_changed', 'factor_changed', 'role_changed', 'disabled', 'recovered')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sessions_end_has_reason check ((ended_at is null) = (ended_why is null))
);
create index sessions_open_of_account on sessions (account_id, last_seen_at desc) where ended_at is null;
create index sessions_expiry on sessions (expires_at);
call app.protect('sessions', 'account_id = (select app.account())');

-- Before the first session: who is about to have an account. Known addresses get a row too, so that the answer is the same.
create table registrations (
    id uuid primary key,
    channel text not null check (channel in ('email', 'sms')),
    email citext,
    phone text,
    name text not null check (length(name) between 1 and 200),
    birth_date date,
    password_hash text not null,
    locale text not null check (locale in ('en', 'ar')),
    time_zone text not null check (length(time_zone) between 1 and 64),
    next_path text not null default '',
    known boolean not null default false,
    network text not null default '',
    expires_at timestamptz not null,
    verified_at timestamptz,
    account_id uuid references accounts (id) on delete cascade,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint registrations_one_address check ((channel = 'email' and email is not null and phone is null) or (channel = 'sms' and phone is not null and email is null)),
    constraint registrations_verified_into_account check ((verified_at is null) = (account_id is null))
);
create index registrations_expiry on registrations (expires_at);
call app.protect('registrations', 'false');

create table one_time_codes (
    id uuid primary key,
    registration_id uuid not null references registrations (id) on delete cascade,
    code_mac bytea not null check (length(code_mac) = 32),
    tries smallint not null default 0,
    expires_at timestamptz not null,
    used_at timestamptz,
    replaced_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint one_time_codes_five_tries check (tries between 0 and 5),
    constraint one_time_codes_one_end check (used_at is null or replaced_at is null)
);
create unique index one_time_codes_one_open on one_time_codes (registration_id) where used_at is null and replaced_at is null;
call app.protect('one_time_codes', 'false');

-- The first step of a sign-in that still owes a second factor.
create table sign_in_challenges (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    token_hash bytea not null unique check (length(token_hash) = 32),
    network text not null default '',
    user_agent text not null default '',
    next_path text not null default '',
    tries smallint not null default 0 check (tries between 0 and 5),
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index sign_in_challenges_expiry on sign_in_challenges (expires_at);
call app.protect('sign_in_challenges', 'false');

-- Single-use links by mail: recovery of a forgotten password, and the invitation of a new member of staff.
create table link_tokens (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    purpose text not null check (purpose in ('recovery', 'invitation')),
    token_hash bytea not null unique check (length(token_hash) = 32),
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index link_tokens_of_account on link_tokens (account_id) where used_at is null;
call app.protect('link_tokens', 'false');

create table totp_secrets (
    account_id uuid primary key references accounts (id) on delete cascade,
    secret_sealed bytea not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('totp_secrets', 'account_id = (select app.account())');

create table passkeys (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    credential_id bytea not null unique check (length(credential_id) between 1 and 1024),
    -- The public key with its counters, as the verifier keeps it. No secret is in it.
    credential jsonb not null,
    name text not null check (length(name) between 1 and 60),
    last_used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index passkeys_of_account on passkeys (account_id, created_at);
call app.protect('passkeys', 'account_id = (select app.account())');

create table passkey_challenges (
    id uuid primary key,
    account_id uuid references accounts (id) on delete cascade,
    purpose text not null check (purpose in ('enrolment', 'sign_in', 'second_factor')),
    sign_in_challenge_id uuid references sign_in_challenges (id) on delete cascade,
    state_sealed bytea not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint passkey_challenges_known_account check (purpose = 'sign_in' or account_id is not null)
);
create index passkey_challenges_expiry on passkey_challenges (expires_at);
call app.protect('passkey_challenges', 'account_id = (select app.account())');

create table recovery_codes (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    code_hash bytea not null unique check (length(code_hash) = 32),
    used_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index recovery_codes_of_account on recovery_codes (account_id);
call app.protect('recovery_codes', 'account_id = (select app.account())');

-- One row per (limit, subject): the theoretical arrival time of the generic cell rate algorithm. Subjects are hashed.
create table rate_counters (
    name text not null,
    subject bytea not null check (length(subject) = 32),
    arrives_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (name, subject)
);
create index rate_counters_arrival on rate_counters (arrives_at);
call app.protect('rate_counters', 'false');

-- Where an account is reached. Any room may have to write to a person whose account the present reader may not see.
create function app.recipient(wanted uuid)
    returns table (email text, phone text, name text, locale text, time_zone text)
    language sql stable security definer set search_path = public, app
    as $$ select a.email::text, a.phone, a.name, a.locale, a.time_zone from accounts a
          where a.id = wanted and a.status = 'active' and (app.in_context() or app.system()) $$;
grant select on accounts to bedside_seer;
alter function app.recipient(uuid) owner to bedside_seer;
revoke all on function app.recipient(uuid) from public;
grant execute on function app.recipient(uuid) to bedside_app;

-- Everything a request needs to know of its session, in one round trip and before any context exists. Idle and absolute
-- expiry are decided here and nowhere else. (plpgsql: it names functions of people, which are laid later.)
create function app.session_of(hash bytea, shift interval)
    returns table (session uuid, account uuid, name text, locale text, time_zone text, roles text[], patients uuid[],
                   practitioner uuid, factor text, exempt boolean, proved_at timestamptz, idle boolean, unread bigint)
    language plpgsql stable security definer set search_path = public, app
    as $$
    declare moment timestamptz := clock_timestamp() + shift;
    begin
        return query
        select s.id, a.id, a.name, a.locale, a.time_zone,
               array(select r.role from account_roles r where r.account_id = a.id order by r.role),
               app.patients_of(a.id), app.practitioner_of(a.id), s.factor, a.second_factor_exempt, s.proved_at,
               s.last_seen_at < moment - interval '60 seconds',
               -- For the bell on every page, so that a page need not ask again.
               (select count(*) from notices n where n.account_id = a.id and n.read_at is null)
        from sessions s join accounts a on a.id = s.account_id
        where s.token_hash = hash and s.ended_at is null and s.expires_at > moment
          and s.last_seen_at > moment - make_interval(mins => s.idle_minutes::int) and a.status = 'active';
    end $$;
grant select on sessions, account_roles, notices to bedside_seer;
alter function app.session_of(bytea, interval) owner to bedside_seer;
revoke all on function app.session_of(bytea, interval) from public;
grant execute on function app.session_of(bytea, interval) to bedside_app;

-- Whether an account has a second factor, for those who may see the account at all.
create function app.has_second_factor(wanted uuid) returns boolean
    language sql stable security definer set search_path = public, app
    as $$ select (app.system() or app.account() = wanted or app.has_role('administrator'))
          and (exists (select from totp_secrets t where t.account_id = wanted and t.confirmed_at is not null)
               or exists (select from passkeys p where p.account_id = wanted)) $$;
grant select on totp_secrets, passkeys to bedside_seer;
alter function app.has_second_factor(uuid) owner to bedside_seer;
revoke all on function app.has_second_factor(uuid) from public;
grant execute on function app.has_second_factor(uuid) to bedside_app;
