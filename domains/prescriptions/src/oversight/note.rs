//! Count alerts that interrupt.

use db::Tx;
use kernel::ids::{PractitionerId, PrescriptionId};
use vault::Vault;

use super::store;
use crate::safety::Alert;

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It stood in the way of a signature.
    Shown,
    /// The signature was given with a reason.
    Overridden,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Overridden => "overridden",
        }
    }
}

/// Count the alerts among these that interrupt, each once for this prescription.
pub(crate) async fn note(
    tx: &mut Tx,
    vault: &Vault,
    prescription: PrescriptionId,
    practitioner: PractitionerId,
    alerts: &[Alert],
    outcome: Outcome,
) -> Result<(), db::Error> {
    let hard: Vec<&Alert> = alerts.iter().filter(|alert| alert.severity.is_hard()).collect();
    if hard.is_empty() {
        return Ok(());
    }
    let mark =
        |alert: &&Alert| vault.mac("prescriptions.alert", format!("{prescription}/{}", alert.id).as_bytes()).to_vec();
    let marks: Vec<Vec<u8>> = hard.iter().map(mark).collect();
    let rules: Vec<String> = hard.iter().map(|alert| alert.counted_as().to_owned()).collect();
    let tiers: Vec<String> = hard.iter().map(|alert| alert.severity.as_str().to_owned()).collect();
    let firings = store::Firings { marks: &marks, rules: &rules, tiers: &tiers };
    store::set_counted(tx, practitioner, firings, outcome.as_str()).await
}
