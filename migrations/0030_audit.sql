-- owner: audit
-- Who saw and did what: append-only, in 64 hash chains. A row's hash covers its content, its place (shard, seq) and the hash of the
-- row before it; signed anchors over the chain heads lie outside the database (see foundation/audit).
do $$ begin
    if not exists (select from pg_roles where rolname = 'bedside_auditor') then
        create role bedside_auditor nologin nosuperuser bypassrls nocreatedb nocreaterole;
    end if;
exception when duplicate_object or unique_violation then null;
end $$;
create schema audit;
grant usage on schema audit to bedside_app, bedside_seer, bedside_auditor;
grant usage on schema app, public to bedside_auditor;

create table audit_log (
    shard smallint not null check (shard between 0 and 63),
    seq bigint not null check (seq > 0),
    at timestamptz not null,
    actor uuid null,
    on_behalf uuid null,
    roles text null,
    purpose text not null check (purpose <> ''),
    action text not null check (action <> ''),
    object text not null check (object <> ''),
    object_id uuid null,
    patient_id uuid null,
    outcome text not null check (outcome <> ''),
    request_id text null,
    prev bytea not null check (octet_length(prev) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    created_at timestamptz not null default now(),
    primary key (shard, seq)
);
create index audit_log_of_patient on audit_log (patient_id, at desc, shard, seq) where patient_id is not null;
create index audit_log_of_actor on audit_log (actor, at desc, shard, seq) where actor is not null;
create index audit_log_by_time on audit_log (at desc, shard, seq);

create table audit_heads (
    shard smallint primary key check (shard between 0 and 63),
    seq bigint not null default 0,
    hash bytea not null default decode(repeat('00', 32), 'hex') check (octet_length(hash) = 32),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
) with (fillfactor = 20);
insert into audit_heads (shard) select generate_series(0, 63);

-- A patient sees who touched their record, everyone sees what they did themselves, administrators see all. Nobody writes but
-- through audit.append.
call app.protect('audit_log',
    'patient_id = any ((select app.patients())::uuid[]) or actor = (select app.account()) or (select app.has_role(''administrator''))',
    'false');
call app.protect('audit_heads', 'false', 'false');
revoke insert, update, delete, truncate on audit_log, audit_heads from bedside_app;
grant select, insert on audit_log to bedside_auditor;
grant select, update on audit_heads to bedside_auditor;

-- One field of the canonical form: its length in bytes, then itself. Null is distinct from empty.
create function audit.field(value text) returns text language sql immutable parallel safe
    as $$ select case when value is null then '-;' else octet_length(value)::text || ':' || value || ';' end $$;

-- Append one row and return its number in its chain. The first append of a transaction picks the chain, by patient, else actor,
-- else object; later ones of the same transaction stay in it, so that no transaction ever waits for two chain heads.
create function audit.append(action text, object text, object_id uuid, patient uuid, purpose text, outcome text default 'ok')
returns bigint language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
declare
    chain smallint := nullif(current_setting('app.audit_chain', true), '')::smallint;
    who uuid := app.account();
    whom uuid := app.setting('on_behalf')::uuid;
    hats text := app.setting('roles');
    request text := app.setting('request');
    moment timestamptz := coalesce(app.setting('now')::timestamptz, clock_timestamp());
    last audit_heads%rowtype;
    next_hash bytea;
begin
    if who is null and app.system() then
        hats := coalesce(hats, 'system');
    end if;
    if chain is null then
        chain := get_byte(sha256(uuid_send(coalesce(patient, who, object_id, '00000000-0000-0000-0000-000000000000'::uuid))), 0) & 63;
        perform set_config('app.audit_chain', chain::text, true);
    end if;
    select * into strict last from audit_heads h where h.shard = chain for update;
    next_hash := sha256(convert_to(
        'bedside-audit-1;' || audit.field(chain::text) || audit.field((last.seq + 1)::text)
        || audit.field(((extract(epoch from moment) * 1000000)::bigint)::text)
        || audit.field(who::text) || audit.field(whom::text) || audit.field(hats)
        || audit.field(purpose) || audit.field(action) || audit.field(object) || audit.field(object_id::text)
        || audit.field(patient::text) || audit.field(outcome) || audit.field(request)
        || audit.field(encode(last.hash, 'hex')), 'UTF8'));
    insert into audit_log (shard, seq, at, actor, on_behalf, roles, purpose, action, object, object_id, patient_id, outcome,
                           request_id, prev, hash)
    values (chain, last.seq + 1, moment, who, whom, hats, purpose, action, object, object_id, patient, outcome,
            request, last.hash, next_hash);
    update audit_heads h set seq = last.seq + 1, hash = next_hash where h.shard = chain;
    return last.seq + 1;
end $$;
alter function audit.append(text, text, uuid, uuid, text, text) owner to bedside_auditor;
revoke execute on function audit.append(text, text, uuid, uuid, text, text) from public;
grant execute on function audit.append(text, text, uuid, uuid, text, text) to bedside_app, bedside_seer;
