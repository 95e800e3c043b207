//! What the desk sees and says of somebody who has shown their card (`people::cards`).

use access::{Actor, Role};
use async_trait::async_trait;
use db::Tx;
use kernel::ids::{AppointmentId, PatientId};
use people::cards::{Arrivals, Due};

use super::{
    attend::arrive_by,
    change::ChangeError,
    model::{Appointment, By, Status, VisitStatus},
    policy,
    store::{self, desk::DueRow},
};

/// Put into `people::cards::FrontDesk` by the server.
#[derive(Clone, Copy, Debug)]
pub struct Desk;

#[async_trait]
impl Arrivals for Desk {
    async fn today(&self, tx: &mut Tx, actor: &Actor, patient: PatientId) -> Result<Vec<Due>, db::Error> {
        let only = if is_reception(actor) { None } else { Some(actor.practitioner) };
        // A doctor without a practice has none of their own.
        if only == Some(None) {
            return Ok(Vec::new());
        }
        let rows = store::desk::list_today(tx, patient, only.flatten()).await?;
        let now = tx.now();
        Ok(rows.into_iter().map(|row| due(actor, row, now)).collect())
    }

    async fn arrive(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        patient: PatientId,
        appointment: AppointmentId,
    ) -> Result<(), web::Error> {
        let seen = store::find(tx, appointment).await?.filter(|seen| seen.patient == patient);
        let seen = seen.ok_or(ChangeError::NotFound)?;
        let by = side(actor, &seen).ok_or(ChangeError::NotFound)?;
        arrive_by(tx, &seen, by).await?;
        Ok(())
    }
}

fn is_reception(actor: &Actor) -> bool {
    actor.is(Role::Nurse) || actor.is(Role::Administrator)
}

/// As whom they say it; a doctor of their own patients only.
fn side(actor: &Actor, seen: &Appointment) -> Option<By> {
    By::of(actor, seen).or_else(|| actor.is(Role::Nurse).then_some(By::Reception(actor.account)))
}

fn due(actor: &Actor, row: DueRow, now: kernel::Timestamp) -> Due {
    let is_coming = row.status == Status::Confirmed && row.visit == VisitStatus::NotOpen;
    let (state_key, tone) = if row.status != Status::Confirmed || is_coming {
        (format!("shared-appointment-{}", row.status.code()), if is_coming { "ok" } else { "" })
    } else {
        (format!("shared-visit-{}", row.visit.code()), "info")
    };
    // A nurse has no page of appointments.
    let reads = actor.is(Role::Administrator) || actor.practitioner == Some(row.practitioner);
    Due {
        id: row.id,
        starts_at: row.starts_at,
        zone: row.zone,
        doctor: row.doctor,
        place: row.place,
        mode_key: row.mode.label_key(),
        state_key,
        tone,
        may_arrive: is_coming && policy::is_time_to_arrive(row.starts_at, row.ends_at, now),
        href: reads.then(|| format!("/appointments/{}", row.id)),
    }
}
