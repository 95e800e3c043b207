-- owner: scheduling
-- A number for everything that the public sees of a doctor's offer: hours, services, prices, places, profile, score. Whoever changes
-- one of them changes the number in the same transaction, so that what a process keeps under a number is never old (adr 0018).

create sequence app.offer_version_numbers;

create table offer_versions (
    practitioner_id uuid primary key references practitioners (id) on delete cascade,
    version bigint not null default nextval('app.offer_version_numbers'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('offer_versions', '(select app.in_context())', 'false');
insert into offer_versions (practitioner_id) select id from practitioners;

grant usage on sequence app.offer_version_numbers to bedside_seer;
grant select, insert, update on offer_versions to bedside_seer;
grant select on practice_places to bedside_seer;

-- A sequence never gives a number twice, so what a transaction that failed had kept is never found again.
create function app.new_offer_version(doctors uuid[]) returns void
    language sql volatile security definer set search_path = public, app, pg_temp
    as $$ insert into offer_versions as v (practitioner_id)
          select d from (select distinct unnest(doctors) as d order by 1) as every where d is not null
          on conflict (practitioner_id) do update set version = excluded.version, updated_at = now() $$;
alter function app.new_offer_version(uuid[]) owner to bedside_seer;
revoke execute on function app.new_offer_version(uuid[]) from public;

create function app.offer_changed() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp
    as $$
    begin
        if tg_op = 'DELETE' then
            perform app.new_offer_version(array[old.practitioner_id]);
        elsif tg_op = 'INSERT' then
            perform app.new_offer_version(array[new.practitioner_id]);
        else
            perform app.new_offer_version(array[old.practitioner_id, new.practitioner_id]);
        end if;
        return null;
    end $$;
alter function app.offer_changed() owner to bedside_seer;

create function app.doctor_changed() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp
    as $$ begin
        perform app.new_offer_version(array[new.id]);
        return null;
    end $$;
alter function app.doctor_changed() owner to bedside_seer;

create function app.place_changed() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp
    as $$ begin
        perform app.new_offer_version(array(
            select practitioner_id from practice_places where facility_id = new.id
            union select practitioner_id from services where facility_id = new.id));
        return null;
    end $$;
alter function app.place_changed() owner to bedside_seer;

create trigger offer_changed after insert or update or delete on services for each row execute function app.offer_changed();
create trigger offer_changed after insert or update or delete on schedules for each row execute function app.offer_changed();
create trigger offer_changed after insert or update or delete on schedule_windows for each row execute function app.offer_changed();
create trigger offer_changed after insert or update or delete on schedule_exceptions for each row execute function app.offer_changed();
create trigger offer_changed after insert or update or delete on price_list for each row execute function app.offer_changed();
create trigger offer_changed after insert or update or delete on practice_places for each row execute function app.offer_changed();
create trigger offer_changed after insert or update or delete on practitioner_ratings for each row execute function app.offer_changed();
create trigger doctor_changed after insert or update on practitioners for each row execute function app.doctor_changed();
create trigger place_changed after update on facilities for each row execute function app.place_changed();
