//! Lists of appointments, each row ready for its line.

use db::Tx;
use kernel::{
    Currency, Cursor, Money, Page, PageRequest, Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PractitionerId},
};

use super::super::model::{Status, VisitStatus};
use crate::slots::Mode;

/// One line of a list.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) id: AppointmentId,
    pub(crate) doctor: String,
    pub(crate) doctor_slug: String,
    pub(crate) specialties: Vec<String>,
    /// None where the reader may not know the name.
    pub(crate) patient: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) mode: Mode,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) status: Status,
    pub(crate) visit: VisitStatus,
    pub(crate) price: Money,
    pub(crate) hold_expires_at: Option<Timestamp>,
    pub(crate) version: i32,
}

struct Row {
    id: AppointmentId,
    doctor: String,
    doctor_slug: String,
    specialties: Vec<String>,
    patient: Option<String>,
    place: Option<String>,
    mode: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
    status: String,
    visit_status: String,
    price_amount: i64,
    currency: Currency,
    hold_expires_at: Option<Timestamp>,
    version: i32,
}

impl Row {
    fn line(self, now: Timestamp) -> Result<Line, db::Error> {
        let unknown =
            |what: &str| db::Error::from(sqlx::Error::Decode(format!("appointments.{what} is not known").into()));
        let written: Status = self.status.parse().map_err(|_| unknown("status"))?;
        let lapsed = written.lapses() && self.hold_expires_at.is_some_and(|end| end <= now);
        Ok(Line {
            id: self.id,
            doctor: self.doctor,
            doctor_slug: self.doctor_slug,
            specialties: self.specialties,
            patient: self.patient,
            place: self.place,
            mode: self.mode.parse().map_err(|_| unknown("mode"))?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            status: if lapsed { Status::Expired } else { written },
            visit: self.visit_status.parse().map_err(|_| unknown("visit_status"))?,
            price: Money::new(self.price_amount, self.currency),
            hold_expires_at: self.hold_expires_at,
            version: self.version,
        })
    }
}

macro_rules! select_lines {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select a.id as "id!: AppointmentId", d.full_name as "doctor!", d.slug as "doctor_slug!", d.specialties as "specialties!",
                  coalesce(p.preferred_name, p.full_name) as "patient?", f.name as "place?", a.mode as "mode!",
                  a.starts_at as "starts_at!: Timestamp", a.ends_at as "ends_at!: Timestamp", a.status as "status!",
                  a.visit_status as "visit_status!",
                  a.price_amount as "price_amount!", a.currency as "currency!: Currency",
                  a.hold_expires_at as "hold_expires_at?: Timestamp", a.version as "version!"
               from appointments a
               join practitioners d on d.id = a.practitioner_id
               left join patients p on p.id = a.patient_id
               left join facilities f on f.id = a.facility_id "# + $rest
            $(, $argument)*
        )
    };
}

fn lines(rows: Vec<Row>, now: Timestamp) -> Result<Vec<Line>, db::Error> {
    rows.into_iter().map(|row| row.line(now)).collect()
}

/// Where a list of appointments goes on: instant and id of the last line.
fn cursor_of(line: &Line) -> String {
    format!("{}_{}", line.starts_at.micros(), line.id)
}

fn after(request: &PageRequest) -> Option<(Timestamp, uuid::Uuid)> {
    let Cursor(text) = request.cursor.as_ref()?;
    let (micros, id) = text.split_once('_')?;
    Some((Timestamp::from_micros(micros.parse().ok()?), id.parse().ok()?))
}

/// What still lies ahead for these patients: taken times that have not ended, soonest first.
pub(crate) async fn upcoming(
    tx: &mut Tx,
    patients: &[PatientId],
    request: &PageRequest,
) -> Result<Page<Line>, db::Error> {
    let now = tx.now();
    let ids: Vec<uuid::Uuid> = patients.iter().map(|p| p.uuid()).collect();
    let (since, id) = after(request).unzip();
    let rows = select_lines!(
        "where a.patient_id = any ($1) and a.ends_at > $2::timestamptz - interval '30 minutes'
           and (a.status = 'confirmed' or (a.status in ('requested', 'held') and a.hold_expires_at > $2))
           and ($3::timestamptz is null or (a.starts_at, a.id) > ($3, $4))
         order by a.starts_at, a.id limit $5",
        &ids,
        now as Timestamp,
        since as Option<Timestamp>,
        id,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(lines(rows, now)?, request, cursor_of))
}

/// What lies behind these patients, or came to nothing, latest first.
pub(crate) async fn past(tx: &mut Tx, patients: &[PatientId], request: &PageRequest) -> Result<Page<Line>, db::Error> {
    let now = tx.now();
    let ids: Vec<uuid::Uuid> = patients.iter().map(|p| p.uuid()).collect();
    let (until, id) = after(request).unzip();
    let rows = select_lines!(
        "where a.patient_id = any ($1)
           and not (a.ends_at > $2::timestamptz - interval '30 minutes'
                and (a.status = 'confirmed' or (a.status in ('requested', 'held') and a.hold_expires_at > $2)))
           and ($3::timestamptz is null or (a.starts_at, a.id) < ($3, $4))
         order by a.starts_at desc, a.id desc limit $5",
        &ids,
        now as Timestamp,
        until as Option<Timestamp>,
        id,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(lines(rows, now)?, request, cursor_of))
}

/// All of these patients and of this doctor, latest first, for the API.
pub(crate) async fn of_people(
    tx: &mut Tx,
    patients: &[PatientId],
    doctor: Option<PractitionerId>,
    request: &PageRequest,
) -> Result<Page<Line>, db::Error> {
    let now = tx.now();
    let ids: Vec<uuid::Uuid> = patients.iter().map(|p| p.uuid()).collect();
    let (until, id) = after(request).unzip();
    let rows = select_lines!(
        "where (a.patient_id = any ($1) or a.practitioner_id = $2) and ($3::timestamptz is null or (a.starts_at, a.id) < ($3, $4))
         order by a.starts_at desc, a.id desc limit $5",
        &ids,
        doctor as Option<PractitionerId>,
        until as Option<Timestamp>,
        id,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(lines(rows, now)?, request, cursor_of))
}

/// What waits for the doctor's answer, the nearest end of patience first.
pub(crate) async fn requests(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Line>, db::Error> {
    let now = tx.now();
    let rows = select_lines!(
        "where a.practitioner_id = $1 and a.status = 'requested' and a.hold_expires_at > $2 order by a.hold_expires_at, a.id limit 100",
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    lines(rows, now)
}

/// What an administrator looks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) status: Option<Status>,
    pub(crate) doctor: Option<PractitionerId>,
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
}

impl Filter {
    fn narrows(&self) -> bool {
        self.status.is_some() || self.doctor.is_some() || self.from.is_some() || self.to.is_some()
    }
}

pub(crate) async fn all(tx: &mut Tx, filter: &Filter, request: &PageRequest) -> Result<Page<Line>, db::Error> {
    let now = tx.now();
    let (until, id) = after(request).unzip();
    if !filter.narrows() {
        // The index in its own order, as far as the page goes.
        let rows = select_lines!(
            "where (a.starts_at, a.id) < (coalesce($1, 'infinity'::timestamptz), coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
             order by a.starts_at desc, a.id desc limit $3",
            until as Option<Timestamp>,
            id,
            request.limit() + 1
        )
        .fetch_all(tx.conn())
        .await?;
        return Ok(Page::from_rows(lines(rows, now)?, request, cursor_of));
    }
    tx.plan_for_values().await?;
    let rows = select_lines!(
        "where ($1::text is null or $1 = case when a.status in ('requested', 'held') and a.hold_expires_at <= $2
                then 'expired' else a.status end)
           and ($3::uuid is null or a.practitioner_id = $3)
           and ($4::timestamptz is null or a.starts_at >= $4) and ($5::timestamptz is null or a.starts_at < $5)
           and ($6::timestamptz is null or (a.starts_at, a.id) < ($6, $7))
         order by a.starts_at desc, a.id desc limit $8",
        filter.status.map(Status::code),
        now as Timestamp,
        filter.doctor as Option<PractitionerId>,
        filter.from as Option<Timestamp>,
        filter.to as Option<Timestamp>,
        until as Option<Timestamp>,
        id,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(lines(rows, now)?, request, cursor_of))
}

/// One line of the history of an appointment.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub(crate) verb: String,
    pub(crate) role: String,
    pub(crate) reason: Option<String>,
    pub(crate) at: Timestamp,
}

pub(crate) async fn history(tx: &mut Tx, id: AppointmentId) -> Result<Vec<Happened>, db::Error> {
    Ok(sqlx::query_as!(
        Happened,
        r#"select verb, actor_role as role, reason_code as reason, at as "at: Timestamp" from appointment_events
           where appointment_id = $1 order by version"#,
        id as AppointmentId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Charges of appointments that took place, or that their patient missed or called off, whose shares do not know it yet.
pub(crate) async fn list_ended_with_waiting_money(
    tx: &mut Tx,
    limit: i64,
) -> Result<Vec<(ChargeId, Timestamp)>, db::Error> {
    let rows = sqlx::query!(
        r#"select a.charge_id as "charge!: ChargeId",
                  coalesce(a.ended_at, a.closed_at, a.ends_at) as "at!: Timestamp"
           from payee_shares s join appointments a on a.charge_id = s.charge_id
           where s.completed_at is null and s.carried_at is null
             and a.status in ('fulfilled', 'no_show_patient', 'cancelled_by_patient')
           order by s.id limit $1"#,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.charge, row.at)).collect())
}
