//! On a real database, for what counts is what lies in it.

mod files;
mod rotation;
mod sealing;
#[path = "../../tests/support/mod.rs"]
mod support;

use db::{Context, Tx};
use kernel::ids::PatientId;
use support::TestDb;
use uuid::Uuid;

use crate::{At, Config, Vault};

/// A vault as a process of its own would start it.
async fn a_vault(folder: &tempfile::TempDir) -> Vault {
    Vault::start(&Config::for_tests(folder.path())).await.unwrap()
}

async fn begin(db: &TestDb) -> Tx {
    db.db.begin(&Context::system("test")).await.unwrap()
}

fn a_patient(number: u128) -> PatientId {
    PatientId::from_uuid(Uuid::from_u128(number))
}

fn a_note(number: u128) -> At {
    At::new("visit_notes", "content_sealed", Uuid::from_u128(number))
}
