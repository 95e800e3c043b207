use std::{fs, path::Path};

use kernel::ids::DocumentId;
use uuid::Uuid;

use super::{TestDb, a_patient, a_vault, begin};
use crate::Error;

const CANARY: &[u8] = b"canary: a letter from the cardiologist";

fn a_document(number: u128) -> DocumentId {
    DocumentId::from_uuid(Uuid::from_u128(number))
}

fn contents(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.push(fs::read(path).unwrap());
        }
    }
    found
}

#[tokio::test]
async fn a_file_comes_back_to_its_own_patient_only_and_lies_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let (db, vault) = (TestDb::new().await, a_vault(&folder).await);
    let mut tx = begin(&db).await;
    vault.put_file(&mut tx, a_patient(1), a_document(1), CANARY).await.unwrap();

    assert_eq!(vault.get_file(&mut tx, a_patient(1), a_document(1)).await.unwrap().expose(), CANARY);
    assert!(matches!(vault.get_file(&mut tx, a_patient(2), a_document(1)).await, Err(Error::NoFile)));
    assert!(matches!(vault.get_file(&mut tx, a_patient(1), a_document(2)).await, Err(Error::NoFile)));
    assert!(matches!(vault.get_platform_file(&mut tx, a_document(1)).await, Err(Error::NoFile)));
    let stored = contents(&folder.path().join("files"));
    assert_eq!(stored.len(), 1);
    assert!(!stored[0].windows(6).any(|part| part == b"canary"));
}

#[tokio::test]
async fn stored_objects_swapped_under_two_names_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (db, vault) = (TestDb::new().await, a_vault(&folder).await);
    let mut tx = begin(&db).await;
    vault.put_file(&mut tx, a_patient(1), a_document(1), CANARY).await.unwrap();
    vault.put_file(&mut tx, a_patient(1), a_document(2), b"another letter").await.unwrap();
    tx.commit().await.unwrap();
    db.force("update vault_files set object_key = 'zz/' || object_key; update vault_files f set object_key = substr(o.object_key, 4)
              from vault_files o where o.id <> f.id")
        .await;

    let mut tx = begin(&db).await;
    for number in [1, 2] {
        let got = vault.get_file(&mut tx, a_patient(1), a_document(number)).await;
        assert!(matches!(got, Err(Error::Tampered(_))), "document {number}");
    }
}

#[tokio::test]
async fn a_licence_paper_belongs_to_the_platform() {
    let folder = tempfile::tempdir().unwrap();
    let (db, vault) = (TestDb::new().await, a_vault(&folder).await);
    let mut tx = begin(&db).await;
    vault.put_platform_file(&mut tx, a_document(7), b"licence").await.unwrap();
    assert_eq!(vault.get_platform_file(&mut tx, a_document(7)).await.unwrap().expose(), b"licence");
    assert!(vault.files_are_ready().await);
}
