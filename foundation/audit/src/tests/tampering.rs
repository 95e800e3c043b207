use std::fs;

use db::Context;

use super::{TestDb, a_chain, a_patient, anchors, begin, findings, reading, verified};
use crate::{AnchorError, Anchored, Finding, record, store};

#[tokio::test]
async fn an_honest_trail_is_sound() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    assert!(verified(&db, &anchors).await.is_sound());
    for patient in 1..=5 {
        a_chain(&db, patient, 4).await;
        assert!(matches!(anchors.anchor(&db.db).await.unwrap(), Anchored::Written(_)));
    }
    assert_eq!(anchors.anchor(&db.db).await.unwrap(), Anchored::Unchanged);
    let verification = verified(&db, &anchors).await;
    assert!(verification.is_sound(), "{:?}", verification.findings);
    assert_eq!((verification.rows, verification.anchored), (20, 5));
}

#[tokio::test]
async fn an_altered_row_is_named() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let shard = a_chain(&db, 1, 6).await;
    let alterations = [
        "action = 'signed'",
        "object = 'allergies'",
        "object_id = null",
        "patient_id = null",
        "actor = gen_random_uuid()",
        "on_behalf = gen_random_uuid()",
        "roles = 'administrator'",
        "roles = null",
        "purpose = 'billing'",
        "outcome = 'refused'",
        "request_id = 'x'",
        "at = at + interval '1 microsecond'",
        "prev = sha256('x')",
    ];
    for alteration in alterations {
        db.force("create table kept as select * from audit_log").await;
        db.force(&format!("update audit_log set {alteration} where shard = {shard} and seq = 3")).await;
        assert_eq!(findings(&db, &anchors).await, [Finding::Tampered { shard, seq: 3 }], "{alteration}");
        db.force("delete from audit_log; insert into audit_log select * from kept; drop table kept").await;
    }
}

#[tokio::test]
async fn a_removed_row_is_named() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let shard = a_chain(&db, 1, 6).await;
    db.force(&format!("delete from audit_log where shard = {shard} and seq = 3")).await;
    assert_eq!(findings(&db, &anchors).await, [Finding::Missing { shard, from: 3, to: 3 }]);
}

#[tokio::test]
async fn re_ordered_rows_are_named() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let shard = a_chain(&db, 1, 6).await;
    db.force(&format!(
        "update audit_log set seq = 1000 where shard = {shard} and seq = 3; update audit_log set seq = 3 where shard = {shard} and seq = 4;
         update audit_log set seq = 4 where shard = {shard} and seq = 1000"
    ))
    .await;
    let found = findings(&db, &anchors).await;
    assert!(found.contains(&Finding::Moved { shard, seq: 3, written_at: 4 }), "{found:?}");
    assert!(found.contains(&Finding::Moved { shard, seq: 4, written_at: 3 }), "{found:?}");
}

#[tokio::test]
async fn a_cut_tail_is_known_by_the_head_and_with_the_head_put_back_by_the_anchor() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let shard = a_chain(&db, 1, 6).await;
    anchors.anchor(&db.db).await.unwrap();
    db.force(&format!("delete from audit_log where shard = {shard} and seq > 4")).await;
    assert_eq!(findings(&db, &anchors).await, [Finding::Cut { shard, last: 4, known: 6 }]);

    db.force(&format!(
        "update audit_heads h set seq = 4, hash = l.hash from audit_log l where h.shard = {shard} and l.shard = {shard} and l.seq = 4"
    ))
    .await;
    assert_eq!(findings(&db, &anchors).await, [Finding::Cut { shard, last: 4, known: 6 }]);
    assert!(matches!(anchors.anchor(&db.db).await, Err(AnchorError::Receded)));
}

/// The attack that a bare hash chain does not notice: alter a row, then recompute everything after it, head included.
#[tokio::test]
async fn a_rewritten_chain_is_known_by_the_anchor() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let shard = a_chain(&db, 1, 6).await;
    anchors.anchor(&db.db).await.unwrap();
    db.force(&format!("update audit_log set purpose = 'research' where shard = {shard} and seq = 3")).await;
    let mut tx = db.db.begin(&Context::system("test")).await.unwrap();
    let rows = store::list_chain(&mut tx, shard, 0, 100).await.unwrap();
    tx.commit().await.unwrap();
    let mut prev = rows[2].prev.clone();
    for row in &rows[2..] {
        let hash = row.hash_at(row.seq, &prev).to_vec();
        let (prev_hex, hash_hex) = (hex::encode(&prev), hex::encode(&hash));
        db.force(&format!(
            "update audit_log set prev = decode('{prev_hex}', 'hex'), hash = decode('{hash_hex}', 'hex')
             where shard = {shard} and seq = {}; update audit_heads set hash = decode('{hash_hex}', 'hex') where shard = {shard}",
            row.seq
        ))
        .await;
        prev = hash;
    }
    assert_eq!(findings(&db, &anchors).await, [Finding::Rewritten { shard, seq: 6, anchor: 1 }]);
}

#[tokio::test]
async fn a_row_slipped_in_at_the_end_is_noticed() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let shard = a_chain(&db, 1, 3).await;
    db.force(&format!(
        "insert into audit_log (shard, seq, at, purpose, action, object, outcome, prev, hash)
         select shard, 4, at, purpose, action, object, outcome, hash, sha256('made up') from audit_log where shard = {shard} and seq = 3"
    ))
    .await;
    assert!(findings(&db, &anchors).await.contains(&Finding::Tampered { shard, seq: 4 }));
}

#[tokio::test]
async fn altered_anchors_are_noticed() {
    let (db, (folder, anchors)) = (TestDb::new().await, anchors());
    for patient in 1..=3 {
        a_chain(&db, patient, 1).await;
        anchors.anchor(&db.db).await.unwrap();
    }
    let file = folder.path().join("anchors/audit.jsonl");
    let honest = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = honest.lines().collect();
    for (altered, anchor) in [
        (honest.replacen("\"number\":2", "\"number\":3", 1), 2),
        (honest.replacen("\"seq\":1", "\"seq\":0", 1), 1),
        (format!("{}\n{}\n", lines[0], lines[2]), 2),
        (format!("{}\n{}\n{}\n", lines[1], lines[0], lines[2]), 1),
    ] {
        fs::write(&file, altered).unwrap();
        assert_eq!(findings(&db, &anchors).await, [Finding::AnchorForged { anchor }]);
    }
}

#[tokio::test]
async fn a_thousand_appends_at_once_make_sound_chains_without_a_deadlock() {
    let (db, (_folder, anchors)) = (TestDb::new().await, anchors());
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..12_u128 {
        let db = db.db.clone();
        tasks.spawn(async move {
            for round in 0..28_u128 {
                let mut tx = db.begin(&Context::system("test")).await.unwrap();
                // Several patients in one transaction, each worker in another order.
                for step in 0..3_u128 {
                    record(&mut tx, reading(a_patient(1 + (worker * 7 + round * 5 + step * 3) % 20))).await.unwrap();
                }
                tx.commit().await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let mut tx = begin(&db, 1).await;
    record(&mut tx, reading(a_patient(1))).await.unwrap();
    tx.commit().await.unwrap();
    let verification = verified(&db, &anchors).await;
    assert!(verification.is_sound(), "{:?}", verification.findings);
    assert_eq!(verification.rows, 12 * 28 * 3 + 1);
}
