use db::Tx;
use kernel::{
    Fault, FaultKind, LocalDate, Random,
    ids::{AccountId, PatientId},
};

use super::store;
use crate::duplicates;

/// What a record begins with; the rest is asked when it is needed.
#[derive(Clone, Debug)]
pub struct NewPatient<'a> {
    pub account: AccountId,
    pub full_name: &'a str,
    pub birth_date: Option<LocalDate>,
    pub phone: Option<&'a str>,
}

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for CreateError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open the record of the account's own person. System context, in the transaction that opens the account.
pub async fn create_own(tx: &mut Tx, new: &NewPatient<'_>) -> Result<PatientId, CreateError> {
    let id = tx.id();
    let record_no = record_no(tx.random());
    store::insert(tx, id, &record_no, new).await?;
    duplicates::plan(tx).await?;
    Ok(id)
}

/// `7K3M-Q9TZ`: 40 random bits in Crockford's base 32, which has no letters that look like digits.
pub(crate) fn record_no(random: &mut Random) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    let letters: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    format!("{}-{}", &letters[..4], &letters[4..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_number_can_be_read_aloud() {
        let number = record_no(&mut Random::seeded(3));
        assert_eq!(number.len(), 9);
        assert!(number.chars().all(|c| c == '-' || (c.is_ascii_alphanumeric() && !"ILOU".contains(c))), "{number}");
    }
}
