//! All SQL of the waiting list and of what is offered to it.

use access::{Actor, Role};
use db::Tx;
use kernel::{
    Cursor, LocalDate, Page, PageRequest, Timestamp, Zone,
    ids::{AccountId, AppointmentId, PatientId, PractitionerId, ServiceId, WaitingId},
};

use super::model::{Offer, OfferStatus, Sought, Suits, Waiting, WaitingStatus};
use crate::slots::{Mode, WallTime};

struct Row {
    id: WaitingId,
    patient_id: PatientId,
    practitioner_id: Option<PractitionerId>,
    service_id: Option<ServiceId>,
    specialty: Option<String>,
    mode: String,
    from_day: LocalDate,
    until_day: LocalDate,
    weekdays: Vec<i16>,
    starts_min: i16,
    ends_min: i16,
    patient_zone: Zone,
    acuity: i16,
    status: String,
    joined_at: Timestamp,
}

fn unknown(what: &str) -> db::Error {
    sqlx::Error::Decode(format!("{what} is not known").into()).into()
}

impl TryFrom<Row> for Waiting {
    type Error = db::Error;

    fn try_from(row: Row) -> Result<Self, db::Error> {
        let sought = match (row.practitioner_id, row.service_id, row.specialty) {
            (Some(practitioner), Some(service), None) => Sought::Doctor { practitioner, service },
            (None, None, Some(specialty)) => Sought::Specialty(specialty),
            _ => return Err(unknown("waiting_list.specialty")),
        };
        let wall = |minutes: i16| WallTime::from_minutes(i64::from(minutes) % 1440).unwrap_or(WallTime::midnight());
        Ok(Self {
            id: row.id,
            patient: row.patient_id,
            sought,
            mode: row.mode.parse::<Mode>().map_err(|_| unknown("waiting_list.mode"))?,
            suits: Suits {
                from_day: row.from_day,
                until_day: row.until_day,
                weekdays: row.weekdays.into_iter().filter_map(|day| u8::try_from(day).ok()).collect(),
                starts: wall(row.starts_min),
                ends: wall(row.ends_min),
                zone: row.patient_zone,
            },
            acuity: u8::try_from(row.acuity).unwrap_or(4),
            status: WaitingStatus::read(&row.status).ok_or_else(|| unknown("waiting_list.status"))?,
            joined_at: row.joined_at,
        })
    }
}

/// Reads places on the list with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_waiting {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select w.id as "id: WaitingId", w.patient_id as "patient_id: PatientId",
                  w.practitioner_id as "practitioner_id: PractitionerId", w.service_id as "service_id: ServiceId", w.specialty, w.mode,
                  w.from_day as "from_day: LocalDate", w.until_day as "until_day: LocalDate", w.weekdays, w.starts_min, w.ends_min,
                  w.patient_zone as "patient_zone: Zone", w.acuity, w.status, w.joined_at as "joined_at: Timestamp"
               from waiting_list w "# + $rest
            $(, $argument)*
        )
    };
}

pub(super) async fn insert(tx: &mut Tx, new: &Waiting, by: AccountId) -> Result<(), db::Error> {
    let now = tx.now();
    let (practitioner, service, specialty) = match &new.sought {
        Sought::Doctor { practitioner, service } => (Some(*practitioner), Some(*service), None),
        Sought::Specialty(code) => (None, None, Some(code.as_str())),
    };
    let weekdays: Vec<i16> = new.suits.weekdays.iter().map(|day| i16::from(*day)).collect();
    let (starts, ends) = new.suits.minutes();
    sqlx::query!(
        "insert into waiting_list (id, patient_id, practitioner_id, service_id, specialty, mode, from_day, until_day, weekdays,
             starts_min, ends_min, patient_zone, joined_at, joined_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $13)",
        new.id as WaitingId,
        new.patient as PatientId,
        practitioner as Option<PractitionerId>,
        service as Option<ServiceId>,
        specialty,
        new.mode.code(),
        new.suits.from_day as LocalDate,
        new.suits.until_day as LocalDate,
        &weekdays,
        i16::try_from(starts).unwrap_or(0),
        i16::try_from(ends).unwrap_or(1440),
        &new.suits.zone as &Zone,
        now as Timestamp,
        by as AccountId
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Write down which places of this patient are over, so that they may join again.
pub(super) async fn set_over(tx: &mut Tx, patient: PatientId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update waiting_list set status = 'over', closed_at = $2, updated_at = $2
         where patient_id = $1 and status = 'waiting' and until_day < ($2::timestamptz at time zone patient_zone)::date",
        patient as PatientId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn count_waiting(tx: &mut Tx, patient: PatientId) -> Result<i64, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from waiting_list where patient_id = $1 and status = 'waiting'"#,
        patient as PatientId
    )
    .fetch_one(tx.conn())
    .await?)
}

/// A service that can be waited for: offered, and given without asking the doctor first.
pub(super) async fn find_service(tx: &mut Tx, service: ServiceId) -> Result<Option<(PractitionerId, Mode)>, db::Error> {
    let row = sqlx::query!(
        r#"select s.practitioner_id as "doctor: PractitionerId", s.mode
           from services s join practitioners p on p.id = s.practitioner_id and p.status = 'published'
           where s.id = $1 and s.active and not s.requires_approval"#,
        service as ServiceId
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| Ok((row.doctor, row.mode.parse().map_err(|_| unknown("services.mode"))?))).transpose()
}

pub(super) async fn is_specialty(tx: &mut Tx, code: &str) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(r#"select exists (select from specialties where code = $1) as "known!""#, code)
        .fetch_one(tx.conn())
        .await?)
}

/// One that this person has a part in: who waits, the doctor who is waited for, an administrator.
pub async fn find_for(tx: &mut Tx, actor: &Actor, id: WaitingId) -> Result<Option<Waiting>, db::Error> {
    let patients: Vec<uuid::Uuid> = actor.patients.iter().map(|p| p.uuid()).collect();
    let row = select_waiting!(
        "where w.id = $1 and (w.patient_id = any ($2) or w.practitioner_id = $3 or $4)",
        id as WaitingId,
        &patients,
        actor.practitioner as Option<PractitionerId>,
        actor.is(Role::Administrator)
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// Holds the row until the transaction ends. Take the locks of people first.
pub(super) async fn lock(tx: &mut Tx, id: WaitingId) -> Result<Option<Waiting>, db::Error> {
    let row = select_waiting!("where w.id = $1 for update", id as WaitingId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// Who waits for this doctor and has nothing to answer, the first of them first.
pub(super) async fn list_first(tx: &mut Tx, doctor: PractitionerId, at_most: i64) -> Result<Vec<Waiting>, db::Error> {
    let now = tx.now();
    let rows = select_waiting!(
        "where w.status = 'waiting' and w.until_day >= ($2::timestamptz at time zone w.patient_zone)::date
           and (w.practitioner_id = $1 or w.specialty in (select unnest(p.specialties) from practitioners p where p.id = $1))
           and not exists (select from waiting_offers o join appointments a on a.id = o.appointment_id
                where o.waiting_id = w.id and o.status = 'open' and a.status = 'held' and a.hold_expires_at > $2)
         order by w.acuity, (select count(*) from waiting_offers o where o.waiting_id = w.id and o.status in ('open', 'lapsed')),
           w.joined_at, w.id limit $3",
        doctor as PractitionerId,
        now as Timestamp,
        at_most
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Starts of services that this place was asked about before.
pub(super) async fn list_asked(tx: &mut Tx, id: WaitingId) -> Result<Vec<(ServiceId, Timestamp)>, db::Error> {
    let rows = sqlx::query!(
        r#"select service_id as "service: ServiceId", starts_at as "starts_at: Timestamp" from waiting_offers where waiting_id = $1"#,
        id as WaitingId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.service, row.starts_at)).collect())
}

/// Doctors for whom somebody waits.
pub(super) async fn list_sought(tx: &mut Tx) -> Result<Vec<PractitionerId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select p.id as "id: PractitionerId" from practitioners p
           where p.status = 'published' and exists (select from waiting_list w where w.status = 'waiting'
                and w.until_day >= ($1::timestamptz at time zone w.patient_zone)::date
                and (w.practitioner_id = p.id or w.specialty = any (p.specialties)))
           order by p.id"#,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What was offered to this place and not answered has lapsed, or its time was given up otherwise.
pub(super) async fn set_lapsed(tx: &mut Tx, id: WaitingId) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update waiting_offers set status = 'lapsed', answered_at = $2, updated_at = $2 where waiting_id = $1 and status = 'open'",
        id as WaitingId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) struct NewOffer {
    pub(super) appointment: AppointmentId,
    pub(super) waiting: WaitingId,
    pub(super) patient: PatientId,
    pub(super) practitioner: PractitionerId,
    pub(super) service: ServiceId,
    pub(super) starts_at: Timestamp,
    pub(super) answer_until: Timestamp,
}

pub(super) async fn insert_offer(tx: &mut Tx, new: &NewOffer) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into waiting_offers (appointment_id, waiting_id, patient_id, practitioner_id, service_id, starts_at, answer_until,
             created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        new.appointment as AppointmentId,
        new.waiting as WaitingId,
        new.patient as PatientId,
        new.practitioner as PractitionerId,
        new.service as ServiceId,
        new.starts_at as Timestamp,
        new.answer_until as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

struct OfferRow {
    appointment_id: AppointmentId,
    waiting_id: WaitingId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    status: String,
    answer_until: Timestamp,
}

impl TryFrom<OfferRow> for Offer {
    type Error = db::Error;

    fn try_from(row: OfferRow) -> Result<Self, db::Error> {
        Ok(Self {
            appointment: row.appointment_id,
            waiting: row.waiting_id,
            patient: row.patient_id,
            practitioner: row.practitioner_id,
            status: OfferStatus::read(&row.status).ok_or_else(|| unknown("waiting_offers.status"))?,
            answer_until: row.answer_until,
        })
    }
}

/// What was offered to one of this person's patients. An offer whose time was given up in another way has lapsed.
pub async fn find_offer_for(
    tx: &mut Tx,
    actor: &Actor,
    appointment: AppointmentId,
) -> Result<Option<Offer>, db::Error> {
    let patients: Vec<uuid::Uuid> = actor.patients.iter().map(|p| p.uuid()).collect();
    let row = sqlx::query_as!(
        OfferRow,
        r#"select o.appointment_id as "appointment_id: AppointmentId", o.waiting_id as "waiting_id: WaitingId",
                  o.patient_id as "patient_id: PatientId", o.practitioner_id as "practitioner_id: PractitionerId",
                  case when o.status = 'open' and a.status <> 'held' then 'lapsed' else o.status end as "status!",
                  o.answer_until as "answer_until: Timestamp"
           from waiting_offers o join appointments a on a.id = o.appointment_id
           where o.appointment_id = $1 and o.patient_id = any ($2)"#,
        appointment as AppointmentId,
        &patients
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// The time that is offered to this place and may still be taken.
pub(super) async fn find_open_offer(tx: &mut Tx, id: WaitingId) -> Result<Option<AppointmentId>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select o.appointment_id as "appointment: AppointmentId" from waiting_offers o join appointments a on a.id = o.appointment_id
           where o.waiting_id = $1 and o.status = 'open' and a.status = 'held' and a.hold_expires_at > $2"#,
        id as WaitingId,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(super) async fn set_answered(
    tx: &mut Tx,
    appointment: AppointmentId,
    status: OfferStatus,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update waiting_offers set status = $2, answered_at = $3, updated_at = $3 where appointment_id = $1 and status = 'open'",
        appointment as AppointmentId,
        status.code(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_closed(tx: &mut Tx, id: WaitingId, status: WaitingStatus) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update waiting_list set status = $2, closed_at = $3, updated_at = $3 where id = $1 and status = 'waiting'",
        id as WaitingId,
        status.code(),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn set_acuity(tx: &mut Tx, id: WaitingId, acuity: u8) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update waiting_list set acuity = $2, updated_at = $3 where id = $1",
        id as WaitingId,
        i16::from(acuity),
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How many offers wait for an answer of these patients.
pub(crate) async fn count_open_offers(tx: &mut Tx, patients: &[PatientId]) -> Result<i64, db::Error> {
    let now = tx.now();
    let ids: Vec<uuid::Uuid> = patients.iter().map(|p| p.uuid()).collect();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from waiting_offers o join appointments a on a.id = o.appointment_id
           where o.patient_id = any ($1) and o.status = 'open' and a.status = 'held' and a.hold_expires_at > $2"#,
        &ids,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// A place with the names beside it, ready for its line.
pub(super) struct Line {
    pub(super) waiting: Waiting,
    pub(super) doctor: Option<String>,
    pub(super) doctor_slug: Option<String>,
    /// `None` where the reader may not know the name.
    pub(super) patient: Option<String>,
    /// What is to be answered now.
    pub(super) open_offer: Option<AppointmentId>,
}

struct LineRow {
    id: WaitingId,
    doctor: Option<String>,
    doctor_slug: Option<String>,
    patient: Option<String>,
    open_offer: Option<AppointmentId>,
}

/// Names and open offers of these places.
async fn beside(tx: &mut Tx, ids: &[uuid::Uuid]) -> Result<Vec<LineRow>, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        LineRow,
        r#"select w.id as "id!: WaitingId", d.full_name as "doctor?", d.slug as "doctor_slug?",
                  coalesce(p.preferred_name, p.full_name) as "patient?",
                  (select o.appointment_id from waiting_offers o join appointments a on a.id = o.appointment_id
                   where o.waiting_id = w.id and o.status = 'open' and a.status = 'held' and a.hold_expires_at > $2
                   limit 1) as "open_offer?: AppointmentId"
           from waiting_list w
           left join practitioners d on d.id = w.practitioner_id
           left join patients p on p.id = w.patient_id
           where w.id = any ($1)"#,
        ids,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn lines(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Line>, db::Error> {
    let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    let mut names = beside(tx, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let found = names.iter().position(|one| one.id == row.id).map(|place| names.swap_remove(place));
            let waiting: Waiting = row.try_into()?;
            let (doctor, doctor_slug, patient, open_offer) =
                found.map_or((None, None, None, None), |n| (n.doctor, n.doctor_slug, n.patient, n.open_offer));
            Ok(Line { waiting, doctor, doctor_slug, patient, open_offer })
        })
        .collect()
}

fn cursor_of(line: &Line) -> String {
    format!("{}_{}", line.waiting.joined_at.micros(), line.waiting.id)
}

fn after(request: &PageRequest) -> (Option<Timestamp>, Option<uuid::Uuid>) {
    let read = |Cursor(text): &Cursor| {
        let (micros, id) = text.split_once('_')?;
        Some((Timestamp::from_micros(micros.parse().ok()?), id.parse().ok()?))
    };
    request.cursor.as_ref().and_then(read).unzip()
}

/// Places of these patients, the latest first.
pub(super) async fn list_of_patients(
    tx: &mut Tx,
    patients: &[PatientId],
    request: &PageRequest,
) -> Result<Page<Line>, db::Error> {
    let ids: Vec<uuid::Uuid> = patients.iter().map(|p| p.uuid()).collect();
    let (until, id) = after(request);
    let rows = select_waiting!(
        "where w.patient_id = any ($1) and ($2::timestamptz is null or (w.joined_at, w.id) < ($2, $3))
         order by w.joined_at desc, w.id desc limit $4",
        &ids,
        until as Option<Timestamp>,
        id,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let found = lines(tx, rows).await?;
    Ok(Page::from_rows(found, request, cursor_of))
}

/// Whoever waits, for one doctor or (for the desk) for anybody, who came first first.
pub(super) async fn list_waiting(
    tx: &mut Tx,
    doctor: Option<PractitionerId>,
    request: &PageRequest,
) -> Result<Page<Line>, db::Error> {
    let now = tx.now();
    let (since, id) = after(request);
    let rows = select_waiting!(
        "where w.status = 'waiting' and w.until_day >= ($2::timestamptz at time zone w.patient_zone)::date
           and ($1::uuid is null or w.practitioner_id = $1) and ($3::timestamptz is null or (w.joined_at, w.id) > ($3, $4))
         order by w.joined_at, w.id limit $5",
        doctor as Option<PractitionerId>,
        now as Timestamp,
        since as Option<Timestamp>,
        id,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let found = lines(tx, rows).await?;
    Ok(Page::from_rows(found, request, cursor_of))
}
