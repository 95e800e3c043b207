-- owner: correspondence
-- Who was shut out answers nothing any more; what is paid and not answered in time goes back.

-- At once, in the transaction by which the patient closes the record to somebody who has taken over a conversation.
create function app.shut_out_answers_nothing() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    update threads set assignee_id = practitioner_id, updated_at = new.decided_at
        where patient_id = new.patient_id and assignee_id = new.practitioner_id and practitioner_id <> new.practitioner_id;
    return null;
end $$;
grant update (assignee_id, updated_at) on threads to bedside_seer;
alter function app.shut_out_answers_nothing() owner to bedside_seer;
create trigger consents_shut_out after insert on consents
    for each row when (new.decision = 'revoked') execute function app.shut_out_answers_nothing();

alter table e_visits
    -- By when what is paid is to be answered; from then on the money goes back by itself.
    add column answer_due_at timestamptz,
    drop constraint e_visits_status_check,
    add constraint e_visits_status_check check (status in ('proposed', 'accepted', 'declined', 'withdrawn', 'expired', 'unanswered')),
    add constraint e_visits_unanswered_was_paid check (status <> 'unanswered' or (paid_at is not null and answered_at is null));

-- What was paid before this has a time, too.
select set_config('app.system', 'on', true);
update e_visits set answer_due_at = now() + interval '3 days' where status = 'accepted' and paid_at is not null and answered_at is null;

-- As in 0511; that nobody answered is said by the system, and what went back is not answered afterwards.
create or replace function app.e_visit_stands() returns trigger language plpgsql as $$
begin
    if (new.id, new.thread_id, new.patient_id, new.practitioner_id, new.appointment_id, new.amount, new.currency, new.proposed_by, new.proposed_at)
        is distinct from (old.id, old.thread_id, old.patient_id, old.practitioner_id, old.appointment_id, old.amount, old.currency,
            old.proposed_by, old.proposed_at)
        or (old.charge_id is not null and new.charge_id is distinct from old.charge_id)
        or (new.status in ('accepted', 'declined') and old.status <> new.status
            and not (app.system() or new.patient_id = any (app.patients())))
        or (old.status <> 'proposed' and new.status is distinct from old.status
            and not (old.status = 'accepted' and new.status in ('withdrawn', 'expired', 'unanswered')))
        or (new.status = 'unanswered' and old.status <> new.status and not app.system())
        or (new.answered_at is distinct from old.answered_at and new.status <> 'accepted')
        or ((new.paid_at, new.answer_due_at) is distinct from (old.paid_at, old.answer_due_at) and not app.system())
    then
        raise exception 'an e-visit stands as it was proposed' using errcode = 'check_violation', constraint = 'e_visits_stand';
    end if;
    return new;
end $$;
