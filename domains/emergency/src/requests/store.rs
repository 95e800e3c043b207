//! All SQL of urgent requests, judgements and steps.

use db::Tx;
use kernel::{
    Locale, Timestamp, Zone,
    ids::{AccountId, AppointmentId, PatientId, PractitionerId, UrgentRequestId},
};

use super::model::{Request, Rung, Status};
use crate::acuity::{Acuity, Source};

struct Row {
    id: UrgentRequestId,
    patient_id: Option<PatientId>,
    country: Option<String>,
    locale: String,
    time_zone: Zone,
    acuity: i16,
    status: String,
    rung: String,
    step: i32,
    next_at: Timestamp,
    promised_by: Timestamp,
    practitioner_id: Option<PractitionerId>,
    appointment_id: Option<AppointmentId>,
    held_until: Option<Timestamp>,
    is_override: bool,
    created_at: Timestamp,
}

impl TryFrom<Row> for Request {
    type Error = db::Error;

    fn try_from(row: Row) -> Result<Self, db::Error> {
        let unknown =
            |what: &str| db::Error::from(sqlx::Error::Decode(format!("urgent_requests.{what} is not known").into()));
        Ok(Self {
            id: row.id,
            patient: row.patient_id,
            country: row.country,
            locale: row.locale.parse().unwrap_or_default(),
            zone: row.time_zone,
            acuity: Acuity::try_from(row.acuity).map_err(|_| unknown("acuity"))?,
            status: Status::read(&row.status).ok_or_else(|| unknown("status"))?,
            rung: Rung::read(&row.rung).ok_or_else(|| unknown("rung"))?,
            step: row.step,
            next_at: row.next_at,
            promised_by: row.promised_by,
            practitioner: row.practitioner_id,
            appointment: row.appointment_id,
            held_until: row.held_until,
            is_override: row.is_override,
            created_at: row.created_at,
        })
    }
}

/// Reads requests with one list of columns: the rest of the statement and its arguments follow.
macro_rules! select_requests {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select r.id as "id: UrgentRequestId", r.patient_id as "patient_id: PatientId", r.country, r.locale,
                  r.time_zone as "time_zone: Zone", r.acuity, r.status, r.rung, r.step, r.next_at as "next_at: Timestamp",
                  r.promised_by as "promised_by: Timestamp", r.practitioner_id as "practitioner_id: PractitionerId",
                  r.appointment_id as "appointment_id: AppointmentId", r.held_until as "held_until: Timestamp", r.is_override,
                  r.created_at as "created_at: Timestamp"
               from urgent_requests r "# + $rest
            $(, $argument)*
        )
    };
}

/// Of these patients, or of the guest with this token. `None` for a foreign one as for an absent one.
pub(crate) async fn find_for(
    tx: &mut Tx,
    id: UrgentRequestId,
    patients: &[PatientId],
    guest_mac: Option<&[u8]>,
) -> Result<Option<Request>, db::Error> {
    let patients: Vec<uuid::Uuid> = patients.iter().map(|p| p.uuid()).collect();
    let row = select_requests!(
        "where r.id = $1 and (r.patient_id = any ($2) or (r.patient_id is null and r.guest_mac = $3))",
        id as UrgentRequestId,
        &patients,
        guest_mac
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// The open one of this patient or guest, latest first.
pub(crate) async fn find_open(
    tx: &mut Tx,
    patient: Option<PatientId>,
    guest_mac: Option<&[u8]>,
) -> Result<Option<Request>, db::Error> {
    let now = tx.now();
    let row = select_requests!(
        "where (r.patient_id = $1 or (r.patient_id is null and r.guest_mac = $2)) and r.status in ('seeking', 'accepted')
           and coalesce(r.held_until > $3, true) order by r.created_at desc limit 1",
        patient as Option<PatientId>,
        guest_mac,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// Holds the row until the transaction ends. The system's context only.
pub(crate) async fn lock(tx: &mut Tx, id: UrgentRequestId) -> Result<Option<Request>, db::Error> {
    let row =
        select_requests!("where r.id = $1 for update of r", id as UrgentRequestId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

/// A new request, before anything is known but what was said.
pub(crate) struct NewRequest<'a> {
    pub(crate) id: UrgentRequestId,
    pub(crate) patient: Option<PatientId>,
    pub(crate) guest_mac: Option<&'a [u8]>,
    pub(crate) country: Option<&'a str>,
    pub(crate) locale: Locale,
    pub(crate) zone: &'a Zone,
    pub(crate) acuity: Acuity,
    pub(crate) promised_by: Timestamp,
    pub(crate) flags_sealed: Option<&'a [u8]>,
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewRequest<'_>) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into urgent_requests (id, patient_id, guest_mac, country, locale, time_zone, acuity, next_at, promised_by, flags_sealed,
             created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $8, $8)",
        new.id as UrgentRequestId,
        new.patient as Option<PatientId>,
        new.guest_mac,
        new.country,
        new.locale.tag(),
        new.zone as &Zone,
        new.acuity.level(),
        now as Timestamp,
        new.promised_by as Timestamp,
        new.flags_sealed
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What changes of a request that is held.
pub(crate) async fn set(tx: &mut Tx, changed: &Request) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update urgent_requests set patient_id = $2, acuity = $3, status = $4, rung = $5, step = $6, next_at = $7, promised_by = $8,
             practitioner_id = $9, appointment_id = $10, held_until = $11, is_override = $12,
             answered_at = case when $9::uuid is not null then coalesce(answered_at, $13) end,
             closed_at = case when $4 not in ('seeking', 'accepted') then coalesce(closed_at, $13) end, updated_at = $13
         where id = $1",
        changed.id as UrgentRequestId,
        changed.patient as Option<PatientId>,
        changed.acuity.level(),
        changed.status.code(),
        changed.rung.code(),
        changed.step,
        changed.next_at as Timestamp,
        changed.promised_by as Timestamp,
        changed.practitioner as Option<PractitionerId>,
        changed.appointment as Option<AppointmentId>,
        changed.held_until as Option<Timestamp>,
        changed.is_override,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// One judgement more.
pub(crate) async fn insert_assessment(
    tx: &mut Tx,
    request: UrgentRequestId,
    acuity: Acuity,
    (source, account): (Source, Option<AccountId>),
    why: &str,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into urgent_assessments (request_id, number, acuity, source, account_id, why, at)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 from urgent_assessments where request_id = $1",
        request as UrgentRequestId,
        acuity.level(),
        source.code(),
        account as Option<AccountId>,
        why,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) struct Assessment {
    pub(crate) acuity: i16,
    pub(crate) source: String,
    pub(crate) why: String,
}

/// In their order.
pub(crate) async fn list_assessments(tx: &mut Tx, request: UrgentRequestId) -> Result<Vec<Assessment>, db::Error> {
    Ok(sqlx::query_as!(
        Assessment,
        "select acuity, source, why from urgent_assessments where request_id = $1 order by number",
        request as UrgentRequestId
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How often this person asked within a day.
pub(crate) async fn count_lately(tx: &mut Tx, patient: PatientId) -> Result<i64, db::Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from urgent_requests where patient_id = $1 and created_at > $2::timestamptz - interval '24 hours'"#,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// How many overrides of this person were found unjustified since then.
pub(crate) async fn count_unjustified(tx: &mut Tx, patient: PatientId, since: Timestamp) -> Result<i64, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from urgent_reviews v join urgent_requests r on r.id = v.request_id
           where r.patient_id = $1 and v.verdict = 'unjustified' and v.reviewed_at > $2"#,
        patient as PatientId,
        since as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(crate) async fn find_flags(tx: &mut Tx, id: UrgentRequestId) -> Result<Option<Vec<u8>>, db::Error> {
    Ok(sqlx::query_scalar!("select flags_sealed from urgent_requests where id = $1", id as UrgentRequestId)
        .fetch_optional(tx.conn())
        .await?
        .flatten())
}

/// The account to tell of news of this request: its patient's own, or that of who acts for them and asked.
pub(crate) async fn find_account(tx: &mut Tx, id: UrgentRequestId) -> Result<Option<AccountId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select app.account_for(r.patient_id, (select a.account_id from urgent_assessments a where a.request_id = r.id and a.number = 1))
               as "account?: AccountId"
           from urgent_requests r where r.id = $1 and r.patient_id is not null"#,
        id as UrgentRequestId
    )
    .fetch_optional(tx.conn())
    .await?
    .flatten())
}

/// What the waiting page says of the doctor and the visit.
pub(crate) struct Found {
    pub(crate) doctor: String,
    pub(crate) starts_at: Option<Timestamp>,
    pub(crate) price_amount: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) is_standing: Option<bool>,
}

pub(crate) async fn find_found(tx: &mut Tx, id: UrgentRequestId) -> Result<Option<Found>, db::Error> {
    Ok(sqlx::query_as!(
        Found,
        r#"select d.full_name as "doctor!", a.starts_at as "starts_at?: Timestamp", a.price_amount as "price_amount?",
                  a.currency as "currency?", a.status in ('confirmed', 'fulfilled') as "is_standing?"
           from urgent_requests r join practitioners d on d.id = r.practitioner_id
                left join appointments a on a.id = r.appointment_id
           where r.id = $1"#,
        id as UrgentRequestId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// An appointment that came from an urgent request: it is paid after it took place.
pub(crate) async fn is_urgent(tx: &mut Tx, appointment: AppointmentId) -> Result<bool, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from urgent_requests where appointment_id = $1) as "urgent!""#,
        appointment as AppointmentId
    )
    .fetch_one(tx.conn())
    .await?)
}
