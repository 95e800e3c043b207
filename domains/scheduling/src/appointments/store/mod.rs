//! All SQL of appointments and their events: here one at a time, in `lists` many, in `people` the names beside them.

use access::{Actor, Role};
use db::Tx;
use kernel::{
    Currency, Money, TimeSlot, Timestamp, Zone,
    ids::{AccountId, AppointmentId, ChargeId, EventId, FacilityId, PatientId, PolicyId, PractitionerId, ServiceId},
};

use super::book::Entry;
use super::model::{Appointment, By, State, Status, VisitStatus};
use crate::{
    cancellation::{Policy, Terms, store::tiers},
    slots::Mode,
};

pub(crate) mod desk;
pub(crate) mod lists;
pub(crate) mod people;

struct Row {
    id: AppointmentId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    service_id: ServiceId,
    facility_id: Option<FacilityId>,
    mode: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
    busy_from: Timestamp,
    busy_until: Timestamp,
    status: String,
    visit_status: String,
    hold_expires_at: Option<Timestamp>,
    price_amount: i64,
    currency: Currency,
    charge_id: Option<ChargeId>,
    policy_id: PolicyId,
    policy_version: i32,
    tier_hours: Vec<i32>,
    tier_points: Vec<i32>,
    free_moves: i32,
    move_until_hours: i32,
    no_show_points: i32,
    patient_zone: Zone,
    arrived_at: Option<Timestamp>,
    admitted_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    moves: i32,
    version: i32,
    created_at: Timestamp,
}

impl TryFrom<Row> for Appointment {
    type Error = db::Error;

    /// The columns are checked by the database; a code that is unknown here means a newer schema.
    fn try_from(row: Row) -> Result<Self, db::Error> {
        let unknown =
            |what: &str| db::Error::from(sqlx::Error::Decode(format!("appointments.{what} is not known").into()));
        let booking: Status = row.status.parse().map_err(|_| unknown("status"))?;
        let visit: VisitStatus = row.visit_status.parse().map_err(|_| unknown("visit_status"))?;
        Ok(Self {
            id: row.id,
            patient: row.patient_id,
            practitioner: row.practitioner_id,
            service: row.service_id,
            facility: row.facility_id,
            mode: row.mode.parse::<Mode>().map_err(|_| unknown("mode"))?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            busy: TimeSlot::new(row.busy_from, row.busy_until).ok_or_else(|| unknown("busy_from"))?,
            state: State::new(booking, visit),
            hold_expires_at: row.hold_expires_at,
            price: Money::new(row.price_amount, row.currency),
            charge: row.charge_id,
            policy: Policy {
                id: row.policy_id,
                version: row.policy_version,
                terms: Terms {
                    tiers: tiers(&row.tier_hours, &row.tier_points),
                    free_moves: row.free_moves,
                    move_until_hours: row.move_until_hours,
                    no_show_basis_points: u32::try_from(row.no_show_points).unwrap_or(0),
                },
            },
            patient_zone: row.patient_zone,
            arrived_at: row.arrived_at,
            admitted_at: row.admitted_at,
            ended_at: row.ended_at,
            closed_at: row.closed_at,
            moves: row.moves,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Reads appointments with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_appointments {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select a.id as "id: AppointmentId", a.patient_id as "patient_id: PatientId",
                  a.practitioner_id as "practitioner_id: PractitionerId", a.service_id as "service_id: ServiceId",
                  a.facility_id as "facility_id: FacilityId", a.mode, a.starts_at as "starts_at: Timestamp",
                  a.ends_at as "ends_at: Timestamp", a.busy_from as "busy_from: Timestamp", a.busy_until as "busy_until: Timestamp",
                  a.status, a.visit_status, a.hold_expires_at as "hold_expires_at: Timestamp", a.price_amount,
                  a.currency as "currency: Currency", a.charge_id as "charge_id: ChargeId",
                  a.policy_id as "policy_id: PolicyId", c.version as policy_version, c.tier_hours, c.tier_points, c.free_moves,
                  c.move_until_hours, c.no_show_points, a.patient_zone as "patient_zone: Zone",
                  a.arrived_at as "arrived_at: Timestamp", a.admitted_at as "admitted_at: Timestamp",
                  a.ended_at as "ended_at: Timestamp", a.closed_at as "closed_at: Timestamp", a.moves, a.version,
                  a.created_at as "created_at: Timestamp"
               from appointments a join cancellation_policies c on c.id = a.policy_id "# + $rest
            $(, $argument)*
        )
    };
}

/// One that this person has a part in, or any for an administrator. `None` for a foreign one as for an absent one.
pub async fn find_for(tx: &mut Tx, actor: &Actor, id: AppointmentId) -> Result<Option<Appointment>, db::Error> {
    let patients: Vec<uuid::Uuid> = actor.patients.iter().map(|p| p.uuid()).collect();
    let row = select_appointments!(
        "where a.id = $1 and (a.patient_id = any ($2) or a.practitioner_id = $3 or $4)",
        id as AppointmentId,
        &patients,
        actor.practitioner as Option<PractitionerId>,
        actor.is(Role::Administrator)
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// For the system's own work, in its context.
pub(crate) async fn find(tx: &mut Tx, id: AppointmentId) -> Result<Option<Appointment>, db::Error> {
    let row = select_appointments!("where a.id = $1", id as AppointmentId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// Holds the row until the transaction ends. Its key stays, so that others may refer to it meanwhile. Take `lock_people` first.
pub(crate) async fn lock(tx: &mut Tx, id: AppointmentId) -> Result<Option<Appointment>, db::Error> {
    let row = select_appointments!("where a.id = $1 for no key update of a", id as AppointmentId);
    let row = row.fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// Everybody who changes times of these two goes one after the other: the practitioner's lock first, then the patient's.
pub(crate) async fn lock_people(
    tx: &mut Tx,
    practitioner: PractitionerId,
    patient: PatientId,
) -> Result<(), db::Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('scheduling.practitioner/' || $1::text, 0)) as "practitioner!: ()",
                  pg_advisory_xact_lock(hashtextextended('scheduling.patient/' || $2::text, 0)) as "patient!: ()""#,
        practitioner.to_string(),
        patient.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Nobody takes, moves or frees a time of this doctor meanwhile.
pub(crate) async fn lock_practitioner(tx: &mut Tx, practitioner: PractitionerId) -> Result<(), db::Error> {
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended('scheduling.practitioner/' || $1::text, 0)) as "practitioner!: ()""#,
        practitioner.to_string()
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// Write down that holds of either of them which overlap this time are past their end. Returns which.
pub(crate) async fn set_lapsed(
    tx: &mut Tx,
    practitioner: PractitionerId,
    patient: PatientId,
    time: TimeSlot,
) -> Result<Vec<AppointmentId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select app.lapse_holds($1, $2, $3, $4, $5) as "id!: AppointmentId""#,
        practitioner as PractitionerId,
        patient as PatientId,
        time.starts_at() as Timestamp,
        time.ends_at() as Timestamp,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What this patient holds or has asked for and that has not lapsed.
pub(crate) async fn list_open_holds(tx: &mut Tx, patient: PatientId) -> Result<Vec<Appointment>, db::Error> {
    let now = tx.now();
    let rows = select_appointments!(
        "where a.patient_id = $1 and a.status in ('requested', 'held') and a.hold_expires_at > $2 order by a.id",
        patient as PatientId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// An active appointment of the patient that overlaps this time, other than `except`.
pub(crate) async fn find_overlap(
    tx: &mut Tx,
    patient: PatientId,
    time: TimeSlot,
    except: Option<AppointmentId>,
) -> Result<Option<AppointmentId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select id as "id: AppointmentId" from appointments
           where patient_id = $1 and starts_at < $3 and ends_at > $2 and id is distinct from $4
             and (status = 'confirmed' or (status in ('requested', 'held') and hold_expires_at > $5)) limit 1"#,
        patient as PatientId,
        time.starts_at() as Timestamp,
        time.ends_at() as Timestamp,
        except as Option<AppointmentId>,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// When the patient has something between two instants.
pub(crate) async fn list_times(
    tx: &mut Tx,
    patient: PatientId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<TimeSlot>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select starts_at as "starts_at: Timestamp", ends_at as "ends_at: Timestamp" from appointments
           where patient_id = $1 and starts_at < $3 and ends_at > $2
             and (status = 'confirmed' or (status in ('requested', 'held') and hold_expires_at > $4))"#,
        patient as PatientId,
        from as Timestamp,
        to as Timestamp,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().filter_map(|row| TimeSlot::new(row.starts_at, row.ends_at)).collect())
}

/// With the charge that was raised for it and the sealed reason, where there are any.
pub(crate) async fn insert(tx: &mut Tx, new: &Appointment, entry: &Entry<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into appointments (id, patient_id, practitioner_id, service_id, facility_id, mode, starts_at, ends_at, busy_from,
             busy_until, status, visit_status, hold_expires_at, price_amount, currency, policy_id, patient_zone, booked_by,
             charge_id, reason_sealed, overbooked, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22)",
        new.id as AppointmentId,
        new.patient as PatientId,
        new.practitioner as PractitionerId,
        new.service as ServiceId,
        new.facility as Option<FacilityId>,
        new.mode.code(),
        new.starts_at as Timestamp,
        new.ends_at as Timestamp,
        new.busy.starts_at() as Timestamp,
        new.busy.ends_at() as Timestamp,
        new.state.booking.code(),
        new.state.visit.code(),
        new.hold_expires_at as Option<Timestamp>,
        new.price.amount,
        new.price.currency as Currency,
        new.policy.id as PolicyId,
        &new.patient_zone as &Zone,
        entry.by.account() as Option<AccountId>,
        new.charge as Option<ChargeId>,
        entry.reason,
        entry.overbooked,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Everything that commands change, if nobody changed it since `version`. Returns whether it did.
pub(crate) async fn set(tx: &mut Tx, changed: &Appointment, version: i32) -> Result<bool, db::Error> {
    let now = tx.now();
    let done = sqlx::query!(
        "update appointments set starts_at = $3, ends_at = $4, busy_from = $5, busy_until = $6, status = $7, visit_status = $8,
             hold_expires_at = $9, charge_id = $10, arrived_at = $11, admitted_at = $12, ended_at = $13, closed_at = $14,
             moves = $15, version = $16, updated_at = $17
         where id = $1 and version = $2",
        changed.id as AppointmentId,
        version,
        changed.starts_at as Timestamp,
        changed.ends_at as Timestamp,
        changed.busy.starts_at() as Timestamp,
        changed.busy.ends_at() as Timestamp,
        changed.state.booking.code(),
        changed.state.visit.code(),
        changed.hold_expires_at as Option<Timestamp>,
        changed.charge as Option<ChargeId>,
        changed.arrived_at as Option<Timestamp>,
        changed.admitted_at as Option<Timestamp>,
        changed.ended_at as Option<Timestamp>,
        changed.closed_at as Option<Timestamp>,
        changed.moves,
        changed.version,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn set_charge(tx: &mut Tx, id: AppointmentId, charge: ChargeId) -> Result<(), db::Error> {
    sqlx::query!("update appointments set charge_id = $2 where id = $1", id as AppointmentId, charge as ChargeId)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What is to be paid changes with a voucher, while the time is held.
pub(crate) async fn set_price(tx: &mut Tx, id: AppointmentId, price: Money) -> Result<(), db::Error> {
    sqlx::query!(
        "update appointments set price_amount = $2 where id = $1 and currency = $3",
        id as AppointmentId,
        price.amount,
        price.currency as Currency
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_reason(tx: &mut Tx, id: AppointmentId, sealed: &[u8]) -> Result<(), db::Error> {
    sqlx::query!("update appointments set reason_sealed = $2 where id = $1", id as AppointmentId, sealed)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The sealed reason, if there is one. It cannot be had without its row of the audit trail.
pub(crate) async fn find_reason(
    tx: &mut Tx,
    id: AppointmentId,
    purpose: &'static str,
) -> Result<Option<Vec<u8>>, db::Error> {
    let found = sqlx::query!(
        r#"select reason_sealed as "sealed!", audit.append('read', 'visit_reason', id, patient_id, $2) as seq
           from appointments where id = $1 and reason_sealed is not null"#,
        id as AppointmentId,
        purpose,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.map(|row| row.sealed))
}

/// One line of an appointment's history.
pub(crate) struct NewEvent<'a> {
    pub(crate) verb: &'static str,
    pub(crate) before: Option<&'a Appointment>,
    pub(crate) after: &'a Appointment,
    pub(crate) by: By,
    pub(crate) reason: Option<&'static str>,
}

pub(crate) async fn insert_event(tx: &mut Tx, event: NewEvent<'_>) -> Result<(), db::Error> {
    let (now, id) = (tx.now(), tx.id::<EventId>());
    let NewEvent { verb, before, after, by, reason } = event;
    sqlx::query!(
        "insert into appointment_events (id, appointment_id, patient_id, practitioner_id, version, verb, before_status, after_status,
             before_visit, after_visit, before_starts_at, after_starts_at, actor_account_id, actor_role, reason_code, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        id as EventId,
        after.id as AppointmentId,
        after.patient as PatientId,
        after.practitioner as PractitionerId,
        after.version,
        verb,
        before.map(|a| a.state.booking.code()),
        after.state.booking.code(),
        before.map(|a| a.state.visit.code()),
        after.state.visit.code(),
        before.map(|a| a.starts_at) as Option<Timestamp>,
        after.starts_at as Timestamp,
        by.account() as Option<AccountId>,
        by.role(),
        reason,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// This has happened to the appointment at some time.
pub(crate) async fn has_event(tx: &mut Tx, id: AppointmentId, verb: &str) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from appointment_events where appointment_id = $1 and verb = $2) as "happened!""#,
        id as AppointmentId,
        verb
    )
    .fetch_one(tx.conn())
    .await?)
}

/// A turn in a doctor's waiting room.
pub(crate) struct QueueRow {
    pub(crate) ahead: i32,
    pub(crate) ahead_min: i32,
    pub(crate) current_since: Option<Timestamp>,
    pub(crate) current_min: Option<i32>,
    pub(crate) median_min: Option<i32>,
}

pub(crate) async fn find_queue(
    tx: &mut Tx,
    id: AppointmentId,
    day_start: Timestamp,
    day_end: Timestamp,
) -> Result<Option<QueueRow>, db::Error> {
    Ok(sqlx::query_as!(
        QueueRow,
        r#"select ahead as "ahead!", ahead_min as "ahead_min!", current_since as "current_since: Timestamp", current_min, median_min
           from app.queue_of($1, $2, $3)"#,
        id as AppointmentId,
        day_start as Timestamp,
        day_end as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}
