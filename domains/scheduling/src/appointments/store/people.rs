//! Names and addresses beside an appointment, read from the tables of people and facilities.

use db::Tx;
use kernel::{
    Zone,
    ids::{AccountId, AppointmentId, ChargeId, InvoiceId, PatientId, PractitionerId},
};

/// A doctor as bookings need one.
#[derive(Clone, Debug)]
pub(crate) struct Doctor {
    pub(crate) id: PractitionerId,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) specialties: Vec<String>,
}

/// By slug or by id; whoever the context may see.
pub(crate) async fn find_doctor(tx: &mut Tx, slug_or_id: &str) -> Result<Option<Doctor>, db::Error> {
    let id: Option<uuid::Uuid> = slug_or_id.parse().ok();
    Ok(sqlx::query_as!(
        Doctor,
        r#"select id as "id: PractitionerId", slug, full_name as name, specialties
           from practitioners where id = $1 or slug = $2 limit 1"#,
        id,
        slug_or_id
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Slug and name of a doctor whom patients find.
pub(crate) async fn doctor_of(tx: &mut Tx, id: PractitionerId) -> Result<Option<(String, String)>, db::Error> {
    let row = sqlx::query!(
        "select slug, full_name from practitioners where id = $1 and status = 'published'",
        id as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.slug, row.full_name)))
}

pub(crate) async fn doctor_zone(tx: &mut Tx, doctor: PractitionerId) -> Result<Option<Zone>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select time_zone as "zone: Zone" from practitioners where id = $1"#,
        doctor as PractitionerId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Who meets whom where.
#[derive(Clone, Debug)]
pub(crate) struct Parties {
    pub(crate) doctor: String,
    pub(crate) doctor_slug: String,
    pub(crate) doctor_zone: Zone,
    pub(crate) doctor_account: AccountId,
    /// None where the reader may not know the name.
    pub(crate) patient: Option<String>,
    /// Who is told: the patient, or who acts for them.
    pub(crate) patient_account: Option<AccountId>,
    /// The patient has an account of their own.
    pub(crate) own_account: bool,
    /// Who booked for the patient, and what they are to them: name and relation.
    pub(crate) booked_by: Option<String>,
    pub(crate) booked_by_relation: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) address: Option<String>,
}

pub(crate) async fn find_parties(tx: &mut Tx, id: AppointmentId) -> Result<Option<Parties>, db::Error> {
    Ok(sqlx::query_as!(
        Parties,
        r#"select d.full_name as "doctor!", d.slug as "doctor_slug!", d.time_zone as "doctor_zone!: Zone",
                  d.account_id as "doctor_account!: AccountId", coalesce(p.preferred_name, p.full_name) as "patient?",
                  app.account_for(a.patient_id, a.booked_by) as "patient_account?: AccountId", p.account_id is not null as "own_account!",
                  b.name as "booked_by?", b.relation as "booked_by_relation?", f.name as "place?", f.street || ', ' || f.city as "address?"
           from appointments a
           join practitioners d on d.id = a.practitioner_id
           left join patients p on p.id = a.patient_id
           left join facilities f on f.id = a.facility_id
           left join lateral app.acting_for(a.booked_by, a.patient_id) b on true
           where a.id = $1"#,
        id as AppointmentId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The invoice of what was paid for an appointment.
pub(crate) async fn find_invoice(tx: &mut Tx, charge: ChargeId) -> Result<Option<InvoiceId>, db::Error> {
    Ok(sqlx::query_scalar!(
        r#"select i.id as "id!: InvoiceId" from invoices i join payments p on p.id = i.payment_id
           where (i.charge_id = $1 or p.charge_id = $1) and i.kind = 'invoice' order by i.charge_id = $1 desc, i.id limit 1"#,
        charge as ChargeId
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// The account of a patient, or of who acts for them, where the context may know it.
pub(crate) async fn find_patient_account(tx: &mut Tx, id: PatientId) -> Result<Option<AccountId>, db::Error> {
    Ok(sqlx::query_scalar!(r#"select app.account_for($1, null) as "account: AccountId""#, id as PatientId)
        .fetch_one(tx.conn())
        .await?)
}
