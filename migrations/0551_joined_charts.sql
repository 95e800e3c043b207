-- owner: chart
-- Who may see a joined record (adr/0033): one question for all records of one person, and what the patient has closed in any of them
-- stays closed.

-- Has the present practitioner ever had to do with this person, under whichever record?
create or replace function app.knows(wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    records uuid[] := app.joined(wanted);
begin
    return exists (select from care_links l where l.patient_id = any (records) and l.practitioner_id = app.practitioner())
        or exists (select from consents c where c.patient_id = any (records) and c.practitioner_id = app.practitioner())
        or exists (select from break_glass b where b.patient_id = any (records) and b.practitioner_id = app.practitioner());
end $$;
create or replace function app.in_emergency(wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return exists (select from break_glass b where b.practitioner_id = app.practitioner() and b.patient_id = any (app.joined(wanted))
                   and b.ended_at is null
                   and b.started_at <= coalesce(app.setting('now')::timestamptz, now())
                   and b.ends_at > coalesce(app.setting('now')::timestamptz, now()));
end $$;

-- `care_link`, `consent` or null, for one doctor and the records of one person. A revocation outweighs what began before it in its own
-- record, and in the others what began before it or before they were joined: nobody could have meant both earlier. A consent given after
-- the joining takes the place of earlier ones in the others, with its end.
create function app.basis_of_joined(doctor uuid, records uuid[], moment timestamptz) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    answer text;
begin
    with one as (
        select r.id, coalesce((select j.joined_at from record_joins j where j.retired_id = r.id and j.ended_at is null), '-infinity') as joined_at
        from unnest(records) as r (id)),
    last as (
        select distinct on (c.patient_id) c.patient_id, c.decision, c.ends_at, c.decided_at, one.joined_at
        from consents c join one on one.id = c.patient_id
        where c.practitioner_id = doctor order by c.patient_id, c.version desc),
    closed as (select l.patient_id, l.decided_at, l.joined_at from last l where l.decision = 'revoked')
    select case
        when exists (
            select from care_links l join one on one.id = l.patient_id
            where l.practitioner_id = doctor and l.closed_at is null and l.valid_from <= moment
              and (l.valid_until is null or l.valid_until > moment)
              and not exists (select from closed c where l.source_kind <> 'appointment' or l.valid_from <= case
                  when c.patient_id = l.patient_id then c.decided_at
                  else greatest(c.decided_at, c.joined_at, one.joined_at) end))
            then 'care_link'
        when exists (
            select from last g where g.decision = 'given' and (g.ends_at is null or g.ends_at > moment)
              and not exists (select from closed c where g.decided_at <= greatest(c.decided_at, c.joined_at, g.joined_at))
              and not exists (select from last k where k.decided_at > g.decided_at and k.decided_at > greatest(k.joined_at, g.joined_at)))
            then 'consent'
        end into answer;
    return answer;
end $$;

-- As in 0542, for whichever record of the person.
create or replace function app.basis(wanted uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    me uuid := app.practitioner();
    moment timestamptz := coalesce(app.setting('now')::timestamptz, now());
    last consents%rowtype;
    records uuid[];
    joined text;
begin
    if me is null or wanted is null then return null; end if;
    records := app.joined(wanted);
    if cardinality(records) > 1 then
        joined := app.basis_of_joined(me, records, moment);
        if joined is not null then return joined; end if;
        if app.in_emergency(wanted) then return 'break_glass'; end if;
        return null;
    end if;
    select * into last from consents c where c.practitioner_id = me and c.patient_id = wanted order by c.version desc limit 1;
    if exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = me and l.closed_at is null
               and l.valid_from <= moment and (l.valid_until is null or l.valid_until > moment)
               and (last.decision is distinct from 'revoked' or (l.valid_from > last.decided_at and l.source_kind = 'appointment'))) then
        return 'care_link';
    end if;
    if last.decision = 'given' and (last.ends_at is null or last.ends_at > moment) then return 'consent'; end if;
    if app.in_emergency(wanted) then return 'break_glass'; end if;
    return null;
end $$;

-- The same question from the patient's side, about any doctor: for whoever speaks for the patient.
create function app.opens_to(doctor uuid, wanted uuid) returns text
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    if not (app.system() or wanted = any (app.patients())) then return null; end if;
    return app.basis_of_joined(doctor, app.joined(wanted), coalesce(app.setting('now')::timestamptz, now()));
end $$;

-- Whether the present practitioner sees what is hidden in this record: by the latest word about it, its own or one that was said in another
-- record when both were joined, unless another record is closed since (as in app.basis_of_joined); and in an emergency. What was hidden in
-- one record does not come to light by an earlier word about the other.
create or replace function app.sees_hidden(wanted uuid) returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    moment timestamptz := coalesce(app.setting('now')::timestamptz, now());
    records uuid[] := app.joined(wanted);
    sees boolean;
begin
    with one as (
        select r.id, coalesce((select j.joined_at from record_joins j where j.retired_id = r.id and j.ended_at is null), '-infinity') as joined_at
        from unnest(records) as r (id)),
    last as (
        select distinct on (c.patient_id) c.patient_id, c.decision, c.scope, c.ends_at, c.decided_at, one.joined_at
        from consents c join one on one.id = c.patient_id
        where c.practitioner_id = app.practitioner() order by c.patient_id, c.version desc),
    word as (
        select l.* from last l join one on one.id = wanted
        where l.patient_id = wanted or l.decided_at > greatest(l.joined_at, one.joined_at)
        order by l.decided_at desc limit 1)
    select exists (
        select from word w
        where w.decision = 'given' and w.scope = 'everything' and (w.ends_at is null or w.ends_at > moment)
          and not exists (select from last c where c.decision = 'revoked' and w.decided_at <= greatest(c.decided_at, c.joined_at, w.joined_at)))
    into sees;
    return sees or app.in_emergency(wanted);
end $$;
alter function app.knows(uuid) owner to bedside_seer;
alter function app.basis_of_joined(uuid, uuid[], timestamptz) owner to bedside_seer;
alter function app.opens_to(uuid, uuid) owner to bedside_seer;
revoke all on function app.basis_of_joined(uuid, uuid[], timestamptz), app.opens_to(uuid, uuid) from public;
grant execute on function app.opens_to(uuid, uuid) to bedside_app;

-- What was closed while they were joined was closed in both, and stays so when they are taken apart: for every doctor who has had to do
-- with the retired record. Of others it learns nothing.
grant insert on consents to bedside_seer;
create function app.parted_stays_closed() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    insert into consents (id, patient_id, practitioner_id, version, decision, scope, wording, decided_by, decided_at)
    select gen_random_uuid(), new.retired_id, k.practitioner_id,
           coalesce((select max(c.version) from consents c where c.patient_id = new.retired_id and c.practitioner_id = k.practitioner_id), 0) + 1,
           k.decision, k.scope, k.wording, k.decided_by, k.decided_at
    from (select distinct on (c.practitioner_id) c.* from consents c where c.patient_id = new.survivor_id
          order by c.practitioner_id, c.version desc) k
    where k.decision = 'revoked' and k.decided_at > new.joined_at
      and (exists (select from care_links l where l.patient_id = new.retired_id and l.practitioner_id = k.practitioner_id)
           or exists (select from consents c where c.patient_id = new.retired_id and c.practitioner_id = k.practitioner_id)
           or exists (select from break_glass b where b.patient_id = new.retired_id and b.practitioner_id = k.practitioner_id)
           or exists (select from note_approvals n where n.patient_id = new.retired_id and n.supervisor_id = k.practitioner_id));
    return null;
end $$;
alter function app.parted_stays_closed() owner to bedside_seer;
revoke all on function app.parted_stays_closed() from public;
create trigger record_joins_parted after update of ended_at on record_joins for each row
    when (old.ended_at is null and new.ended_at is not null) execute function app.parted_stays_closed();
