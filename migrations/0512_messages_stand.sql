-- owner: correspondence
-- What was agreed stands: a cover is ended and not altered, and a conversation keeps its patient and its doctor.
create function app.thread_cover_stands() returns trigger language plpgsql as $$
begin
    if (new.id, new.practitioner_id, new.cover_id, new.starts_at, new.ends_at, new.created_at)
            is distinct from (old.id, old.practitioner_id, old.cover_id, old.starts_at, old.ends_at, old.created_at)
        or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
    then
        raise exception 'a cover is ended and not altered' using errcode = 'check_violation', constraint = 'thread_covers_stand';
    end if;
    return new;
end $$;
create trigger thread_covers_stand before update on thread_covers for each row execute function app.thread_cover_stands();

create function app.thread_stands() returns trigger language plpgsql as $$
begin
    if (new.patient_id, new.practitioner_id) is distinct from (old.patient_id, old.practitioner_id) then
        raise exception 'a conversation keeps its patient and its doctor' using errcode = 'check_violation', constraint = 'threads_stand';
    end if;
    return new;
end $$;
create trigger threads_stand before update on threads for each row execute function app.thread_stands();
