-- owner: people
-- The people of the hospital: patients, practitioners with their licence checks, and the care links between them.

create table patients (
    id uuid primary key,
    account_id uuid unique references accounts (id),
    record_no text not null unique check (record_no ~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
    full_name text not null check (length(full_name) between 1 and 200),
    preferred_name text check (length(preferred_name) between 1 and 100),
    birth_date date check (birth_date >= date '1880-01-01'),
    sex_at_birth text not null default 'unknown' check (sex_at_birth in ('female', 'male', 'intersex', 'unknown')),
    phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    country text check (country ~ '^[A-Z]{2}$'),
    emergency_name text check (length(emergency_name) between 1 and 200),
    emergency_phone text check (emergency_phone ~ '^\+[1-9][0-9]{6,14}$'),
    emergency_relation text check (length(emergency_relation) between 1 and 60),
    blood_group_sealed bytea,
    version int not null default 1,
    deleted_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index patients_name_trgm on patients using gin (full_name gin_trgm_ops);

create table specialties (
    code text primary key check (code ~ '^[a-z][a-z-]*$'),
    position int not null unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
insert into specialties (code, position) values
    ('general-practice', 1), ('dermatology', 2), ('paediatrics', 3), ('gynaecology', 4), ('cardiology', 5),
    ('psychiatry', 6), ('neurology', 7), ('orthopaedics', 8), ('ear-nose-throat', 9), ('ophthalmology', 10),
    ('endocrinology', 11), ('gastroenterology', 12), ('pulmonology', 13), ('nephrology', 14), ('urology', 15),
    ('oncology', 16), ('rheumatology', 17), ('dentistry', 18), ('physiotherapy', 19), ('nutrition', 20);
call app.protect('specialties', '(select app.in_context())', 'false');

create table practitioners (
    id uuid primary key,
    account_id uuid not null unique references accounts (id),
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
    full_name text not null check (length(full_name) between 1 and 200),
    gender text not null default 'undisclosed' check (gender in ('female', 'male', 'other', 'undisclosed')),
    qualification text not null default '' check (length(qualification) <= 300),
    registration_no text not null default '' check (length(registration_no) <= 60),
    registration_body text not null default '' check (length(registration_body) <= 120),
    practising_since int check (practising_since between 1940 and 2200),
    biography text not null default '' check (length(biography) <= 4000),
    languages text[] not null default '{}',
    specialties text[] not null default '{}',
    country text not null default '' check (country = '' or country ~ '^[A-Z]{2}$'),
    city text not null default '' check (length(city) <= 100),
    time_zone text not null default 'UTC' check (length(time_zone) between 1 and 64),
    status text not null default 'draft' check (status in ('draft', 'submitted', 'published', 'suspended')),
    licence_checked_on date,
    identity_checked_on date,
    submitted_at timestamptz,
    published_at timestamptz,
    suspended_at timestamptz,
    suspended_why text check (length(suspended_why) <= 500),
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint practitioners_published_is_checked check (status <> 'published'
        or (licence_checked_on is not null and identity_checked_on is not null and cardinality(specialties) > 0 and cardinality(languages) > 0)),
    constraint practitioners_suspended_has_reason check ((status = 'suspended') = (suspended_why is not null))
);
create index practitioners_published on practitioners (full_name, id) where status = 'published';
create index practitioners_specialties on practitioners using gin (specialties);
create index practitioners_languages on practitioners using gin (languages);
create index practitioners_name_trgm on practitioners using gin (full_name gin_trgm_ops);
create index practitioners_by_status on practitioners (status, created_at desc, id);
-- A suspended doctor is no longer found, but patients still read the name on what was written.
call app.protect('practitioners',
    '((select app.in_context()) and status in (''published'', ''suspended'')) or account_id = (select app.account()) or (select app.has_role(''administrator''))',
    'account_id = (select app.account()) or (select app.has_role(''administrator''))');

-- Licence and identity papers. The bytes are sealed in the blob store; only what is needed to list them is here.
create table practitioner_documents (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id) on delete cascade,
    kind text not null check (kind in ('licence', 'identity')),
    filename text not null check (length(filename) between 1 and 120),
    content_type text not null check (content_type in ('application/pdf', 'image/jpeg', 'image/png')),
    bytes int not null check (bytes between 1 and 10485760),
    sha256 bytea not null check (length(sha256) = 32),
    removed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index practitioner_documents_of on practitioner_documents (practitioner_id, created_at);
call app.protect('practitioner_documents',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))',
    'practitioner_id = (select app.practitioner())');

-- Every check of a paper: what was looked at, what was found, by whom. Rows are only ever added.
create table practitioner_checks (
    id uuid primary key,
    practitioner_id uuid not null references practitioners (id) on delete cascade,
    kind text not null check (kind in ('licence', 'identity')),
    document_id uuid references practitioner_documents (id),
    passed boolean not null,
    looked_at text not null check (length(looked_at) between 1 and 300),
    remark text not null default '' check (length(remark) <= 1000),
    licence_valid_until date,
    checked_by uuid not null references accounts (id),
    checked_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index practitioner_checks_of on practitioner_checks (practitioner_id, checked_at desc);
call app.protect('practitioner_checks',
    'practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))',
    '(select app.has_role(''administrator''))');

-- Why a practitioner may see a patient. `valid_until` narrows the link: the name stays known, the chart closes.
create table care_links (
    id uuid primary key,
    patient_id uuid not null references patients (id),
    practitioner_id uuid not null references practitioners (id),
    source_kind text not null check (source_kind in ('appointment', 'referral')),
    source_id uuid not null,
    valid_from timestamptz not null,
    valid_until timestamptz,
    closed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint care_links_one_per_source unique (source_kind, source_id),
    constraint care_links_in_order check (valid_until is null or valid_until >= valid_from)
);
create index care_links_pair on care_links (practitioner_id, patient_id);
create index care_links_of_patient on care_links (patient_id);
grant select on care_links to bedside_seer;

-- May the present practitioner open this patient's chart now?
create function app.cares_for(wanted uuid) returns boolean
    language sql stable security definer set search_path = public, app
    as $$ select exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = app.practitioner()
          and l.closed_at is null and l.valid_from <= coalesce(app.setting('now')::timestamptz, now())
          and (l.valid_until is null or l.valid_until > coalesce(app.setting('now')::timestamptz, now()))) $$;
-- Has the present practitioner ever been asked by this patient? Enough for the name beside an appointment, not for the chart.
create function app.knows(wanted uuid) returns boolean
    language sql stable security definer set search_path = public, app
    as $$ select exists (select from care_links l where l.patient_id = wanted and l.practitioner_id = app.practitioner()) $$;
alter function app.cares_for(uuid) owner to bedside_seer;
alter function app.knows(uuid) owner to bedside_seer;
revoke all on function app.cares_for(uuid), app.knows(uuid) from public;
grant execute on function app.cares_for(uuid), app.knows(uuid) to bedside_app;

call app.protect('care_links',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner())',
    'patient_id = any ((select app.patients())::uuid[]) or practitioner_id = (select app.practitioner()) or (select app.has_role(''administrator''))');
call app.protect('patients',
    'id = any ((select app.patients())::uuid[]) or account_id = (select app.account()) or (select app.has_role(''administrator'')) or (select app.has_role(''support_agent'')) or ((select app.practitioner()) is not null and app.knows(id))',
    'id = any ((select app.patients())::uuid[]) or account_id = (select app.account())');

-- What a session needs to know of a person: the patients an account speaks for, and the practitioner it is.
-- Asked with every request: plpgsql keeps the plans, which a function in SQL makes anew with every call.
create function app.patients_of(wanted uuid) returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return (select coalesce(array_agg(p.id order by p.created_at), '{}') from patients p
                where p.account_id = wanted and p.deleted_at is null);
    end $$;
create function app.practitioner_of(wanted uuid) returns uuid
    language plpgsql stable security definer set search_path = public, app, pg_temp
    as $$ begin
        return (select p.id from practitioners p where p.account_id = wanted and p.status <> 'suspended');
    end $$;
grant select on patients, practitioners to bedside_seer;
alter function app.patients_of(uuid) owner to bedside_seer;
alter function app.practitioner_of(uuid) owner to bedside_seer;
revoke all on function app.patients_of(uuid), app.practitioner_of(uuid) from public;
grant execute on function app.patients_of(uuid), app.practitioner_of(uuid) to bedside_app;
