//! The demonstration: a hospital that has been at work for two months, and is in the middle of a day.
//!
//! ```text
//! words (written by hand) + dice (seeded) ─▶ cast ─▶ practice ─▶ agenda ─▶ rows ─▶ store
//! ```
//!
//! Everything is generated, nothing is a dump: one seed makes the same people, and times are relative to the present, so that
//! today always is full of appointments in every state. Loaded once, into an empty database, in one transaction; health content
//! goes through the vault like any other.

mod agenda;
mod care;
mod cast;
mod dice;
mod documents;
mod fate;
mod meetings;
mod money;
mod people;
mod practice;
mod seal;
mod store;
mod wishes;
mod words;

use db::{Context, Db};
use kernel::Secret;
use vault::Vault;

use self::agenda::{Meeting, agenda};
use self::cast::{Cast, cast};
use self::dice::Dice;
use self::practice::{Practice, practices};
use self::seal::Sealer;

/// Every demonstration account signs in with it.
pub const PASSWORD: &str = "demo-Bedside-2026";
/// The accounts that are printed at the start, with what they are for.
pub const ACCOUNTS: &[(&str, &str)] = &[
    ("patient@demo.example", "a patient who is due soon"),
    ("doctor@demo.example", "Dr Nusrat Rahman, a dermatologist at work"),
    ("admin@demo.example", "an administrator"),
    ("nurse@demo.example", "a nurse"),
    ("pharmacist@demo.example", "a pharmacist"),
    ("lab@demo.example", "a laboratory technician"),
    ("support@demo.example", "a support agent"),
];

const SEED: u64 = 20_261_122;

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demonstration could not be written: {0}")]
    Db(#[from] db::Error),
    #[error("the demonstration could not be sealed: {0}")]
    Vault(#[from] vault::Error),
    #[error("a prescription of the demonstration could not be written: {0}")]
    Prescription(#[from] prescriptions::prescribing::DraftError),
    #[error("a price of the demonstration could not be written: {0}")]
    Price(#[from] billing::prices::EditError),
    #[error("a child of the demonstration could not be written: {0}")]
    Child(#[from] ::people::dependants::AddError),
    #[error("a place on a waiting list of the demonstration could not be written: {0}")]
    Waiting(#[from] scheduling::waiting_list::JoinError),
    #[error("a document of the demonstration could not be written: {0}")]
    Document(#[from] chart::documents::DocumentError),
    #[error("the password of the demonstration could not be hashed")]
    Password,
}

/// What a load did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// People were there already: nothing was touched.
    NotEmpty,
    Fresh {
        doctors: usize,
        patients: usize,
        appointments: usize,
    },
}

/// Everything there is to write.
struct Scene<'a> {
    cast: &'a Cast,
    practices: &'a [Practice],
    meetings: &'a [Meeting<'a>],
    now: kernel::Timestamp,
}

/// Writes the demonstration into an empty database.
pub async fn load(db: &Db, vault: &Vault) -> Result<Loaded, DemoError> {
    let mut tx = db.begin(&Context::system("demonstration data")).await?;
    if !store::people::is_empty(&mut tx).await? {
        return Ok(Loaded::NotEmpty);
    }
    let now = tx.now();
    let password = hashed_password().await?;
    let mut dice = Dice::seeded(SEED);
    let cast = cast(&mut dice, now);
    let practices = practices(&mut dice, &cast, now);
    let meetings = agenda(&mut dice, &cast, &practices, now);
    let scene = Scene { cast: &cast, practices: &practices, meetings: &meetings, now };
    people::write(&mut tx, &scene, &mut dice, password.expose()).await?;
    meetings::write(&mut Sealer::new(&mut tx, vault), &scene, &mut dice).await?;
    money::write(&mut tx, &scene, &mut dice).await?;
    money::write_prices(&mut tx).await?;
    care::write(&mut Sealer::new(&mut tx, vault), &scene, &mut dice).await?;
    store::urgent::insert_doctors(&mut tx, now).await?;
    store::urgent::insert_requests(&mut tx, now).await?;
    store::urgent::insert_history(&mut tx).await?;
    store::urgent::insert_counts(&mut tx, now).await?;
    store::queues::insert_waiting(&mut tx).await?;
    store::queues::insert_walk_ins(&mut tx).await?;
    store::supervision::insert_supervised(&mut tx).await?;
    wishes::write(&mut tx, &scene, &mut dice).await?;
    documents::write(&mut tx, vault, &scene).await?;
    tx.commit().await?;
    Ok(Loaded::Fresh { doctors: cast.doctors.len(), patients: cast.patients.len(), appointments: meetings.len() })
}

async fn hashed_password() -> Result<Secret<String>, DemoError> {
    use identity::passwords::{NewPassword, Strength, hash};
    let password = NewPassword::parse(PASSWORD, Strength::Alone, &[]).map_err(|_| DemoError::Password)?;
    hash(&password).await.map_err(|_| DemoError::Password)
}
