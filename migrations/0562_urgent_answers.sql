-- owner: emergency
-- How long others of one urgency waited lately.
create index urgent_requests_answered on urgent_requests (acuity, created_at desc) where answered_at is not null;
