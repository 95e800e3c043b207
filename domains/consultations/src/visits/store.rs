//! SQL of visits and their events.

use access::Actor;
use db::{Error, Tx};
use kernel::{
    Timestamp,
    ids::{AccountId, AppointmentId, EventId, PatientId, PractitionerId, VisitId},
};

use super::joint::Step;
use super::model::{Incomplete, Side, Visit, VisitState, unknown};

struct Row {
    id: VisitId,
    appointment_id: AppointmentId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    status: String,
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
    signed_at: Option<Timestamp>,
    incomplete_reason: Option<String>,
    mode: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
    booking: String,
    patient_name: String,
    patient_account: Option<AccountId>,
    practitioner_name: String,
    practitioner_account: AccountId,
}

impl TryFrom<Row> for Visit {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let incomplete = match row.incomplete_reason.as_deref() {
            None => None,
            Some(code) => Some(Incomplete::parse(code).ok_or_else(|| unknown("visits.incomplete_reason"))?),
        };
        Ok(Self {
            id: row.id,
            appointment: row.appointment_id,
            patient: row.patient_id,
            practitioner: row.practitioner_id,
            state: VisitState::parse(&row.status)?,
            started_at: row.started_at,
            ended_at: row.ended_at,
            signed_at: row.signed_at,
            incomplete,
            mode: row.mode,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            booking: row.booking,
            patient_name: row.patient_name,
            patient_account: row.patient_account,
            practitioner_name: row.practitioner_name,
            practitioner_account: row.practitioner_account,
        })
    }
}

/// Reads visits with one list of columns; the condition and its arguments follow.
macro_rules! select_visits {
    ($rest:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            Row,
            r#"select v.id as "id: VisitId", v.appointment_id as "appointment_id: AppointmentId",
                  v.patient_id as "patient_id: PatientId", v.practitioner_id as "practitioner_id: PractitionerId", v.status,
                  v.started_at as "started_at: Timestamp", v.ended_at as "ended_at: Timestamp",
                  v.signed_at as "signed_at: Timestamp", v.incomplete_reason, coalesce(a.mode, '') as "mode!",
                  coalesce(a.starts_at, v.started_at) as "starts_at!: Timestamp",
                  coalesce(a.ends_at, v.started_at) as "ends_at!: Timestamp", coalesce(a.status, '') as "booking!",
                  coalesce(p.preferred_name, p.full_name) as "patient_name!", app.account_for(p.id, a.booked_by) as "patient_account: AccountId",
                  d.full_name as practitioner_name, d.account_id as "practitioner_account: AccountId"
               from visits v left join appointments a on a.id = v.appointment_id join patients p on p.id = v.patient_id
                  join practitioners d on d.id = v.practitioner_id "# + $rest
            $(, $argument)*
        )
    };
}

/// A visit this person has a part in, and on which side. Foreign is none.
pub async fn find_for(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Option<(Visit, Side)>, Error> {
    let row = select_visits!(
        "where v.id = $1 and (v.patient_id = any ($2) or v.practitioner_id = $3)",
        id as VisitId,
        &actor.patients as &[PatientId],
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row
        .map(Visit::try_from)
        .transpose()?
        .map(|visit| (side(actor, &visit), visit))
        .map(|(side, visit)| (visit, side)))
}

/// A visit whose record this person may read: its patient, its doctor, and a doctor who treats the patient now (who does not see
/// the other's appointment). Foreign is none.
pub(crate) async fn find_readable(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Option<(Visit, Side)>, Error> {
    let row = select_visits!(
        "where v.id = $1 and (v.patient_id = any ($2) or v.practitioner_id = $3 or app.cares_for(v.patient_id))",
        id as VisitId,
        &actor.patients as &[PatientId],
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    let visit = row.map(Visit::try_from).transpose()?;
    Ok(visit.map(|visit| {
        let side = if actor.patients.contains(&visit.patient) { Side::Patient } else { Side::Doctor };
        (visit, side)
    }))
}

/// For the system's own work, in its context.
pub(crate) async fn find(tx: &mut Tx, id: VisitId) -> Result<Option<Visit>, Error> {
    let row = select_visits!("where v.id = $1", id as VisitId).fetch_optional(tx.conn()).await?;
    row.map(TryInto::try_into).transpose()
}

fn side(actor: &Actor, visit: &Visit) -> Side {
    if actor.practitioner == Some(visit.practitioner) { Side::Doctor } else { Side::Patient }
}

/// The visit of an appointment, for those who have a part in it.
pub(crate) async fn find_by_appointment(
    tx: &mut Tx,
    actor: &Actor,
    appointment: AppointmentId,
) -> Result<Option<Visit>, Error> {
    let row = select_visits!(
        "where v.appointment_id = $1 and (v.patient_id = any ($2) or v.practitioner_id = $3)",
        appointment as AppointmentId,
        &actor.patients as &[PatientId],
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// Holds the visit's row until the transaction ends; its doctor's alone. Its key stays, so that others may refer to it meanwhile.
pub(crate) async fn lock_as_doctor(tx: &mut Tx, actor: &Actor, id: VisitId) -> Result<Option<Visit>, Error> {
    let row = select_visits!(
        "where v.id = $1 and v.practitioner_id = $2 for no key update of v",
        id as VisitId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// The visit opened for an appointment. The database refuses a second one.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: VisitId,
    appointment: AppointmentId,
    (patient, practitioner): (PatientId, PractitionerId),
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"insert into visits (id, appointment_id, patient_id, practitioner_id, status, started_at, created_at, updated_at)
           values ($1, $2, $3, $4, 'open', $5, $5, $5)"#,
        id as VisitId,
        appointment as AppointmentId,
        patient as PatientId,
        practitioner as PractitionerId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Patient and doctor of an appointment that this doctor keeps.
pub(crate) async fn find_people(
    tx: &mut Tx,
    actor: &Actor,
    appointment: AppointmentId,
) -> Result<Option<(PatientId, PractitionerId)>, Error> {
    let row = sqlx::query!(
        r#"select patient_id as "patient: PatientId", practitioner_id as "practitioner: PractitionerId"
           from appointments where id = $1 and practitioner_id = $2"#,
        appointment as AppointmentId,
        actor.practitioner as Option<PractitionerId>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.patient, row.practitioner)))
}

pub(crate) async fn set_ended(tx: &mut Tx, id: VisitId, incomplete: Option<Incomplete>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update visits set status = 'ended', ended_at = $2, incomplete_reason = $3, version = version + 1, updated_at = $2
           where id = $1"#,
        id as VisitId,
        now as Timestamp,
        incomplete.map(Incomplete::code)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn set_signed(tx: &mut Tx, id: VisitId, incomplete: Option<Incomplete>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query!(
        r#"update visits set status = 'signed', signed_at = $2, incomplete_reason = coalesce($3, incomplete_reason),
               version = version + 1, updated_at = $2
           where id = $1"#,
        id as VisitId,
        now as Timestamp,
        incomplete.map(Incomplete::code)
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Something that happened in the room, as part of the record.
pub(crate) async fn insert_event(
    tx: &mut Tx,
    visit: &Visit,
    who: Option<(AccountId, Side)>,
    kind: &str,
) -> Result<(), Error> {
    let (now, id) = (tx.now(), tx.id::<EventId>());
    sqlx::query!(
        r#"insert into visit_events (id, visit_id, patient_id, practitioner_id, account_id, role, kind, happened_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)"#,
        id as EventId,
        visit.id as VisitId,
        visit.patient as PatientId,
        visit.practitioner as PractitionerId,
        who.map(|(account, _)| account) as Option<AccountId>,
        who.map(|(_, side)| side.code()),
        kind,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who came into the media room and who left it, in order.
pub(crate) async fn list_steps(tx: &mut Tx, visit: VisitId) -> Result<Vec<Step>, Error> {
    let rows = sqlx::query!(
        r#"select role as "role!", kind, happened_at as "at: Timestamp" from visit_events
           where visit_id = $1 and role in ('patient', 'doctor') and kind in ('joined', 'left') order by happened_at, id"#,
        visit as VisitId
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| Ok(Step { side: Side::parse(&row.role)?, joined: row.kind == "joined", at: row.at }))
        .collect()
}

/// A visit in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVisit {
    pub id: VisitId,
    /// In whose record it stands.
    pub patient: PatientId,
    pub appointment: AppointmentId,
    pub practitioner: PractitionerId,
    pub practitioner_name: String,
    pub state: VisitState,
    pub started_at: Timestamp,
    pub signed_at: Option<Timestamp>,
    pub mode: Option<String>,
}

/// A patient's visits, newest first, as far as the reader may see them, with the audit row of having read them.
pub async fn list_for_patient(
    tx: &mut Tx,
    patient: PatientId,
    purpose: &str,
    limit: i64,
) -> Result<Vec<PastVisit>, Error> {
    let rows = sqlx::query!(
        r#"with seen as materialized (select audit.append('read', 'visits', null, $1, $2) as seq)
           select seen.seq as "seq!", v.id as "id?: VisitId", v.appointment_id as "appointment_id?: AppointmentId",
                  v.practitioner_id as "practitioner_id?: PractitionerId", d.full_name as "practitioner_name?",
                  v.status as "status?", v.started_at as "started_at?: Timestamp", v.signed_at as "signed_at?: Timestamp",
                  a.mode as "mode?", v.patient_id as "patient?: PatientId"
           from seen left join lateral (select one.* from unnest(app.joined($1)) r (id) cross join lateral (
                   select id, appointment_id, practitioner_id, status, started_at, signed_at, patient_id
                   from visits where patient_id = r.id and seen.seq > 0 order by started_at desc, id desc limit $3) one
                   order by one.started_at desc, one.id desc limit $3) v on true
               left join practitioners d on d.id = v.practitioner_id left join appointments a on a.id = v.appointment_id
           order by v.started_at desc, v.id desc"#,
        patient as PatientId,
        purpose,
        limit
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .filter_map(|row| {
            let (id, appointment, practitioner) = (row.id?, row.appointment_id?, row.practitioner_id?);
            let patient = row.patient?;
            Some(VisitState::parse(row.status.as_deref().unwrap_or_default()).and_then(|state| {
                Ok(PastVisit {
                    id,
                    patient,
                    appointment,
                    practitioner,
                    practitioner_name: row.practitioner_name.unwrap_or_default(),
                    state,
                    started_at: row.started_at.ok_or_else(|| unknown("visits.started_at"))?,
                    signed_at: row.signed_at,
                    mode: row.mode,
                })
            }))
        })
        .collect()
}

/// Hidden from other doctors, or not: by a function that changes nothing else. Whose visit it is; none where it is not a finished
/// one of a patient of this account.
pub(super) async fn set_hidden(tx: &mut Tx, id: VisitId, hide: bool) -> Result<Option<PatientId>, Error> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"select app.hide_visit($1, $2, $3) as "patient: PatientId""#,
        id as VisitId,
        hide,
        now as Timestamp
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Whether the patient has hidden a visit that this reader sees.
pub(crate) async fn is_hidden(tx: &mut Tx, id: VisitId) -> Result<bool, Error> {
    let hidden =
        sqlx::query_scalar!(r#"select hidden_at is not null as "hidden!" from visits where id = $1"#, id as VisitId);
    Ok(hidden.fetch_optional(tx.conn()).await?.unwrap_or(false))
}
