//! Rules and busy times of many doctors in one statement.

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

#[derive(Debug, Deserialize)]
struct Written {
    services: Vec<Service>,
    timetables: Vec<Timetable>,
    exceptions: Vec<Exception>,
}

/// The rules of these doctors with what is taken between `from` and `to`. Holds past their end take nothing.
pub(crate) async fn rules_for(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    which: Doctors,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Rules>, db::Error> {
    let ids: Vec<uuid::Uuid> = doctors.iter().map(|doctor| doctor.uuid()).collect();
    let now = tx.now();
    let rows = sqlx::query!(
        r#"with busy as materialized (
               select practitioner_id, array_agg(busy_from) as since, array_agg(busy_until) as until
               from app.busy_times($1, $2::timestamptz - interval '6 hours', $3::timestamptz + interval '12 hours', $4) group by practitioner_id
           ), counted as materialized (
               select practitioner_id, array_agg(service_id) as services, array_agg(starts_at) as starts
               from app.counted_starts($1, $2::timestamptz - interval '9 days', $3::timestamptz + interval '9 days', $4) group by practitioner_id
           )
           select p.id as "id!: PractitionerId",
               jsonb_build_object(
                   'services', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'facility', s.facility_id, 'mode', s.mode,
                        'duration_min', s.duration_min, 'buffer_before_min', s.buffer_before_min,
                        'buffer_after_min', s.buffer_after_min, 'grid_min', s.grid_min, 'lead_min', s.lead_min,
                        'align_min', s.align_min, 'daily_cap', s.daily_cap, 'weekly_cap', s.weekly_cap, 'reserve_min', s.reserve_min,
                        'horizon_days', s.horizon_days, 'price', app.price_of(s.id, s.price_amount, s.currency, $4),
                        'requires_approval', s.requires_approval) order by s.id), '[]')
                     from services s where s.practitioner_id = p.id and s.active),
                   'timetables', (select coalesce(jsonb_agg(jsonb_build_object('facility', t.facility_id, 'fields', t.fields, 'zone', t.time_zone, 'valid_from', t.valid_from,
                        'valid_until', t.valid_until, 'windows',
                        (select coalesce(jsonb_agg(jsonb_build_object('weekday', w.weekday,
                              'starts', (extract(epoch from w.starts) / 60)::int, 'ends', (extract(epoch from w.ends) / 60)::int,
                              'service', w.service_id)), '[]')
                         from schedule_windows w where w.schedule_id = t.id))), '[]')
                     from schedules t where t.practitioner_id = p.id and (t.facility_id is not null or t.valid_until is null or t.valid_until >= ($2::timestamptz at time zone 'UTC')::date - 2)),
                   'exceptions', (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'service', e.service_id,
                        'starts_on', e.starts_on, 'ends_on', e.ends_on, 'zone', e.time_zone, 'journey',
                        case when e.kind = 'travel' then jsonb_build_object('windows', e.windows_read, 'in_person', e.in_person) end, 'part',
                        case when e.starts is not null then jsonb_build_array((extract(epoch from e.starts) / 60)::int,
                            (extract(epoch from e.ends) / 60)::int) end)), '[]')
                     from schedule_exceptions e where e.practitioner_id = p.id
                       and e.ends_on >= ($2::timestamptz at time zone 'UTC')::date - 2
                       and e.starts_on <= ($3::timestamptz at time zone 'UTC')::date + 2)
               ) as "written!: Json<Written>",
               coalesce(b.since, '{}') as "since!: Vec<Timestamp>", coalesce(b.until, '{}') as "until!: Vec<Timestamp>",
               coalesce(c.services, '{}') as "counted_services!: Vec<ServiceId>", coalesce(c.starts, '{}') as "counted_starts!: Vec<Timestamp>"
           from practitioners p left join busy b on b.practitioner_id = p.id left join counted c on c.practitioner_id = p.id
           where p.id = any ($1) and ($5 or p.status = 'published')"#,
        &ids,
        from as Timestamp,
        to as Timestamp,
        now as Timestamp,
        which == Doctors::Any
    )
    .fetch_all(tx.conn())
    .await?;
    let rules = rows.into_iter().map(|row| Rules {
        practitioner: row.id,
        services: row.written.0.services,
        timetables: row.written.0.timetables,
        exceptions: row.written.0.exceptions,
        busy: row.since.into_iter().zip(row.until).filter_map(|(from, until)| TimeSlot::new(from, until)).collect(),
        counted: counted(row.counted_services, row.counted_starts),
    });
    Ok(rules.collect())
}

fn counted(services: Vec<ServiceId>, starts: Vec<Timestamp>) -> Vec<Counted> {
    services.into_iter().zip(starts).map(|(service, starts_at)| Counted { service, starts_at }).collect()
}
