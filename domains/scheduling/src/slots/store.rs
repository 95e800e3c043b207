//! Rules and taken times of many doctors: one statement where the rules are kept, else two.

use std::{collections::HashMap, sync::Arc};

use db::Tx;
use kernel::{
    TimeSlot, Timestamp,
    ids::{PractitionerId, ServiceId},
};
use serde::Deserialize;
use sqlx::types::Json;

use super::model::{Counted, Exception, Rules, Service, Timetable};

/// Whose rules may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doctors {
    /// Those whom anyone may find and book.
    Published,
    /// Also those not yet published: a preview for the doctor and the administrator.
    Any,
}

/// What is written of one doctor, as it is kept between requests.
#[derive(Debug)]
struct Kept {
    written: Written,
    /// Exceptions and timetables that ended before this are not in it.
    since: Timestamp,
    /// Its prices are those of the moments from the first to before the second.
    priced: (Option<Timestamp>, Option<Timestamp>),
}

impl Kept {
    fn answers(&self, from: Timestamp, now: Timestamp) -> bool {
        let (since, until) = self.priced;
        self.since <= from && since.is_none_or(|since| since <= now) && until.is_none_or(|until| now < until)
    }
}

#[derive(Clone, Debug, Deserialize)]
struct Written {
    services: Vec<Service>,
    timetables: Vec<Timetable>,
    exceptions: Vec<Exception>,
}

impl Written {
    fn has_limits(&self) -> bool {
        self.services.iter().any(|service| service.daily_cap.is_some() || service.weekly_cap.is_some())
    }
}

/// What changes with every booking.
struct Taken {
    id: PractitionerId,
    version: i64,
    since: Vec<Timestamp>,
    until: Vec<Timestamp>,
}

/// The rules of these doctors with what is taken between `from` and `to`. Holds past their end take nothing.
///
/// One statement reads what is taken, and under which number the rest is written; what is not kept under that number takes another.
pub(crate) async fn rules_for(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    which: Doctors,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Rules>, db::Error> {
    let now = tx.now();
    let taken = list_taken(tx, doctors, which, from, to).await?;
    let shelf = tx.kept::<Kept>();
    let find = |one: &Taken| shelf.get(one.id.uuid(), one.version).filter(|kept| kept.answers(from, now));
    let mut written: HashMap<PractitionerId, Arc<Kept>> =
        taken.iter().filter_map(|one| Some((one.id, find(one)?))).collect();
    let missing: Vec<PractitionerId> =
        taken.iter().map(|one| one.id).filter(|doctor| !written.contains_key(doctor)).collect();
    if !missing.is_empty() {
        for (doctor, version, read) in list_written(tx, &missing, from.min(now)).await? {
            let read = Arc::new(read);
            shelf.keep(doctor.uuid(), version, Arc::clone(&read));
            written.insert(doctor, read);
        }
    }
    let limited: Vec<PractitionerId> =
        written.iter().filter(|(_, kept)| kept.written.has_limits()).map(|(doctor, _)| *doctor).collect();
    let mut counted = if limited.is_empty() { HashMap::new() } else { list_counted(tx, &limited, from, to).await? };
    let rules = taken.into_iter().filter_map(|one| {
        let Written { services, timetables, exceptions } = written.get(&one.id)?.written.clone();
        Some(Rules {
            practitioner: one.id,
            services,
            timetables,
            exceptions,
            busy: one.since.into_iter().zip(one.until).filter_map(|(from, until)| TimeSlot::new(from, until)).collect(),
            counted: counted.remove(&one.id).unwrap_or_default(),
        })
    });
    Ok(rules.collect())
}

async fn list_taken(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    which: Doctors,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Taken>, db::Error> {
    let ids: Vec<uuid::Uuid> = doctors.iter().map(|doctor| doctor.uuid()).collect();
    let now = tx.now();
    Ok(sqlx::query_as!(
        Taken,
        r#"with busy as materialized (
               select practitioner_id, array_agg(busy_from) as since, array_agg(busy_until) as until
               from app.busy_times($1, $2::timestamptz - interval '6 hours', $3::timestamptz + interval '12 hours', $4) group by practitioner_id
           )
           select p.id as "id!: PractitionerId", v.version as "version!",
               coalesce(b.since, '{}') as "since!: Vec<Timestamp>", coalesce(b.until, '{}') as "until!: Vec<Timestamp>"
           from practitioners p join offer_versions v on v.practitioner_id = p.id left join busy b on b.practitioner_id = p.id
           where p.id = any ($1) and ($5 or p.status = 'published')"#,
        &ids,
        from as Timestamp,
        to as Timestamp,
        now as Timestamp,
        which == Doctors::Any
    )
    .fetch_all(tx.conn())
    .await?)
}

/// All that is written of these doctors from a time on.
async fn list_written(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    since: Timestamp,
) -> Result<Vec<(PractitionerId, i64, Kept)>, db::Error> {
    let ids: Vec<uuid::Uuid> = doctors.iter().map(|doctor| doctor.uuid()).collect();
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select v.practitioner_id as "id!: PractitionerId", v.version as "version!",
               jsonb_build_object(
                   'services', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'facility', s.facility_id, 'mode', s.mode,
                        'duration_min', s.duration_min, 'buffer_before_min', s.buffer_before_min,
                        'buffer_after_min', s.buffer_after_min, 'grid_min', s.grid_min, 'lead_min', s.lead_min,
                        'align_min', s.align_min, 'daily_cap', s.daily_cap, 'weekly_cap', s.weekly_cap, 'reserve_min', s.reserve_min,
                        'horizon_days', s.horizon_days, 'price', app.price_of(s.id, s.price_amount, s.currency, $3),
                        'requires_approval', s.requires_approval) order by s.id), '[]')
                     from services s where s.practitioner_id = v.practitioner_id and s.active),
                   'timetables', (select coalesce(jsonb_agg(jsonb_build_object('facility', t.facility_id, 'fields', t.fields, 'zone', t.time_zone, 'valid_from', t.valid_from,
                        'valid_until', t.valid_until, 'windows',
                        (select coalesce(jsonb_agg(jsonb_build_object('weekday', w.weekday,
                              'starts', (extract(epoch from w.starts) / 60)::int, 'ends', (extract(epoch from w.ends) / 60)::int,
                              'service', w.service_id)), '[]')
                         from schedule_windows w where w.schedule_id = t.id))), '[]')
                     from schedules t where t.practitioner_id = v.practitioner_id
                         and (t.facility_id is not null or t.valid_until is null or t.valid_until >= ($2::timestamptz at time zone 'UTC')::date - 2)),
                   'exceptions', (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'service', e.service_id,
                        'starts_on', e.starts_on, 'ends_on', e.ends_on, 'zone', e.time_zone, 'journey',
                        case when e.kind = 'travel' then jsonb_build_object('windows', e.windows_read, 'in_person', e.in_person) end, 'part',
                        case when e.starts is not null then jsonb_build_array((extract(epoch from e.starts) / 60)::int,
                            (extract(epoch from e.ends) / 60)::int) end)), '[]')
                     from schedule_exceptions e where e.practitioner_id = v.practitioner_id
                       and e.ends_on >= ($2::timestamptz at time zone 'UTC')::date - 2)
               ) as "written!: Json<Written>",
               turns.before as "priced_since: Timestamp", turns.after as "priced_until: Timestamp"
           from offer_versions v cross join lateral (
               select max(turn.at) filter (where turn.at <= $3) as before, min(turn.at) filter (where turn.at > $3) as after
               from price_list l cross join lateral (values (l.valid_from), (l.valid_until)) turn (at)
               where l.practitioner_id = v.practitioner_id) turns
           where v.practitioner_id = any ($1)"#,
        &ids,
        since as Timestamp,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let read = rows.into_iter().map(|row| {
        let kept = Kept { written: row.written.0, since, priced: (row.priced_since, row.priced_until) };
        (row.id, row.version, kept)
    });
    Ok(read.collect())
}

/// Of doctors with a limit: what counts against it, over whole weeks.
async fn list_counted(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    from: Timestamp,
    to: Timestamp,
) -> Result<HashMap<PractitionerId, Vec<Counted>>, db::Error> {
    let ids: Vec<uuid::Uuid> = doctors.iter().map(|doctor| doctor.uuid()).collect();
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select practitioner_id as "doctor!: PractitionerId", service_id as "service!: ServiceId", starts_at as "starts_at!: Timestamp"
           from app.counted_starts($1, $2::timestamptz - interval '9 days', $3::timestamptz + interval '9 days', $4)"#,
        &ids,
        from as Timestamp,
        to as Timestamp,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    let mut counted: HashMap<PractitionerId, Vec<Counted>> = HashMap::new();
    for row in rows {
        counted.entry(row.doctor).or_default().push(Counted { service: row.service, starts_at: row.starts_at });
    }
    Ok(counted)
}
