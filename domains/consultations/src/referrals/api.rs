//! JSON: referrals.

use kernel::{
    Timestamp,
    ids::{CommandId, PatientId},
};
use serde::{Deserialize, Serialize};
use web::{Doctor, Query};

use super::store::{self, End};
use crate::{
    commands::{Command, Status},
    visits::VisitError,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// `me`: those that this doctor wrote.
    pub(super) by: String,
}

impl Wanted {
    pub(super) fn end(&self) -> End {
        if self.by == "me" { End::By } else { End::To }
    }
}

/// One referral.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ReferralView {
    id: CommandId,
    patient_id: PatientId,
    patient: String,
    referred_by: String,
    status: Status,
    /// `sent`, `booked` or `seen`.
    step: Option<String>,
    command: Command,
    committed_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct Referrals {
    items: Vec<ReferralView>,
}

/// `GET /api/v1/referrals`
pub(super) async fn list(me: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let practitioner = me.actor().practitioner.ok_or(VisitError::NotFound)?;
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, me.app().vault(), (practitioner, wanted.end())).await?;
    tx.commit().await?;
    let items = found.into_iter().map(|one| ReferralView {
        id: one.row.id,
        patient_id: one.row.patient,
        patient: one.patient_name,
        referred_by: one.author_name,
        status: one.row.status,
        step: one.step,
        committed_at: one.row.committed_at,
        command: one.row.content.into_inner(),
    });
    web::json(&Referrals { items: items.collect() })
}
