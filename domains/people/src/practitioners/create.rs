use access::Role;
use db::Tx;
use identity::{
    accounts::Address,
    letters::Sender,
    links::{self, Invitation, InviteError},
};
use kernel::{Fault, FaultKind, Locale, Random, Zone, ids::PractitionerId};

use super::store;

/// A doctor the administrator wants to have.
#[derive(Clone, Debug)]
pub struct NewPractitioner {
    pub email: Address,
    pub full_name: String,
    pub locale: Locale,
    pub zone: Zone,
}

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("this address already has an account")]
    AddressTaken,
    #[error(transparent)]
    Invite(InviteError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<InviteError> for CreateError {
    fn from(error: InviteError) -> Self {
        match error {
            InviteError::Account(identity::accounts::CreateError::AddressTaken) => Self::AddressTaken,
            other => Self::Invite(other),
        }
    }
}

impl Fault for CreateError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::AddressTaken => FaultKind::invalid("email", "people-doctor-email-taken"),
            Self::Invite(error) => error.kind(),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open the account, send the invitation, and lay an empty profile. System context, on behalf of an administrator.
pub async fn create(tx: &mut Tx, sender: &Sender<'_>, new: &NewPractitioner) -> Result<PractitionerId, CreateError> {
    let invitation =
        Invitation { email: &new.email, name: &new.full_name, role: Role::Doctor, locale: new.locale, zone: &new.zone };
    let account = links::invite(tx, sender, invitation).await?;
    let mut slug = slug_of(&new.full_name);
    if slug.is_empty() || store::slug_is_taken(tx, &slug).await? {
        slug = format!("{}-{}", if slug.is_empty() { "doctor" } else { &slug }, suffix(tx.random()));
    }
    let id = tx.id();
    store::insert(tx, id, account, &slug, new).await?;
    let entry = audit::Entry {
        action: "created",
        object: "practitioner",
        object_id: PractitionerId::uuid(id),
        patient: None,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    Ok(id)
}

/// The name in the address of the public page: ASCII letters and digits; empty when there are none.
fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(60);
    slug.trim_matches('-').to_owned()
}

/// Latin letters with marks, without them.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        'ś' | 'š' | 'ş' => "s",
        'ź' | 'ż' | 'ž' => "z",
        'ł' => "l",
        'ğ' => "g",
        'đ' | 'ď' => "d",
        'ř' => "r",
        'ť' => "t",
        '.' | '\'' | '’' | '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

fn suffix(random: &mut Random) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut bytes = [0; 6];
    random.fill(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        assert_eq!(slug_of("Dr. Ayesha  Rahman"), "dr-ayesha-rahman");
        assert_eq!(slug_of("Zoë Müller-Strauß"), "zoe-muller-strauss");
        assert_eq!(slug_of("Brian O'Connor"), "brian-oconnor");
        assert_eq!(slug_of("আয়েশা"), "");
        assert_eq!(suffix(&mut Random::seeded(1)).len(), 6);
    }
}
