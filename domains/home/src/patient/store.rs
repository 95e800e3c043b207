//! Reads for the patient's home. Row-level security narrows all of them to the patients of the account.

use db::Tx;
use kernel::{
    Currency, LocalDate, Timestamp,
    ids::{AppointmentId, PatientId, PrescriptionId, VisitId},
};

/// An appointment that is still to come, or is going on.
#[derive(Debug)]
pub(crate) struct Coming {
    pub(crate) id: AppointmentId,
    pub(crate) patient: PatientId,
    pub(crate) status: String,
    pub(crate) visit_status: String,
    pub(crate) mode: String,
    pub(crate) starts_at: Timestamp,
    pub(crate) hold_expires_at: Option<Timestamp>,
    pub(crate) price_amount: i64,
    pub(crate) currency: Currency,
    pub(crate) doctor: String,
    pub(crate) specialties: Vec<String>,
    pub(crate) place: Option<String>,
    pub(crate) visit: Option<VisitId>,
}

#[derive(Debug)]
pub(crate) struct Past {
    pub(crate) id: AppointmentId,
    pub(crate) starts_at: Timestamp,
    pub(crate) doctor: String,
}

#[derive(Debug)]
pub(crate) struct Prescribed {
    pub(crate) id: PrescriptionId,
    pub(crate) signed_at: Timestamp,
    pub(crate) valid_until: Timestamp,
    pub(crate) doctor: String,
    pub(crate) items: i64,
}

/// What the record still lacks.
#[derive(Debug)]
pub(crate) struct Gaps {
    pub(crate) birth_date: Option<LocalDate>,
    pub(crate) allergies_answered: bool,
    pub(crate) name: String,
}

/// Of all these, or of the first alone.
pub(crate) async fn list_coming(
    tx: &mut Tx,
    (patients, of_all): (&[PatientId], bool),
) -> Result<Vec<Coming>, db::Error> {
    let now = tx.now();
    let ids: Vec<uuid::Uuid> = patients.iter().map(|patient| patient.uuid()).collect();
    let rows = sqlx::query_as!(
        Coming,
        r#"select a.id as "id: AppointmentId", a.patient_id as "patient: PatientId", a.status, a.visit_status, a.mode, a.starts_at as "starts_at: Timestamp",
               a.hold_expires_at as "hold_expires_at: Timestamp", a.price_amount, a.currency as "currency: Currency",
               p.full_name as doctor, p.specialties, f.name || ', ' || f.street || ', ' || f.city as place,
               v.id as "visit?: VisitId"
           from appointments a
           join practitioners p on p.id = a.practitioner_id
           left join facilities f on f.id = a.facility_id
           left join visits v on v.appointment_id = a.id and v.status = 'open'
           where a.patient_id = any (case when $3 then $1 else app.joined(($1::uuid[])[1]) end) and a.ends_at > $2::timestamptz - interval '2 hours'
               and (a.status = 'confirmed' and a.visit_status not in ('ended', 'signed')
                    or a.status in ('requested', 'held') and a.hold_expires_at > $2)
           order by a.starts_at, a.id limit 6"#,
        &ids,
        now as Timestamp,
        of_all
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// Finished visits of the last sixty days that nobody has rated.
pub(crate) async fn list_unrated(tx: &mut Tx, patient: PatientId) -> Result<Vec<Past>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query_as!(
        Past,
        r#"select a.id as "id: AppointmentId", a.starts_at as "starts_at: Timestamp", p.full_name as doctor
           from appointments a join practitioners p on p.id = a.practitioner_id
           where a.patient_id = any (app.joined($1)) and a.status = 'fulfilled' and a.starts_at > $2::timestamptz - interval '60 days'
               and not exists (select from reviews r where r.appointment_id = a.id)
           order by a.starts_at desc limit 3"#,
        patient as PatientId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

pub(crate) async fn list_prescribed(tx: &mut Tx, patient: PatientId) -> Result<Vec<Prescribed>, db::Error> {
    let rows = sqlx::query_as!(
        Prescribed,
        r#"select r.id as "id: PrescriptionId", r.signed_at as "signed_at!: Timestamp", r.valid_until as "valid_until!: Timestamp",
               p.full_name as doctor,
               (select count(*) from prescription_items i where i.prescription_id = r.id) as "items!"
           from prescriptions r join practitioners p on p.id = r.practitioner_id
           where r.patient_id = any (app.joined($1)) and r.signed_at is not null and r.status = 'active'
           order by r.signed_at desc limit 3"#,
        patient as PatientId
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

pub(crate) async fn find_gaps(tx: &mut Tx, patient: PatientId) -> Result<Option<Gaps>, db::Error> {
    let row = sqlx::query_as!(
        Gaps,
        r#"select p.birth_date as "birth_date: LocalDate", coalesce(p.preferred_name, p.full_name) as "name!",
               exists (select from allergy_answers a where a.patient_id = p.id) as "allergies_answered!"
           from patients p where p.id = $1"#,
        patient as PatientId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row)
}
