-- owner: db
-- The ground every room stands on: the runtime role that owns nothing, the request context, row-level security.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists citext;
create extension if not exists cube;
create extension if not exists earthdistance;

do $$ begin
    if not exists (select from pg_roles where rolname = 'bedside_app') then
        create role bedside_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
-- Roles belong to the server: another database of it may be making the same one at this moment.
exception when duplicate_object or unique_violation then null;
end $$;

create schema app;
grant usage on schema app, public to bedside_app;
revoke create on schema public from public;

-- The request context. Set by `db::Db::begin` with set_config(..., true): it ends with the transaction. A missing
-- setting reads as null or '', both of which deny.
create function app.setting(name text) returns text language sql stable parallel safe
    as $$ select nullif(current_setting('app.' || name, true), '') $$;
create function app.system() returns boolean language sql stable parallel safe
    as $$ select coalesce(current_setting('app.system', true) = 'on', false) $$;
-- True in any request, signed in or not: what the public may see (published doctors, health centres).
create function app.in_context() returns boolean language sql stable parallel safe
    as $$ select coalesce(current_setting('app.context', true) = 'on', false) $$;
create function app.account() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.account', true), '')::uuid $$;
create function app.practitioner() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.practitioner', true), '')::uuid $$;
-- The patients this account speaks for: its own, and those it may act for.
create function app.patients() returns uuid[] language sql stable parallel safe
    as $$ select coalesce(nullif(current_setting('app.patients', true), '')::uuid[], '{}') $$;
create function app.has_role(role text) returns boolean language sql stable parallel safe
    as $$ select coalesce(role = any(string_to_array(current_setting('app.roles', true), ',')), false) $$;

-- Put a table behind row-level security. `readable` and `writable` are predicates; the system context passes both.
create procedure app.protect(tbl regclass, readable text, writable text default null) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', tbl);
    execute format('alter table %s force row level security', tbl);
    execute format('create policy readable on %s for select using ((select app.system()) or (%s))', tbl, readable);
    execute format('create policy added on %s for insert with check ((select app.system()) or (%s))', tbl,
        coalesce(writable, readable));
    execute format('create policy changed on %s for update using ((select app.system()) or (%s)) with check ((select app.system()) or (%s))',
        tbl, coalesce(writable, readable), coalesce(writable, readable));
    execute format('create policy removed on %s for delete using ((select app.system()) or (%s))', tbl,
        coalesce(writable, readable));
    execute format('grant select, insert, update, delete on %s to bedside_app', tbl);
end $$;

-- For a security-definer function that must see past the policies: run its body as this role, never as the caller.
do $$ begin
    if not exists (select from pg_roles where rolname = 'bedside_seer') then
        create role bedside_seer nologin nosuperuser bypassrls nocreatedb nocreaterole;
    end if;
exception when duplicate_object or unique_violation then null;
end $$;
grant usage on schema app, public to bedside_seer;
