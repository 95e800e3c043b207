//! An administrator lets a doctor's notes be checked by another.

use access::Actor;
use db::{ResultExt, Tx};
use kernel::{
    FieldError, LocalDate,
    ids::{PractitionerId, SupervisionId},
};

use super::{SupervisionError, model::check_days, store};
use crate::approvals;

/// Who checks whose notes, and for which days of the trainee's.
#[derive(Debug, Clone, Copy)]
pub struct NewSupervision {
    pub trainee: PractitionerId,
    pub supervisor: PractitionerId,
    pub from: LocalDate,
    /// The last day; open where none is named.
    pub until: Option<LocalDate>,
}

/// Begins a supervision. Notes of the trainee that wait for somebody whose supervision is over come to the new supervisor, if it is in force
/// already. Refused for days that are set already, for oneself, by oneself, in a circle, and for whoever is not published.
pub async fn begin(tx: &mut Tx, actor: &Actor, new: NewSupervision) -> Result<SupervisionId, SupervisionError> {
    let zone = store::find_zone(tx, new.trainee).await?.ok_or(SupervisionError::NotFound)?;
    let errors = check_days(new.from, new.until, tx.now().date_in(&zone));
    if !errors.is_empty() {
        return Err(SupervisionError::Invalid(errors));
    }
    let refused = |field: &'static str, key| move || SupervisionError::Invalid(vec![FieldError::new(field, key)]);
    if new.trainee == new.supervisor {
        return Err(refused("supervisor", "consultations-error-supervision-self")());
    }
    if actor.practitioner == Some(new.supervisor) {
        return Err(refused("supervisor", "consultations-error-supervision-own")());
    }
    let id = tx.id::<SupervisionId>();
    store::insert(tx, id, &new, actor.account)
        .await
        .map_err(SupervisionError::from)
        .or_else(|error| {
            named(
                error,
                "supervisions_by_published",
                refused("supervisor", "consultations-error-supervision-published"),
            )
        })
        .or_else(|error| {
            named(error, "supervisions_no_circle", refused("supervisor", "consultations-error-supervision-circle"))
        })
        .or_else(|error| {
            named(error, "supervisions_one_at_a_time", refused("from", "consultations-error-supervision-overlaps"))
        })?;
    approvals::hand_over(tx, actor, new.trainee).await?;
    let entry = audit::Entry {
        action: "begun",
        object: "supervision",
        object_id: id.uuid(),
        patient: None,
        purpose: "administration",
    };
    audit::record(tx, entry).await?;
    Ok(id)
}

/// The constraint's name in the words of the domain.
fn named(
    error: SupervisionError,
    constraint: &str,
    make: impl FnOnce() -> SupervisionError,
) -> Result<(), SupervisionError> {
    match error {
        SupervisionError::Db(error) => Err::<(), db::Error>(error).on_constraint(constraint, make),
        other => Err(other),
    }
}
