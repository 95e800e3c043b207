use db::Context;
use kernel::{PageRequest, ids::AccountId};

use super::{TestDb, a_patient, an_account, anchors, begin, reading, verified};
use crate::{Entry, Outcome, record, who_saw};

#[tokio::test]
async fn the_runtime_role_can_add_but_neither_change_nor_remove_nor_forge() {
    let db = TestDb::new().await;
    let mut tx = begin(&db, 1).await;
    record(&mut tx, reading(a_patient(1))).await.unwrap();
    tx.commit().await.unwrap();
    for attempt in [
        "update audit_log set purpose = 'x'",
        "delete from audit_log",
        "truncate audit_log",
        "insert into audit_log select * from audit_log",
        "update audit_heads set seq = 0",
        "delete from audit_heads",
        "alter table audit_log disable row level security",
        "drop function audit.append(text, text, uuid, uuid, text, text)",
    ] {
        let mut tx = db.db.begin(&Context::system("test")).await.unwrap();
        let refused = sqlx::raw_sql(attempt).execute(tx.conn()).await.unwrap_err();
        let code = db::Error::from(refused).code();
        assert_eq!(code.as_deref(), Some("42501"), "{attempt}");
    }
}

#[tokio::test]
async fn what_is_rolled_back_was_not_done_and_is_not_recorded() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let mut tx = begin(&db, 1).await;
    record(&mut tx, reading(a_patient(1))).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(verified(&db, &anchors).await.rows, 0);
}

#[tokio::test]
async fn a_patient_sees_who_opened_the_record_why_and_when_and_nobody_elses() {
    let db = TestDb::new().await;
    let mut tx = begin(&db, 500).await;
    record(&mut tx, reading(a_patient(1))).await.unwrap();
    let allergies = Entry { action: "read", object: "allergies", purpose: "prescribing", ..reading(a_patient(1)) };
    allergies.record(&mut tx, Outcome::Refused).await.unwrap();
    record(&mut tx, reading(a_patient(2))).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.db.begin(&Context::system("reminders")).await.unwrap();
    record(&mut tx, Entry { action: "sent", purpose: "operations", ..reading(a_patient(1)) }).await.unwrap();
    tx.commit().await.unwrap();

    let mine = Context { account: Some(an_account(1)), patients: vec![a_patient(1)], ..Context::anonymous() };
    let mut tx = db.db.begin(&mine).await.unwrap();
    let first = who_saw(&mut tx, a_patient(1), &PageRequest::of(2, None)).await.unwrap();
    let second = who_saw(&mut tx, a_patient(1), &PageRequest::of(2, first.next_cursor.clone())).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next_cursor), (2, 1, None));
    let all: Vec<_> = first.items.into_iter().chain(second.items).collect();
    let told = |object: &str| all.iter().find(|seen| seen.object == object && seen.actor.is_some()).unwrap();
    assert_eq!(all[0].roles.as_deref(), Some("system"));
    assert_eq!(all[0].actor, None);
    assert_eq!(told("visit_note").actor, Some(AccountId::from_uuid(uuid::Uuid::from_u128(500))));
    assert_eq!(told("visit_note").roles.as_deref(), Some("doctor"));
    assert_eq!((told("allergies").purpose.as_str(), told("allergies").outcome.as_str()), ("prescribing", "refused"));
    assert!(who_saw(&mut tx, a_patient(2), &PageRequest::of(10, None)).await.unwrap().items.is_empty());
    tx.commit().await.unwrap();

    let mut nobody = db.db.begin(&Context::anonymous()).await.unwrap();
    assert!(who_saw(&mut nobody, a_patient(1), &PageRequest::of(10, None)).await.unwrap().items.is_empty());
}
