//! SQL of visits that stand beside others.

use db::Tx;
use kernel::{
    Currency, Timestamp, Zone,
    ids::{AccountId, AppointmentId, FacilityId, PatientId, PolicyId, PractitionerId, ServiceId},
};

use super::super::model::{Appointment, By};

/// As `insert`, for a visit that does not have the doctor's time to itself.
pub(crate) async fn insert_beside(tx: &mut Tx, new: &Appointment, by: By) -> Result<(), db::Error> {
    let now = tx.now();
    sqlx::query!(
        "insert into appointments (id, patient_id, practitioner_id, service_id, facility_id, mode, starts_at, ends_at, busy_from,
             busy_until, status, visit_status, hold_expires_at, price_amount, currency, policy_id, patient_zone, booked_by,
             created_at, updated_at, overbooked)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, true)",
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
        by.account() as Option<AccountId>,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
