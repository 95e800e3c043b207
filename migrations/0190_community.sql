-- owner: community
-- What patients say of finished visits, and the score it adds up to. A review's text is public once published, so it lies in the
-- clear; nothing else here says who the patient is.
create table reviews (
    id uuid primary key,
    appointment_id uuid not null constraint reviews_one_per_visit unique references appointments (id),
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    overall smallint not null check (overall between 1 and 5),
    listening smallint null check (listening between 1 and 5),
    explanation smallint null check (explanation between 1 and 5),
    punctuality smallint null check (punctuality between 1 and 5),
    technology smallint null check (technology between 1 and 5),
    -- What readers see; '' for none. After a redaction the author's own words are kept beside it.
    body text not null default '' check (char_length(body) <= 4000),
    original_body text null check (char_length(original_body) <= 4000),
    -- "Amina K.": as much of a name as readers see, kept so that nobody needs the patient's row to show it.
    author text not null check (char_length(author) between 1 and 60),
    status text not null check (status in ('published', 'awaiting_moderation', 'rejected')),
    published_at timestamptz null,
    -- Why the filter held it back (codes), and what the moderator told the author.
    flags text[] not null default '{}',
    moderation_reason text null check (char_length(moderation_reason) between 1 and 500),
    moderated_by uuid null,
    moderated_at timestamptz null,
    submitted_at timestamptz not null,
    edited_at timestamptz null,
    version integer not null default 1 check (version > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint reviews_published_since check (status <> 'published' or published_at is not null)
);
create index reviews_of_practitioner on reviews (practitioner_id, id desc) where status = 'published';
create index reviews_of_patient on reviews (patient_id, id desc);
create index reviews_to_moderate on reviews (id) where status = 'awaiting_moderation';
call app.protect('reviews',
    '((select app.in_context()) and status = ''published'') or patient_id = any ((select app.patients())::uuid[]) or (select app.has_role(''administrator''))',
    'patient_id = any ((select app.patients())::uuid[]) or (select app.has_role(''administrator''))');

create table practitioner_ratings (
    practitioner_id uuid primary key references practitioners (id),
    reviews integer not null check (reviews >= 0),
    -- Bayesian mean of `overall`, recent reviews weighing more; 1.00 to 5.00.
    score numeric(4, 3) not null check (score between 1 and 5),
    listening numeric(4, 3) null,
    explanation numeric(4, 3) null,
    punctuality numeric(4, 3) null,
    technology numeric(4, 3) null,
    rated_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('practitioner_ratings', '(select app.in_context())', 'false');

-- The score of one practitioner from what is published: a prior of 5 reviews at 4.2 (so that one voice does not make a five), each
-- review weighing half as much after a year. Definer's rights: the author may not write scores, only cause them.
create function app.rate_practitioner(practitioner uuid, moment timestamptz) returns void
language sql volatile security definer set search_path = public, app, pg_temp as $$
    with said as (
        select r.*, power(0.5, greatest(extract(epoch from moment - r.submitted_at), 0) / 31557600.0) as weight
        from reviews r where r.practitioner_id = practitioner and r.status = 'published')
    insert into practitioner_ratings as p (practitioner_id, reviews, score, listening, explanation, punctuality, technology, rated_at)
    select practitioner, count(*)::integer,
           ((5 * 4.2 + coalesce(sum(overall * weight), 0)) / (5 + coalesce(sum(weight), 0)))::numeric(4, 3),
           (sum(listening * weight) / nullif(sum(weight) filter (where listening is not null), 0))::numeric(4, 3),
           (sum(explanation * weight) / nullif(sum(weight) filter (where explanation is not null), 0))::numeric(4, 3),
           (sum(punctuality * weight) / nullif(sum(weight) filter (where punctuality is not null), 0))::numeric(4, 3),
           (sum(technology * weight) / nullif(sum(weight) filter (where technology is not null), 0))::numeric(4, 3),
           moment
    from said
    on conflict (practitioner_id) do update
    set reviews = excluded.reviews, score = excluded.score, listening = excluded.listening, explanation = excluded.explanation,
        punctuality = excluded.punctuality, technology = excluded.technology, rated_at = excluded.rated_at, updated_at = now();
$$;
grant select on reviews to bedside_seer;
grant select, insert, update on practitioner_ratings to bedside_seer;
alter function app.rate_practitioner(uuid, timestamptz) owner to bedside_seer;
revoke execute on function app.rate_practitioner(uuid, timestamptz) from public;
grant execute on function app.rate_practitioner(uuid, timestamptz) to bedside_app;
