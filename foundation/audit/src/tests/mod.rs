//! The trail is attacked as the database's owner would.

mod access;
#[path = "../../../vault/tests/support/mod.rs"]
mod support;
mod tampering;

use db::{Context, Tx};
use kernel::ids::{AccountId, PatientId};
use support::TestDb;
use tempfile::TempDir;
use uuid::Uuid;

use crate::{AnchorConfig, Anchors, Entry, Finding, Verification, record, verify};

fn a_patient(number: u128) -> PatientId {
    PatientId::from_uuid(Uuid::from_u128(number))
}

fn an_account(number: u128) -> AccountId {
    AccountId::from_uuid(Uuid::from_u128(number))
}

fn reading(patient: PatientId) -> Entry {
    Entry {
        action: "read",
        object: "visit_note",
        object_id: Uuid::from_u128(77),
        patient: Some(patient),
        purpose: "care",
    }
}

async fn begin(db: &TestDb, account: u128) -> Tx {
    let context = Context { account: Some(an_account(account)), roles: vec!["doctor"], ..Context::anonymous() };
    db.db.begin(&context).await.unwrap()
}

/// `rows` reads of one patient's notes, each in its own transaction: one chain. Its number.
async fn a_chain(db: &TestDb, patient: u128, rows: u32) -> i16 {
    for _ in 0..rows {
        let mut tx = begin(db, 500).await;
        record(&mut tx, reading(a_patient(patient))).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = db.db.begin(&Context::system("test")).await.unwrap();
    let patient = a_patient(patient);
    let shard = sqlx::query_scalar!("select shard from audit_log where patient_id = $1 limit 1", patient as PatientId);
    shard.fetch_one(tx.conn()).await.unwrap()
}

fn anchors() -> (TempDir, Anchors) {
    let folder = tempfile::tempdir().unwrap();
    let anchors = Anchors::open(&AnchorConfig::for_tests(folder.path())).unwrap();
    (folder, anchors)
}

async fn verified(db: &TestDb, anchors: &Anchors) -> Verification {
    verify(&db.db, anchors).await.unwrap()
}

async fn findings(db: &TestDb, anchors: &Anchors) -> Vec<Finding> {
    verified(db, anchors).await.findings
}
