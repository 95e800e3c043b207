use super::{TestDb, a_note, a_patient, a_vault, begin};
use crate::{Rotation, rotate_master};

const PATIENTS: u128 = 450;

#[tokio::test]
async fn a_rotation_killed_midway_reads_everything_and_resumes() {
    let folder = tempfile::tempdir().unwrap();
    let (db, vault) = (TestDb::new().await, a_vault(&folder).await);
    let mut sealed = Vec::new();
    let mut tx = begin(&db).await;
    for number in 0..PATIENTS {
        sealed.push(vault.seal(&mut tx, a_patient(number), a_note(number), &number.to_be_bytes()).await.unwrap());
    }
    tx.commit().await.unwrap();
    let code = vault.mac("code", b"1");

    let begun = vault.rotate(&db.db, 1).await.unwrap();
    assert_eq!(begun, Rotation { rewrapped: 200, remaining: 250 });

    let after_the_crash = a_vault(&folder).await;
    let mut tx = begin(&db).await;
    for (number, sealed) in (0..PATIENTS).zip(&sealed) {
        let opened = after_the_crash.open(&mut tx, a_patient(number), a_note(number), sealed).await.unwrap();
        assert_eq!(opened.expose(), &number.to_be_bytes());
    }
    tx.commit().await.unwrap();

    let resumed = rotate_master(&db.db, &after_the_crash).await.unwrap();
    assert_eq!(resumed, Rotation { rewrapped: 250, remaining: 0 });
    let keys = std::fs::read_dir(folder.path().join("keys")).unwrap();
    let masters = keys.filter(|key| key.as_ref().unwrap().file_name().to_string_lossy().starts_with("master-")).count();
    assert_eq!(masters, 2, "the second run finished the first rotation instead of beginning another");
    assert_eq!(after_the_crash.mac("code", b"1"), code);

    // The process that was there before the rotation finds the new master by itself.
    let mut tx = begin(&db).await;
    let fresh = vault.seal(&mut tx, a_patient(9_999), a_note(1), b"new").await.unwrap();
    assert_eq!(vault.open(&mut tx, a_patient(9_999), a_note(1), &fresh).await.unwrap().expose(), b"new");
}
