use access::Actor;
use db::Tx;
use kernel::{
    Currency, Fault, FaultKind,
    ids::{PractitionerId, ServiceId, SplitRuleId},
};

use super::{Terms, store};

/// For what a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    House,
    Service { service: ServiceId, practitioner: PractitionerId },
}

impl Scope {
    const fn service(self) -> Option<ServiceId> {
        match self {
            Self::House => None,
            Self::Service { service, .. } => Some(service),
        }
    }
}

/// The next version of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRule {
    pub scope: Scope,
    pub currency: Option<Currency>,
    pub terms: Terms,
}

#[derive(Debug, thiserror::Error)]
pub enum SetError {
    #[error("amounts need a currency")]
    AmountsNeedCurrency,
    #[error("at most is less than at least")]
    BoundsCrossed,
    #[error("somebody else has set this rule at the same moment")]
    Changed,
    #[error("there is no such rule to take away")]
    NothingToWithdraw,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for SetError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::AmountsNeedCurrency => FaultKind::invalid("currency", "splits-error-currency"),
            Self::BoundsCrossed => FaultKind::invalid("at_most", "splits-error-bounds"),
            Self::Changed => FaultKind::conflict("split_rule_changed"),
            Self::NothingToWithdraw => FaultKind::NotFound,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// From now on. What was booked before keeps the version it was booked under. Administrators only: row-level security refuses
/// everybody else.
pub async fn set(tx: &mut Tx, actor: &Actor, new: &NewRule) -> Result<SplitRuleId, SetError> {
    let terms = &new.terms;
    if new.currency.is_none() && (terms.fixed != 0 || terms.at_least.is_some() || terms.at_most.is_some()) {
        return Err(SetError::AmountsNeedCurrency);
    }
    if terms.at_least.zip(terms.at_most).is_some_and(|(least, most)| least > most) {
        return Err(SetError::BoundsCrossed);
    }
    let newest = store::find_newest(tx, new.scope.service(), new.currency).await?;
    write(tx, actor, new, newest.map_or(0, |(version, _)| version), false).await
}

/// The scope has no rule of its own from now on: the next wider one holds. The house always has one.
pub async fn withdraw(
    tx: &mut Tx,
    actor: &Actor,
    scope: Scope,
    currency: Option<Currency>,
) -> Result<SplitRuleId, SetError> {
    if scope == Scope::House && currency.is_none() {
        return Err(SetError::NothingToWithdraw);
    }
    let Some((version, false)) = store::find_newest(tx, scope.service(), currency).await? else {
        return Err(SetError::NothingToWithdraw);
    };
    write(tx, actor, &NewRule { scope, currency, terms: Terms::of_basis_points(0) }, version, true).await
}

async fn write(
    tx: &mut Tx,
    actor: &Actor,
    new: &NewRule,
    version: i32,
    withdrawn: bool,
) -> Result<SplitRuleId, SetError> {
    let written = store::insert(tx, new, version + 1, actor.account, withdrawn).await;
    let id = written.map_err(|error| match error.constraint() {
        Some("split_rules_versions") => SetError::Changed,
        _ => SetError::Db(error),
    })?;
    tracing::info!(rule = %id, version = version + 1, withdrawn, "billing.split_rule.set");
    Ok(id)
}
