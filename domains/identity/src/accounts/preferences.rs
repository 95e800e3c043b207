use db::Tx;
use kernel::{FieldError, Locale, Zone, ids::AccountId};

use super::store;

/// Language and time zone of the pages and messages of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    pub locale: Locale,
    pub zone: Zone,
}

impl Preferences {
    pub fn parse(locale: &str, zone: &str) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let locale = locale.parse().map_err(|()| errors.push(FieldError::new("locale", "identity-locale-wrong"))).ok();
        let zone = zone.parse().map_err(|_| errors.push(FieldError::new("time_zone", "identity-zone-wrong"))).ok();
        match (locale, zone) {
            (Some(locale), Some(zone)) => Ok(Self { locale, zone }),
            _ => Err(errors),
        }
    }
}

pub async fn set_preferences(tx: &mut Tx, account: AccountId, wanted: &Preferences) -> Result<(), db::Error> {
    store::set_preferences(tx, account, wanted).await
}

/// The name by which messages address the person.
pub async fn rename(tx: &mut Tx, account: AccountId, name: &str) -> Result<(), db::Error> {
    store::set_name(tx, account, name).await
}

/// The language of somebody's letters, where it is not that of their pages.
pub async fn letters_locale(tx: &mut Tx, account: AccountId) -> Result<Option<Locale>, db::Error> {
    store::find_letters_locale(tx, account).await
}

/// `None`: as the pages.
pub async fn set_letters_locale(tx: &mut Tx, account: AccountId, wanted: Option<Locale>) -> Result<(), db::Error> {
    store::set_letters_locale(tx, account, wanted).await
}
