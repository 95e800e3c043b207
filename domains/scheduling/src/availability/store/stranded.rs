use db::Tx;
use kernel::{
    Currency, Money, TimeSlot, Timestamp,
    ids::{AppointmentId, PatientId, PractitionerId, ServiceId},
};

use crate::slots::Mode;

/// A taken time that lies ahead.
#[derive(Clone, Debug)]
pub(crate) struct Ahead {
    pub(crate) id: AppointmentId,
    pub(crate) service: ServiceId,
    pub(crate) patient: PatientId,
    /// None where the reader may not know the name.
    pub(crate) name: Option<String>,
    pub(crate) mode: Mode,
    pub(crate) time: TimeSlot,
    pub(crate) paid: bool,
    pub(crate) price: Money,
}

/// What is booked, held or asked for with this doctor and has not ended, in the order in which locks are taken.
pub(crate) async fn list_ahead(tx: &mut Tx, doctor: PractitionerId) -> Result<Vec<Ahead>, db::Error> {
    let now = tx.now();
    let rows = sqlx::query!(
        r#"select a.id as "id!: AppointmentId", a.service_id as "service!: ServiceId", a.patient_id as "patient!: PatientId",
                  coalesce(p.preferred_name, p.full_name) as "name?", a.mode as "mode!", a.starts_at as "starts_at!: Timestamp",
                  a.ends_at as "ends_at!: Timestamp", a.status = 'confirmed' as "paid!", a.price_amount as "price_amount!",
                  a.currency as "currency!: Currency"
           from appointments a left join patients p on p.id = a.patient_id
           where a.practitioner_id = $1 and a.ends_at > $2
             and (a.status = 'confirmed' and a.visit_status = 'not_open' or (a.status in ('requested', 'held') and a.hold_expires_at > $2))
           order by a.patient_id, a.starts_at"#,
        doctor as PractitionerId,
        now as Timestamp
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Ahead {
                id: row.id,
                service: row.service,
                patient: row.patient,
                name: row.name,
                mode: row.mode.parse().ok()?,
                time: TimeSlot::new(row.starts_at, row.ends_at)?,
                paid: row.paid,
                price: Money::new(row.price_amount, row.currency),
            })
        })
        .collect())
}
