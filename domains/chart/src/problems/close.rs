//! Close a problem: it is over, or it was never there.

use access::Actor;
use db::Tx;
use kernel::ids::{PatientId, ProblemId};
use serde::Deserialize;

use super::store;
use crate::{
    ChartError,
    record::who::{self, Writer},
};

/// Why a problem is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// It is over.
    Resolved,
    /// It should never have been written down.
    EnteredInError,
}

/// Close `problem` of `patient`, by a doctor with a care link.
pub async fn close(
    tx: &mut Tx,
    actor: &Actor,
    patient: PatientId,
    problem: ProblemId,
    closing: Closing,
) -> Result<(), ChartError> {
    let writer = who::writes(tx, actor, patient).await?;
    if writer == Writer::Patient {
        return Err(ChartError::NotFound);
    }
    let status = match closing {
        Closing::Resolved => "resolved",
        Closing::EnteredInError => "entered_in_error",
    };
    if store::set_closed(tx, patient, problem, status, who::purpose(writer)).await? {
        return Ok(());
    }
    Err(if store::exists(tx, patient, problem).await? { ChartError::AlreadyClosed } else { ChartError::NotFound })
}
