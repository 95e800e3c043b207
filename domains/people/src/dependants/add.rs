use db::Tx;
use kernel::{
    Fault, FaultKind, LocalDate, Sex,
    ids::{AccountId, PatientId},
};

use super::{
    config::Config,
    model::Relation,
    store::{self, NewChild},
};
use crate::{duplicates, patients::record_no};

/// One account acts for at most so many children.
pub(super) const MOST_CHILDREN: usize = 12;

#[derive(Clone, Debug)]
pub struct AddChild {
    /// Who will act: the account of whoever asks.
    pub account: AccountId,
    pub full_name: String,
    pub birth_date: LocalDate,
    pub sex_at_birth: Sex,
    pub relation: Relation,
}

#[derive(Debug, thiserror::Error)]
pub enum AddError {
    #[error("somebody of age acts alone")]
    OfAge,
    #[error("this child is there already")]
    Twice,
    #[error("an account acts for at most {MOST_CHILDREN} children")]
    TooMany,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for AddError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::OfAge => FaultKind::invalid("birth_date", "people-error-of-age"),
            Self::Twice => FaultKind::invalid("full_name", "people-error-child-twice"),
            Self::TooMany => FaultKind::invalid("full_name", "people-error-children"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open the record of a child, for whom the account acts until the child comes of age. In the system's context: nobody makes
/// themselves anybody's speaker by a request of their own.
pub async fn add_child(tx: &mut Tx, config: &Config, command: &AddChild) -> Result<PatientId, AddError> {
    store::lock_account(tx, command.account).await?;
    let country = store::find_country(tx, command.account).await?;
    let ends_on = config.of_age_on(command.birth_date, country.as_deref());
    if ends_on <= tx.now().date_in(&kernel::Zone::utc()) {
        return Err(AddError::OfAge);
    }
    let known = store::list_of_account(tx, command.account).await?;
    let same = |name: &str| name.trim().to_lowercase() == command.full_name.trim().to_lowercase();
    if known.iter().any(|one| one.birth_date == Some(command.birth_date) && same(&one.full_name)) {
        return Err(AddError::Twice);
    }
    if known.len() >= MOST_CHILDREN {
        return Err(AddError::TooMany);
    }
    let (patient, record_no) = (tx.id::<PatientId>(), record_no(tx.random()));
    let new = NewChild {
        patient,
        record_no: &record_no,
        full_name: command.full_name.trim(),
        birth_date: command.birth_date,
        sex: command.sex_at_birth,
        country: country.as_deref(),
    };
    store::insert_child(tx, &new).await?;
    duplicates::plan(tx).await?;
    store::insert_proxy(tx, command.account, patient, command.relation, ends_on).await?;
    Ok(patient)
}
