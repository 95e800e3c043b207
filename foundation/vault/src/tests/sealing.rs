use super::{TestDb, a_note, a_patient, a_vault, begin};
use crate::{At, Error, Vault, at::Scope, cipher};

const CANARY: &[u8] = b"canary: atopic dermatitis of both hands";

#[tokio::test]
async fn sealed_content_opens_only_where_it_was_put() {
    let (db, vault) = (TestDb::new().await, Vault::for_tests());
    let mut tx = begin(&db).await;
    let (mine, other) = (a_patient(1), a_patient(2));
    let at = a_note(10).version(3);
    let sealed = vault.seal(&mut tx, mine, at, CANARY).await.unwrap();
    vault.seal(&mut tx, other, at, b"the other one's").await.unwrap();

    assert_eq!(vault.open(&mut tx, mine, at, &sealed).await.unwrap().expose(), CANARY);
    let elsewhere = [
        (other, at),
        (mine, a_note(11).version(3)),
        (mine, a_note(10).version(4)),
        (mine, At { column: "draft_sealed", ..at }),
        (mine, At { table: "visit_messages", ..at }),
        // The same bytes, cut differently between table and column.
        (mine, At { table: "visit_note", column: "scontent_sealed", ..at }),
    ];
    for (patient, place) in elsewhere {
        let opened = vault.open(&mut tx, patient, place, &sealed).await;
        assert!(matches!(opened, Err(Error::Tampered(_))), "opened for {patient} at {place:?}");
    }
    assert!(matches!(vault.open_platform(&mut tx, at, &sealed).await, Err(Error::NoKey { .. } | Error::Tampered(_))));
}

#[tokio::test]
async fn a_single_flipped_bit_anywhere_is_noticed() {
    let (db, vault) = (TestDb::new().await, Vault::for_tests());
    let mut tx = begin(&db).await;
    let sealed = vault.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    assert_eq!(sealed.len(), CANARY.len() + cipher::OVERHEAD);
    for place in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[place] ^= 1;
        assert!(vault.open(&mut tx, a_patient(1), a_note(1), &altered).await.is_err(), "byte {place}");
    }
    for length in 0..sealed.len() {
        assert!(vault.open(&mut tx, a_patient(1), a_note(1), &sealed[..length]).await.is_err(), "cut to {length}");
    }
}

#[tokio::test]
async fn equal_content_never_looks_equal() {
    let (db, vault) = (TestDb::new().await, Vault::for_tests());
    let mut tx = begin(&db).await;
    let first = vault.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    let second = vault.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    assert_ne!(first, second);
}

#[tokio::test]
async fn json_and_text_come_back_as_they_went_and_do_not_print() {
    let (db, vault) = (TestDb::new().await, Vault::for_tests());
    let mut tx = begin(&db).await;
    let (patient, at) = (a_patient(1), a_note(1));
    let sealed = vault.seal_json(&mut tx, patient, at, &vec!["penicillin", "latex"]).await.unwrap();
    let opened = vault.open_json::<Vec<String>>(&mut tx, patient, at, &sealed).await.unwrap();
    assert_eq!(opened.expose(), &["penicillin", "latex"]);
    assert_eq!(format!("{opened:?}"), "[health data]");
    let sealed = vault.seal_text(&mut tx, patient, at, "صداع منذ يومين").await.unwrap();
    assert_eq!(vault.open_text(&mut tx, patient, at, &sealed).await.unwrap().expose(), "صداع منذ يومين");
}

#[tokio::test]
async fn two_requests_that_need_a_first_key_at_once_share_one() {
    let (db, vault) = (TestDb::new().await, Vault::for_tests());
    let (mut first, mut second) = (begin(&db).await, begin(&db).await);
    let one = vault.seal(&mut first, a_patient(1), a_note(1), b"one").await.unwrap();
    let waiting = async {
        let sealed = vault.seal(&mut second, a_patient(1), a_note(2), b"two").await.unwrap();
        second.commit().await.unwrap();
        sealed
    };
    let ((), two) = tokio::join!(async { first.commit().await.unwrap() }, waiting);

    let mut tx = begin(&db).await;
    assert_eq!(vault.open(&mut tx, a_patient(1), a_note(1), &one).await.unwrap().expose(), b"one");
    assert_eq!(vault.open(&mut tx, a_patient(1), a_note(2), &two).await.unwrap().expose(), b"two");
}

#[tokio::test]
async fn a_key_that_was_rolled_back_is_not_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let (db, vault) = (TestDb::new().await, a_vault(&folder).await);
    let mut tx = begin(&db).await;
    vault.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    assert_eq!(vault.keys.len(), 0);
    tx.rollback().await.unwrap();
    let mut tx = begin(&db).await;
    let sealed = vault.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    tx.commit().await.unwrap();

    let another_process = a_vault(&folder).await;
    let mut tx = begin(&db).await;
    let opened = another_process.open(&mut tx, a_patient(1), a_note(1), &sealed).await.unwrap();
    assert_eq!(opened.expose(), CANARY);
    assert_eq!(another_process.keys.len(), 1);
}

#[tokio::test]
async fn wrapped_keys_swapped_between_patients_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (db, vault) = (TestDb::new().await, a_vault(&folder).await);
    let mut tx = begin(&db).await;
    let sealed = vault.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    vault.seal(&mut tx, a_patient(2), a_note(1), CANARY).await.unwrap();
    tx.commit().await.unwrap();
    db.force("update vault_keys k set wrapped = o.wrapped from vault_keys o where o.patient_id <> k.patient_id").await;

    let another_process = a_vault(&folder).await;
    let mut tx = begin(&db).await;
    let opened = another_process.open(&mut tx, a_patient(1), a_note(1), &sealed).await;
    assert!(matches!(opened, Err(Error::KeyTampered(_))));
}

#[tokio::test]
async fn without_the_master_key_nothing_opens_and_the_reason_is_named() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let db = TestDb::new().await;
    let mut tx = begin(&db).await;
    let sealed = a_vault(&one).await.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = begin(&db).await;
    let error = a_vault(&two).await.open(&mut tx, a_patient(1), a_note(1), &sealed).await.unwrap_err();
    assert!(error.to_string().contains("not in the key folder"), "{error}");
}

#[tokio::test]
async fn the_database_alone_holds_nothing_readable() {
    let (db, vault) = (TestDb::new().await, Vault::for_tests());
    let mut tx = begin(&db).await;
    let sealed = vault.seal(&mut tx, a_patient(1), a_note(1), CANARY).await.unwrap();
    assert!(!sealed.windows(6).any(|part| part == b"canary"));
    let key = vault.keys.newest_or_new(&mut tx, &vault.ring, Scope::Patient(a_patient(1))).await.unwrap();
    assert_eq!(key.0, 1);
    tx.commit().await.unwrap();
    // A session without context sees no key.
    let mut connection = db.db.pool().acquire().await.unwrap();
    let seen = sqlx::query_scalar!(r#"select count(*) as "count!" from vault_keys"#).fetch_one(&mut *connection).await;
    assert_eq!(seen.unwrap(), 0);
}

#[test]
fn a_mac_keeps_purposes_apart_and_survives() {
    let vault = Vault::for_tests();
    assert_eq!(vault.mac("code", b"123456"), vault.mac("code", b"123456"));
    assert_ne!(vault.mac("code", b"123456"), vault.mac("address", b"123456"));
    assert_ne!(vault.mac("code", b"123456"), Vault::for_tests().mac("code", b"123456"));
}
