//! A patient's appointments of today, for the desk.

use db::Tx;
use kernel::{
    Timestamp, Zone,
    ids::{AppointmentId, PatientId, PractitionerId},
};

use super::super::model::{Status, VisitStatus};
use crate::slots::Mode;

pub(crate) struct DueRow {
    pub(crate) id: AppointmentId,
    pub(crate) practitioner: PractitionerId,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) zone: Zone,
    pub(crate) mode: Mode,
    pub(crate) status: Status,
    pub(crate) visit: VisitStatus,
    pub(crate) doctor: String,
    pub(crate) place: Option<String>,
}

/// What was ever certain, of the day that it is where the doctor is; of one doctor, or of all. In the system's context.
pub(crate) async fn list_today(
    tx: &mut Tx,
    patient: PatientId,
    practitioner: Option<PractitionerId>,
) -> Result<Vec<DueRow>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select a.id as "id: AppointmentId", a.practitioner_id as "practitioner: PractitionerId",
                  a.starts_at as "starts_at: Timestamp", a.ends_at as "ends_at: Timestamp", d.time_zone as "zone: Zone",
                  a.mode, a.status, a.visit_status, d.full_name as doctor, f.name as "place?"
           from appointments a join practitioners d on d.id = a.practitioner_id left join facilities f on f.id = a.facility_id
           where a.patient_id = $1 and ($3::uuid is null or a.practitioner_id = $3)
             and a.status in ('confirmed', 'fulfilled', 'no_show_patient', 'no_show_doctor')
             and a.starts_at > $2::timestamptz - interval '1 day' and a.starts_at < $2::timestamptz + interval '1 day'
             and (a.starts_at at time zone d.time_zone)::date = ($2::timestamptz at time zone d.time_zone)::date
           order by a.starts_at, a.id limit 20"#,
        patient as PatientId,
        now as Timestamp,
        practitioner as Option<PractitionerId>
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let unknown =
                |what: &str| db::Error::from(sqlx::Error::Decode(format!("appointments.{what} is not known").into()));
            Ok(DueRow {
                id: row.id,
                practitioner: row.practitioner,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                zone: row.zone,
                mode: row.mode.parse().map_err(|_| unknown("mode"))?,
                status: row.status.parse().map_err(|_| unknown("status"))?,
                visit: row.visit_status.parse().map_err(|_| unknown("visit_status"))?,
                doctor: row.doctor,
                place: row.place,
            })
        })
        .collect()
}
