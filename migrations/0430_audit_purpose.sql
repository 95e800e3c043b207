-- owner: audit
-- Why something was read is not left to the program alone: `app.read_purpose` says it, and the room that knows why records open
-- (chart) replaces it. So a read under emergency access is marked as one, whichever page or program made it.
create function app.read_purpose(purpose text, patient uuid) returns text language sql stable
    as $$ select purpose $$;
grant execute on function app.read_purpose(text, uuid) to bedside_auditor;

create or replace function audit.append(action text, object text, object_id uuid, patient uuid, purpose text, outcome text default 'ok')
returns bigint language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
declare
    chain smallint := nullif(current_setting('app.audit_chain', true), '')::smallint;
    who uuid := app.account();
    whom uuid := app.setting('on_behalf')::uuid;
    hats text := app.setting('roles');
    request text := app.setting('request');
    moment timestamptz := coalesce(app.setting('now')::timestamptz, clock_timestamp());
    why text := case when patient is null then purpose else app.read_purpose(purpose, patient) end;
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
        || audit.field(why) || audit.field(action) || audit.field(object) || audit.field(object_id::text)
        || audit.field(patient::text) || audit.field(outcome) || audit.field(request)
        || audit.field(encode(last.hash, 'hex')), 'UTF8'));
    insert into audit_log (shard, seq, at, actor, on_behalf, roles, purpose, action, object, object_id, patient_id, outcome,
                           request_id, prev, hash)
    values (chain, last.seq + 1, moment, who, whom, hats, why, action, object, object_id, patient, outcome,
            request, last.hash, next_hash);
    update audit_heads h set seq = last.seq + 1, hash = next_hash where h.shard = chain;
    return last.seq + 1;
end $$;
