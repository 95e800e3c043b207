//! All SQL of choices, and of the doctors who might take over.

use access::Actor;
use db::Tx;
use kernel::{
    Timestamp,
    ids::{AppointmentId, ChargeId, PatientId, PractitionerId},
};

use super::model::{Cause, Choice, ChoiceStatus};
use crate::slots::Mode;

struct Row {
    appointment_id: AppointmentId,
    patient_id: PatientId,
    practitioner_id: PractitionerId,
    cause: String,
    charge_id: Option<ChargeId>,
    status: String,
    choose_until: Timestamp,
    rebooked_as: Option<AppointmentId>,
}

impl TryFrom<Row> for Choice {
    type Error = db::Error;

    fn try_from(row: Row) -> Result<Self, db::Error> {
        let unknown = |what: &str| {
            db::Error::from(sqlx::Error::Decode(format!("appointment_choices.{what} is not known").into()))
        };
        Ok(Self {
            appointment: row.appointment_id,
            patient: row.patient_id,
            practitioner: row.practitioner_id,
            cause: Cause::read(&row.cause).ok_or_else(|| unknown("cause"))?,
            charge: row.charge_id,
            status: ChoiceStatus::read(&row.status).ok_or_else(|| unknown("status"))?,
            choose_until: row.choose_until,
            rebooked_as: row.rebooked_as,
        })
    }
}

pub(crate) async fn insert(tx: &mut Tx, new: &Choice) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into appointment_choices (appointment_id, patient_id, practitioner_id, cause, charge_id, choose_until, created_at,
             updated_at) values ($1, $2, $3, $4, $5, $6, $7, $7)",
        new.appointment as AppointmentId,
        new.patient as PatientId,
        new.practitioner as PractitionerId,
        new.cause.code(),
        new.charge as Option<ChargeId>,
        new.choose_until as Timestamp,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Of an appointment that the context may see.
pub(crate) async fn find(tx: &mut Tx, appointment: AppointmentId) -> Result<Option<Choice>, db::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select appointment_id as "appointment_id: AppointmentId", patient_id as "patient_id: PatientId",
                  practitioner_id as "practitioner_id: PractitionerId", cause, charge_id as "charge_id: ChargeId", status,
                  choose_until as "choose_until: Timestamp", rebooked_as as "rebooked_as: AppointmentId"
           from appointment_choices where appointment_id = $1"#,
        appointment as AppointmentId
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// One that this person has to make. `None` for a foreign one as for an absent one.
pub(crate) async fn find_for(
    tx: &mut Tx,
    actor: &Actor,
    appointment: AppointmentId,
) -> Result<Option<Choice>, db::Error> {
    Ok(find(tx, appointment).await?.filter(|choice| actor.patients.contains(&choice.patient)))
}

/// Holds the row until the transaction ends. Take the locks of people first.
pub(crate) async fn lock(tx: &mut Tx, appointment: AppointmentId) -> Result<Option<Choice>, db::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"select appointment_id as "appointment_id: AppointmentId", patient_id as "patient_id: PatientId",
                  practitioner_id as "practitioner_id: PractitionerId", cause, charge_id as "charge_id: ChargeId", status,
                  choose_until as "choose_until: Timestamp", rebooked_as as "rebooked_as: AppointmentId"
           from appointment_choices where appointment_id = $1 for update"#,
        appointment as AppointmentId
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// The choice is made, or has lapsed.
pub(crate) async fn set_settled(
    tx: &mut Tx,
    appointment: AppointmentId,
    status: ChoiceStatus,
    rebooked_as: Option<AppointmentId>,
) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "update appointment_choices set status = $2, rebooked_as = $3, settled_at = $4, updated_at = $4
         where appointment_id = $1 and status = 'open'",
        appointment as AppointmentId,
        status.code(),
        rebooked_as as Option<AppointmentId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Another doctor who might take over.
pub(crate) struct Colleague {
    pub(crate) id: PractitionerId,
    pub(crate) slug: String,
    pub(crate) name: String,
}

/// Published doctors of a specialty of this one who offer this mode without asking first.
pub(crate) async fn list_colleagues(
    tx: &mut Tx,
    doctor: PractitionerId,
    mode: Mode,
    at_most: i64,
) -> Result<Vec<Colleague>, db::Error> {
    Ok(sqlx::query_as!(
        Colleague,
        r#"select p.id as "id: PractitionerId", p.slug, p.full_name as name
           from practitioners p join practitioners mine on mine.id = $1
           where p.status = 'published' and p.id <> mine.id and p.specialties && mine.specialties
             and exists (select from services s where s.practitioner_id = p.id and s.active and s.mode = $2
                         and not s.requires_approval)
           order by (p.languages && mine.languages) desc, p.full_name, p.id limit $3"#,
        doctor as PractitionerId,
        mode.code(),
        at_most
    )
    .fetch_all(tx.conn())
    .await?)
}
