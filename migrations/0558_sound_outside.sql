-- owner: consultations
-- Where a language is understood by no engine here, sound may be sent to one outside, if both were told to whom and agreed.

alter table visit_transcripts
    -- The language that is listened for: `en`, or as the engine outside calls it (`ar-AE`).
    add column language text not null default 'en' check (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
    -- Who outside this hospital is sent the sound, as both were told when asked; null for nobody.
    add column sound_to text check (sound_to <> ''),
    drop constraint visit_transcripts_end_reason_check,
    add constraint visit_transcripts_end_reason_check check (end_reason in
        ('refused', 'withdrawn', 'stopped', 'visit_over', 'failed', 'throttled', 'unreachable'));

-- To whose being sent the sound this person said yes or no.
alter table transcript_consents add column sound_to text check (sound_to <> '');

-- What was named stays what was named while anybody may be listened to: another recipient is another question.
create function app.transcript_keeps_its_recipient() returns trigger language plpgsql as $$
begin
    if new.sound_to is distinct from old.sound_to and not (old.status = 'ended' and new.status = 'asked') then
        raise exception 'who is sent the sound is asked anew' using errcode = 'check_violation', constraint = 'visit_transcripts_recipient';
    end if;
    return new;
end $$;
create trigger visit_transcripts_recipient before update on visit_transcripts
    for each row execute function app.transcript_keeps_its_recipient();

-- A consent names whom the question named.
create function app.consent_names_the_recipient() returns trigger language plpgsql as $$
begin
    if new.sound_to is distinct from (select t.sound_to from visit_transcripts t where t.visit_id = new.visit_id) then
        raise exception 'a consent is to what was asked' using errcode = 'check_violation', constraint = 'transcript_consents_recipient';
    end if;
    return new;
end $$;
create trigger transcript_consents_recipient before insert on transcript_consents
    for each row execute function app.consent_names_the_recipient();
