//! Look at two records before they are joined. One line in the trail, without a patient: nobody's access log says that there is another.

use access::{Actor, Role};
use db::Tx;
use kernel::{Fault, FaultKind};
use vault::Vault;

use super::{
    holdings::{Pair, Parts, Seen},
    model::Side,
    store,
};

/// Both, and what their rooms say of them.
#[derive(Debug, Clone)]
pub struct Preview {
    pub sides: [Side; 2],
    pub seen: Seen,
    pub told_apart: bool,
}

/// Why there is nothing to look at.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error("joining is for administrators")]
    NotAllowed,
    /// Of this field.
    #[error("there is no record of this number")]
    NoSuchRecord(&'static str),
    #[error("both numbers are one record's")]
    OneRecord,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for LookError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotAllowed => FaultKind::NotFound,
            Self::NoSuchRecord(field) => FaultKind::invalid(field, "people-join-error-record"),
            Self::OneRecord => FaultKind::invalid("other", "people-join-error-one-record"),
            Self::Db(error) => error.kind(),
        }
    }
}

/// Both records by their numbers, as they stand on cards and papers.
pub(super) async fn sides(tx: &mut Tx, one: &str, other: &str) -> Result<[Side; 2], LookError> {
    let [one, other] = [one, other].map(|number| number.trim().to_uppercase());
    if one == other {
        return Err(LookError::OneRecord);
    }
    let mut found = store::list_sides(tx, &[one.clone(), other.clone()]).await?;
    let mut take = |number: &str, field: &'static str| {
        let at = found.iter().position(|side| side.record_no == number).ok_or(LookError::NoSuchRecord(field))?;
        Ok::<_, LookError>(found.swap_remove(at))
    };
    Ok([take(&one, "one")?, take(&other, "other")?])
}

/// For administrators; in the system's context, for they see no chart: counts and kinds are what they are shown.
pub async fn look(
    tx: &mut Tx,
    vault: &Vault,
    parts: &Parts,
    actor: &Actor,
    (one, other): (&str, &str),
) -> Result<Preview, LookError> {
    if !actor.is(Role::Administrator) {
        return Err(LookError::NotAllowed);
    }
    let sides = sides(tx, one, other).await?;
    let both = [sides[0].id, sides[1].id];
    let seen = parts.look(tx, vault, Pair { one: both[0], other: both[1] }).await?;
    let told_apart = store::were_told_apart(tx, both).await?;
    let object_id = actor.account.uuid();
    let entry = audit::Entry { action: "read", object: "record_join", object_id, patient: None, purpose: "operations" };
    audit::record(tx, entry).await?;
    Ok(Preview { sides, seen, told_apart })
}
