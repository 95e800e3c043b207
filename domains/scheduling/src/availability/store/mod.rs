//! All SQL of services, weekly windows and exceptions; of public holidays in `holidays`, of what a change meets in `stranded`.

use db::Tx;
use kernel::{
    Currency, LocalDate, Money, Timestamp, Zone,
    ids::{ExceptionId, FacilityId, PractitionerId, ScheduleId, ServiceId, WindowId},
};

use sqlx::types::Json;

use super::model::{NewException, Offer, ServiceLine, SetWeek, WindowLine};
use crate::slots::{ExceptionKind, InPerson, Journey, Mode, WallTime, WindowsRead};

pub(crate) mod holidays;
pub(crate) mod stranded;

fn wall(minutes: Option<i32>) -> WallTime {
    minutes.and_then(|m| WallTime::from_minutes(i64::from(m))).unwrap_or_else(WallTime::midnight)
}

fn minutes(time: WallTime) -> i32 {
    i32::from(time.minutes())
}

/// A timetable without its windows.
#[derive(Clone, Debug)]
pub(crate) struct ScheduleLine {
    pub(crate) id: ScheduleId,
    pub(crate) facility: Option<FacilityId>,
    pub(crate) place: Option<String>,
    pub(crate) zone: Zone,
    pub(crate) valid_from: LocalDate,
    pub(crate) valid_until: Option<LocalDate>,
}

/// In force on a day or later: those of no place first, then place by place, in order of time.
pub(crate) async fn list_schedules(
    tx: &mut Tx,
    doctor: PractitionerId,
    today: LocalDate,
) -> Result<Vec<ScheduleLine>, db::Error> {
    let rows = sqlx::query!(
        r#"select s.id as "id!: ScheduleId", s.facility_id as "facility?: FacilityId", f.name as "place?", s.time_zone as "zone!: Zone",
                  s.valid_from as "valid_from!: LocalDate", s.valid_until as "valid_until?: LocalDate"
           from schedules s left join facilities f on f.id = s.facility_id
           where s.practitioner_id = $1 and (s.valid_until is null or s.valid_until >= $2)
           order by s.facility_id is not null, f.name, s.facility_id, s.valid_from"#,
        doctor as PractitionerId,
        today as LocalDate
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ScheduleLine {
            id: row.id,
            facility: row.facility,
            place: row.place,
            zone: row.zone,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
        })
        .collect())
}

pub(crate) async fn insert_schedule(
    tx: &mut Tx,
    doctor: PractitionerId,
    week: &SetWeek,
    from: LocalDate,
) -> Result<ScheduleId, db::Error> {
    let id = tx.id::<ScheduleId>();
    sqlx::query!(
        "insert into schedules (id, practitioner_id, facility_id, time_zone, valid_from, valid_until, fields)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id as ScheduleId,
        doctor as PractitionerId,
        week.place as Option<FacilityId>,
        &week.zone as &Zone,
        from as LocalDate,
        week.valid_until as Option<LocalDate>,
        Json(&week.fields) as _
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// What these hours change of a service stays, unless something else is said.
pub(crate) async fn set_schedule(tx: &mut Tx, schedule: ScheduleId, week: &SetWeek) -> Result<(), db::Error> {
    sqlx::query!(
        "update schedules set time_zone = $2, valid_until = $3, fields = case when $4 = '[]'::jsonb then fields else $4 end, updated_at = clock_timestamp() where id = $1",
        schedule as ScheduleId,
        &week.zone as &Zone,
        week.valid_until as Option<LocalDate>,
        Json(&week.fields) as _
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The last day on which a timetable is in force.
pub(crate) async fn set_last_day(tx: &mut Tx, schedule: ScheduleId, last: LocalDate) -> Result<(), db::Error> {
    sqlx::query!(
        "update schedules set valid_until = $2, updated_at = clock_timestamp() where id = $1",
        schedule as ScheduleId,
        last as LocalDate
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn remove_schedule(tx: &mut Tx, doctor: PractitionerId, id: ScheduleId) -> Result<bool, db::Error> {
    let done = sqlx::query!(
        "delete from schedules where id = $1 and practitioner_id = $2",
        id as ScheduleId,
        doctor as PractitionerId
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn list_windows(tx: &mut Tx, schedule: ScheduleId) -> Result<Vec<WindowLine>, db::Error> {
    let rows = sqlx::query!(
        r#"select weekday, (extract(epoch from starts) / 60)::int as starts, (extract(epoch from ends) / 60)::int as ends,
                  service_id as "service: ServiceId"
           from schedule_windows where schedule_id = $1 order by weekday, schedule_windows.starts, service_id"#,
        schedule as ScheduleId
    )
    .fetch_all(tx.conn())
    .await?;
    let line = |weekday: i16, starts, ends, service| WindowLine {
        weekday: u8::try_from(weekday).unwrap_or(1),
        starts: wall(starts),
        ends: wall(ends),
        service,
    };
    Ok(rows.into_iter().map(|row| line(row.weekday, row.starts, row.ends, row.service)).collect())
}

pub(crate) async fn replace_windows(
    tx: &mut Tx,
    doctor: PractitionerId,
    schedule: ScheduleId,
    windows: &[WindowLine],
) -> Result<(), db::Error> {
    sqlx::query!("delete from schedule_windows where schedule_id = $1", schedule as ScheduleId)
        .execute(tx.conn())
        .await?;
    let ids: Vec<uuid::Uuid> = windows.iter().map(|_| tx.id::<WindowId>().uuid()).collect();
    let weekdays: Vec<i16> = windows.iter().map(|w| i16::from(w.weekday)).collect();
    let starts: Vec<i32> = windows.iter().map(|w| minutes(w.starts)).collect();
    let ends: Vec<i32> = windows.iter().map(|w| minutes(w.ends)).collect();
    let services: Vec<Option<uuid::Uuid>> = windows.iter().map(|w| w.service.map(ServiceId::uuid)).collect();
    sqlx::query!(
        "insert into schedule_windows (id, schedule_id, practitioner_id, weekday, starts, ends, service_id)
         select n.id, $1, $2, n.weekday, make_time(n.starts / 60, n.starts % 60, 0), make_time(n.ends / 60, n.ends % 60, 0), n.service
         from unnest($3::uuid[], $4::smallint[], $5::int[], $6::int[], $7::uuid[]) as n (id, weekday, starts, ends, service)",
        schedule as ScheduleId,
        doctor as PractitionerId,
        &ids,
        &weekdays,
        &starts,
        &ends,
        &services as &[Option<uuid::Uuid>]
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An exception as the editor lists it.
#[derive(Clone, Debug)]
pub(crate) struct ExceptionLine {
    pub(crate) id: ExceptionId,
    pub(crate) kind: ExceptionKind,
    pub(crate) service: Option<ServiceId>,
    pub(crate) starts_on: LocalDate,
    pub(crate) ends_on: LocalDate,
    pub(crate) part: Option<(WallTime, WallTime)>,
    pub(crate) zone: Zone,
    pub(crate) journey: Option<Journey>,
}

/// Those that have not passed, soonest first.
pub(crate) async fn list_exceptions(
    tx: &mut Tx,
    doctor: PractitionerId,
    today: LocalDate,
) -> Result<Vec<ExceptionLine>, db::Error> {
    let rows = sqlx::query!(
        r#"select e.id as "id: ExceptionId", e.kind, e.service_id as "service: ServiceId", e.starts_on as "starts_on: LocalDate",
                  e.ends_on as "ends_on: LocalDate", (extract(epoch from e.starts) / 60)::int as starts,
                  (extract(epoch from e.ends) / 60)::int as ends, e.time_zone as "zone: Zone", e.windows_read, e.in_person
           from schedule_exceptions e where e.practitioner_id = $1 and e.ends_on >= $2
           order by e.starts_on, e.starts nulls first, e.id limit 200"#,
        doctor as PractitionerId,
        today as LocalDate
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ExceptionLine {
            id: row.id,
            kind: ExceptionKind::from_code(&row.kind).unwrap_or(ExceptionKind::Closed),
            service: row.service,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            part: row.starts.is_some().then(|| (wall(row.starts), wall(row.ends))),
            zone: row.zone,
            journey: row.windows_read.zip(row.in_person).map(|(windows, in_person)| Journey {
                windows: if windows == "abroad" { WindowsRead::Abroad } else { WindowsRead::Home },
                in_person: if in_person == "stops" { InPerson::Stops } else { InPerson::GoesOn },
            }),
        })
        .collect())
}

/// One row for each part, or one for whole days.
pub(crate) async fn insert_exception(tx: &mut Tx, doctor: PractitionerId, new: &NewException) -> Result<(), db::Error> {
    let parts: Vec<Option<(WallTime, WallTime)>> =
        if new.parts.is_empty() { vec![None] } else { new.parts.iter().copied().map(Some).collect() };
    let ids: Vec<uuid::Uuid> = parts.iter().map(|_| tx.id::<ExceptionId>().uuid()).collect();
    let starts: Vec<Option<i32>> = parts.iter().map(|part| part.map(|(starts, _)| minutes(starts))).collect();
    let ends: Vec<Option<i32>> = parts.iter().map(|part| part.map(|(_, ends)| minutes(ends))).collect();
    sqlx::query!(
        "insert into schedule_exceptions (id, practitioner_id, service_id, kind, starts_on, ends_on, starts, ends, time_zone,
             windows_read, in_person)
         select n.id, $1, $2, $3, $4, $5, make_time(n.starts / 60, n.starts % 60, 0), make_time(n.ends / 60, n.ends % 60, 0), $6, $7, $8
         from unnest($9::uuid[], $10::int[], $11::int[]) as n (id, starts, ends)",
        doctor as PractitionerId,
        new.service as Option<ServiceId>,
        new.kind.code(),
        new.starts_on as LocalDate,
        new.ends_on as LocalDate,
        &new.zone as &Zone,
        new.journey.map(|j| if j.windows == WindowsRead::Abroad { "abroad" } else { "home" }),
        new.journey.map(|j| if j.in_person == InPerson::Stops { "stops" } else { "goes_on" }),
        &ids,
        &starts as &[Option<i32>],
        &ends as &[Option<i32>]
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn remove_exception(tx: &mut Tx, doctor: PractitionerId, id: ExceptionId) -> Result<bool, db::Error> {
    let done = sqlx::query!(
        "delete from schedule_exceptions where id = $1 and practitioner_id = $2",
        id as ExceptionId,
        doctor as PractitionerId
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn list_services(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<ServiceLine>, db::Error> {
    let rows = sqlx::query!(
        r#"select s.id as "id!: ServiceId", s.facility_id as "facility?: FacilityId", f.name as "place?", s.mode as "mode!",
                  s.duration_min as "duration_min!", s.buffer_before_min as "buffer_before_min!",
                  s.buffer_after_min as "buffer_after_min!", s.grid_min as "grid_min!", s.lead_min as "lead_min!",
                  s.horizon_days as "horizon_days!", s.price_amount as "price_amount!", s.currency as "currency!: Currency",
                  s.requires_approval as "requires_approval!", s.active as "active!", s.align_min as "align_min?",
                  s.daily_cap as "daily_cap?", s.weekly_cap as "weekly_cap?", s.reserve_min as "reserve_min!"
           from services s left join facilities f on f.id = s.facility_id
           where s.practitioner_id = $1 order by s.active desc, s.mode, s.id"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ServiceLine {
            id: row.id,
            place: row.place,
            active: row.active,
            offer: Offer {
                mode: row.mode.parse().unwrap_or(Mode::Video),
                facility: row.facility,
                duration_min: row.duration_min,
                buffer_before_min: row.buffer_before_min,
                buffer_after_min: row.buffer_after_min,
                grid_min: row.grid_min,
                lead_min: row.lead_min,
                horizon_days: row.horizon_days,
                align_min: row.align_min,
                daily_cap: row.daily_cap,
                weekly_cap: row.weekly_cap,
                reserve_min: row.reserve_min,
                price: Money::new(row.price_amount, row.currency),
                requires_approval: row.requires_approval,
            },
        })
        .collect())
}

/// Write what a doctor offers in a mode at a place; there is one such row, made or changed, and it is active again.
pub(crate) async fn upsert_service(tx: &mut Tx, doctor: PractitionerId, offer: &Offer) -> Result<ServiceId, db::Error> {
    let (id, now) = (tx.id::<ServiceId>(), tx.now());
    Ok(sqlx::query_scalar!(
        r#"insert into services (id, practitioner_id, facility_id, mode, duration_min, buffer_before_min, buffer_after_min, grid_min,
               lead_min, horizon_days, price_amount, currency, requires_approval, align_min, daily_cap, weekly_cap, reserve_min)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $15, $16, $17, $18)
           on conflict (practitioner_id, mode, facility_id) do update set duration_min = excluded.duration_min,
               buffer_before_min = excluded.buffer_before_min, buffer_after_min = excluded.buffer_after_min,
               grid_min = excluded.grid_min, lead_min = excluded.lead_min, horizon_days = excluded.horizon_days,
               price_amount = excluded.price_amount, currency = excluded.currency,
               requires_approval = excluded.requires_approval, align_min = excluded.align_min, daily_cap = excluded.daily_cap,
               weekly_cap = excluded.weekly_cap, reserve_min = excluded.reserve_min, active = true, updated_at = $14
           returning id as "id: ServiceId""#,
        id as ServiceId,
        doctor as PractitionerId,
        offer.facility as Option<FacilityId>,
        offer.mode.code(),
        offer.duration_min,
        offer.buffer_before_min,
        offer.buffer_after_min,
        offer.grid_min,
        offer.lead_min,
        offer.horizon_days,
        offer.price.amount,
        offer.price.currency as Currency,
        offer.requires_approval,
        now as Timestamp,
        offer.align_min,
        offer.daily_cap,
        offer.weekly_cap,
        offer.reserve_min
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn withdraw_service(tx: &mut Tx, doctor: PractitionerId, id: ServiceId) -> Result<bool, db::Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update services set active = false, updated_at = $3 where id = $1 and practitioner_id = $2",
        id as ServiceId,
        doctor as PractitionerId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Where this doctor may see patients in person.
pub(crate) async fn list_places(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<(FacilityId, String)>, db::Error> {
    let rows = sqlx::query!(
        r#"select f.id as "id!: FacilityId", f.name as "name!" from practice_places p join facilities f on f.id = p.facility_id
           where p.practitioner_id = $1 and f.active order by f.name"#,
        doctor as PractitionerId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
