use calendars::Fetcher;
use db::Tx;
use jobs::When;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{OutsideCalendarId, PractitionerId},
};
use vault::Vault;

use super::{
    ask::AskCalendar,
    model::{MOST, Typed},
    store,
};

#[derive(Debug, thiserror::Error)]
pub(crate) enum AddError {
    #[error("something must be corrected")]
    Invalid(Vec<FieldError>),
    /// Neither public nor encrypted.
    #[error("this address is not asked")]
    Forbidden,
    #[error("a doctor has at most {MOST} calendars elsewhere")]
    TooMany,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AddError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Forbidden => FaultKind::invalid("url", "scheduling-outside-url-forbidden"),
            Self::TooMany => FaultKind::invalid("url", "scheduling-outside-too-many"),
            Self::Vault(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Read this calendar from now on. It is asked for the first time at once.
pub(super) async fn add(
    tx: &mut Tx,
    vault: &Vault,
    fetcher: &Fetcher,
    doctor: PractitionerId,
    typed: &Typed,
) -> Result<OutsideCalendarId, AddError> {
    let new = typed.parse().map_err(AddError::Invalid)?;
    if !fetcher.allows(&new.sealed.url) {
        return Err(AddError::Forbidden);
    }
    store::lock_doctor(tx, doctor).await?;
    if store::list(tx, doctor).await?.len() >= MOST {
        return Err(AddError::TooMany);
    }
    let id = tx.id::<OutsideCalendarId>();
    let sealed = vault.seal_platform_json(tx, store::place_of(id), &new.sealed).await?;
    store::insert(tx, id, doctor, &new, &sealed).await?;
    jobs::enqueue(tx, &AskCalendar { calendar: id }, When::Now).await?;
    Ok(id)
}
