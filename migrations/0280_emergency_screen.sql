-- owner: emergency
-- The screen that stands before everything else: numbers to call, and red flags as versioned data.

-- Whom to call, by country (ISO 3166-1 alpha-2). Where a country is missing, the programme says 112, which GSM phones connect to the
-- local service wherever they are (3GPP TS 22.101, 10.1).
create table emergency_numbers (
    country text primary key check (country ~ '^[A-Z]{2}$'),
    -- For an ambulance; as dialled.
    number text not null check (number ~ '^[0-9]{2,6}$'),
    -- A line for people who think of ending their life, as dialled in the country.
    crisis text check (crisis ~ '^[0-9]{3,15}$'),
    source text not null check (length(btrim(source)) between 1 and 160),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('emergency_numbers', '(select app.in_context())', '(select app.has_role(''administrator''))');

insert into emergency_numbers (country, number, crisis, source)
select country, '112', crisis, 'Directive (EU) 2018/1972, article 109'
from (values ('AT', '142'), ('BE', '1813'), ('BG', null), ('HR', null), ('CY', null), ('CZ', null), ('DK', '70201201'), ('EE', null),
    ('FI', null), ('FR', '3114'), ('DE', '08001110111'), ('GR', '1018'), ('HU', '116123'), ('IE', '116123'), ('IT', '0223272327'),
    ('LV', null), ('LT', null), ('LU', null), ('MT', null), ('NL', '113'), ('PL', '116123'), ('PT', '1411'), ('RO', null),
    ('SK', null), ('SI', '116123'), ('ES', '024'), ('SE', '90101'), ('IS', '1717'), ('NO', '116123'), ('LI', null))
    as eu (country, crisis);
insert into emergency_numbers (country, number, crisis, source) values
    ('GB', '999', '116123', 'Ofcom, National Telephone Numbering Plan; Samaritans'),
    ('CH', '144', '143', 'OFCOM Switzerland, emergency numbers; Die Dargebotene Hand'),
    ('US', '911', '988', 'FCC, 911 and 988'),
    ('CA', '911', '988', 'CRTC, 9-1-1 and 9-8-8'),
    ('MX', '911', '8009112000', 'IFT Mexico, 911; Línea de la Vida'),
    ('AU', '000', '131114', 'ACMA, Triple Zero; Lifeline'),
    ('NZ', '111', '1737', 'New Zealand Police, 111; 1737'),
    ('BD', '999', null, 'National Emergency Service 999, Bangladesh Police'),
    ('IN', '112', '14416', 'ERSS 112, Ministry of Home Affairs; Tele-MANAS'),
    ('PK', '1122', null, 'Punjab Emergency Service 1122'),
    ('LK', '1990', '1926', 'Suwa Seriya 1990; National Institute of Mental Health'),
    ('NP', '102', null, 'Nepal Ambulance Service'),
    ('BT', '112', null, 'Ministry of Health of Bhutan'),
    ('MV', '102', null, 'Ministry of Health of the Maldives'),
    ('JP', '119', '0570064556', 'Fire and Disaster Management Agency; Ministry of Health, Labour and Welfare'),
    ('KR', '119', '109', 'National Fire Agency; Ministry of Health and Welfare'),
    ('CN', '120', '12356', 'National Health Commission'),
    ('HK', '999', null, 'Hong Kong Police Force'),
    ('MO', '999', null, 'Corpo de Bombeiros de Macau'),
    ('TW', '119', '1925', 'National Fire Agency; Ministry of Health and Welfare'),
    ('SG', '995', '1767', 'Singapore Civil Defence Force; Samaritans of Singapore'),
    ('MY', '999', '15555', 'MERS 999; Talian HEAL'),
    ('TH', '1669', '1323', 'National Institute for Emergency Medicine; Department of Mental Health'),
    ('VN', '115', null, 'Ministry of Health of Vietnam'),
    ('PH', '911', '1553', 'Unified 911; National Center for Mental Health'),
    ('ID', '119', null, 'Ministry of Health of Indonesia, PSC 119'),
    ('AE', '998', '8004673', 'National Ambulance; Ministry of Health and Prevention'),
    ('SA', '997', '920033360', 'Saudi Red Crescent Authority; National Center for Mental Health Promotion'),
    ('QA', '999', '16000', 'Hamad Medical Corporation'),
    ('BH', '999', null, 'National Ambulance Bahrain'),
    ('KW', '112', null, 'Ministry of Interior of Kuwait'),
    ('OM', '9999', null, 'Royal Oman Police'),
    ('JO', '911', null, 'Public Security Directorate of Jordan'),
    ('LB', '140', '1564', 'Lebanese Red Cross; Embrace'),
    ('SY', '110', null, 'Syrian Arab Red Crescent'),
    ('PS', '101', null, 'Palestine Red Crescent Society'),
    ('IL', '101', '1201', 'Magen David Adom; ERAN'),
    ('EG', '123', '16328', 'Egyptian Ambulance Organization; General Secretariat of Mental Health'),
    ('TN', '190', null, 'SAMU Tunisia'),
    ('TR', '112', null, '112 Acil, Ministry of Interior of Türkiye'),
    ('IR', '115', '1480', 'Iran Emergency Organization; State Welfare Organization'),
    ('GE', '112', null, 'LEPL Public Safety Command Center 112'),
    ('UA', '103', '7333', 'Ministry of Health of Ukraine; Lifeline Ukraine'),
    ('RU', '112', null, 'EMERCOM of Russia, System 112'),
    ('BY', '103', null, 'Ministry of Health of Belarus'),
    ('KZ', '103', null, 'Ministry of Healthcare of Kazakhstan'),
    ('UZ', '103', null, 'Ministry of Health of Uzbekistan'),
    ('RS', '194', null, 'Hitna pomoć Srbije'),
    ('BR', '192', '188', 'SAMU 192; Centro de Valorização da Vida'),
    ('AR', '107', '135', 'SAME 107; Centro de Asistencia al Suicida'),
    ('CL', '131', null, 'SAMU 131'),
    ('CO', '123', null, 'Línea 123'),
    ('PE', '106', '113', 'SAMU 106; Ministerio de Salud'),
    ('EC', '911', null, 'ECU 911'),
    ('UY', '911', '08000767', 'Ministerio del Interior; ASSE'),
    ('ZA', '10177', '0800567567', 'Department of Health, ambulance; SADAG'),
    ('NG', '112', null, 'Nigerian Communications Commission'),
    ('KE', '999', '1199', 'Kenya Police Service; Kenya Red Cross'),
    ('GH', '112', null, 'National Ambulance Service of Ghana'),
    ('RW', '912', null, 'SAMU Rwanda');

-- A set of questions, with all its words, is one version; a new one is a new row.
create table red_flag_sets (
    version int primary key check (version > 0),
    valid_from timestamptz not null unique,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
call app.protect('red_flag_sets', '(select app.in_context())', '(select app.has_role(''administrator''))');

create table red_flags (
    set_version int not null references red_flag_sets (version),
    -- The words are `emergency-flag-<code>`, in every language.
    code text not null check (code ~ '^[a-z]{3,20}(-[a-z]{2,20}){0,3}$'),
    position int not null check (position > 0),
    -- How urgent it is by itself: 1 at once, 2 within minutes.
    acuity smallint not null check (acuity in (1, 2)),
    -- A line for the crisis of a mind is shown beside the number.
    is_crisis boolean not null default false,
    source text not null check (length(btrim(source)) between 1 and 200),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (set_version, code),
    unique (set_version, position)
);
call app.protect('red_flags', '(select app.in_context())', '(select app.has_role(''administrator''))');

insert into red_flag_sets (version, valid_from) values (1, '2026-01-01T00:00:00Z');
insert into red_flags (set_version, code, position, acuity, is_crisis, source) values
    (1, 'chest-pain', 1, 1, false, 'NICE CG95, recent-onset chest pain; AHA 2021 chest pain guideline'),
    (1, 'stroke', 2, 1, false, 'NICE NG128, stroke and TIA: FAST'),
    (1, 'breathing', 3, 1, false, 'WHO/ICRC basic emergency care 2018, ABCDE'),
    (1, 'throat-swelling', 4, 1, false, 'Resuscitation Council UK 2021, anaphylaxis'),
    (1, 'bleeding', 5, 1, false, 'ERC guidelines 2021, first aid: severe bleeding'),
    (1, 'unconscious', 6, 1, false, 'ERC guidelines 2021, first aid; NICE NG217, epilepsies'),
    (1, 'suicide', 7, 2, true, 'NICE NG225, self-harm; WHO mhGAP 2023'),
    (1, 'infant-fever', 8, 2, false, 'NICE NG143, fever in under 5s: under 3 months with 38 °C or more'),
    (1, 'meningitis', 9, 1, false, 'NICE NG240, bacterial meningitis and meningococcal disease'),
    (1, 'poisoning', 10, 1, false, 'WHO guidelines for poison control; TOXBASE'),
    (1, 'pregnancy', 11, 2, false, 'WHO 2017, managing complications in pregnancy and childbirth: danger signs'),
    (1, 'injury', 12, 2, false, 'NICE NG232, head injury; ERC guidelines 2021, burns');

-- How often the screen was answered, and with what. Nobody is named here: counts of a day, a country and an answer.
create table red_flag_counts (
    day date not null,
    country text not null check (country ~ '^[A-Z]{2}$'),
    set_version int not null references red_flag_sets (version),
    -- A flag's code, or `none`.
    answer text not null check (answer ~ '^[a-z-]{3,60}$'),
    times bigint not null check (times > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (day, country, set_version, answer)
);
call app.protect('red_flag_counts', '(select app.has_role(''administrator''))', 'false');
