-- owner: scheduling
-- Which transaction gave a doctor's offer its number, so that a process that keeps all offers asks for the news alone: whatever its
-- last look could not see was written by a transaction that had not ended by then, hence by one at or after that look's horizon
-- (adr 0019). The numbers themselves cannot tell: a greater one may be committed before a smaller one.
alter table offer_versions add column changed_in bigint not null default (pg_current_xact_id()::text::bigint);
create index offer_versions_changed_in on offer_versions (changed_in);

create or replace function app.new_offer_version(doctors uuid[]) returns void
    language sql volatile security definer set search_path = public, app, pg_temp
    as $$ insert into offer_versions as v (practitioner_id)
          select d from (select distinct unnest(doctors) as d order by 1) as every where d is not null
          on conflict (practitioner_id) do update
              set version = excluded.version, changed_in = excluded.changed_in, updated_at = now() $$;
