-- owner: notify
-- Messages between doctor and patient are a topic of their own.
alter table notice_preferences
    drop constraint notice_preferences_topic_check,
    add constraint notice_preferences_topic_check
        check (topic in ('security', 'money', 'visits', 'reminders', 'care', 'messages', 'reviews', 'agenda'));
