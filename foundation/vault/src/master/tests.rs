use std::{fs, os::unix::fs::PermissionsExt, sync::Arc};

use kernel::{Secret, Timestamp};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinSet,
};

use super::{
    AwsKms, AwsKmsConfig, KeyRing, Kms, KmsError, MasterError,
    sigv4::{Request, Signer, authorization},
};
use crate::MasterFrom;

#[tokio::test]
async fn the_first_start_makes_a_master_key_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let from = MasterFrom::Folder(folder.path().join("keys"));
    let first = KeyRing::load(&from).await.unwrap().current().unwrap().0;
    let again = KeyRing::load(&from).await.unwrap().current().unwrap().0;
    assert_eq!(first, again);
    let file = folder.path().join("keys/master-0001.key");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o400);
    assert_eq!(fs::read(&file).unwrap().len(), 32);
}

#[tokio::test]
async fn a_master_key_that_others_can_read_or_of_wrong_length_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let from = MasterFrom::Folder(folder.path().to_owned());
    KeyRing::load(&from).await.unwrap();
    let file = folder.path().join("master-0001.key");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(KeyRing::load(&from).await, Err(MasterError::TooOpen(_))));
    fs::remove_file(&file).unwrap();
    fs::write(&file, b"short").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    assert!(matches!(KeyRing::load(&from).await, Err(MasterError::WrongLength(_))));
}

/// The worked example of AWS's documentation for Signature Version 4.
#[test]
fn requests_are_signed_as_aws_documents_it() {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded; charset=utf-8".to_owned()),
        ("host", "iam.amazonaws.com".to_owned()),
        ("x-amz-date", "20150830T123600Z".to_owned()),
    ];
    let signer = Signer {
        access_key_id: "AKIDEXAMPLE",
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        region: "us-east-1",
        service: "iam",
        at: "2015-08-30T12:36:00Z".parse::<Timestamp>().unwrap(),
    };
    let request = Request {
        method: "GET",
        path: "/",
        query: "Action=ListUsers&Version=2010-05-08",
        headers: &headers,
        body: b"",
    };
    assert_eq!(
        authorization(&signer, &request),
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date, \
         Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
}

/// A key service that "encrypts" by turning bytes over, and refuses what is not signed for its key.
async fn a_kms() -> (String, JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let mut tasks = JoinSet::new();
    tasks.spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            let body_at = loop {
                let mut part = [0; 4096];
                let read = socket.read(&mut part).await.unwrap();
                request.extend_from_slice(&part[..read]);
                let text = String::from_utf8_lossy(&request).to_lowercase();
                let head = text.find("\r\n\r\n");
                let length = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse::<usize>().ok());
                if let (Some(head), Some(length)) = (head, length)
                    && request.len() >= head + 4 + length
                {
                    break head + 4;
                }
                assert_ne!(read, 0);
            };
            let head = String::from_utf8_lossy(&request[..body_at]).to_lowercase();
            let body: Value = serde_json::from_slice(&request[body_at..]).unwrap();
            let turn = |field: &str| {
                let text = body[field].as_str().unwrap();
                Value::String(text.chars().rev().collect())
            };
            let (status, answer) = if !head.contains("authorization: aws4-hmac-sha256 credential=akid/") || body["KeyId"] != "the-key" {
                (400, json!({ "__type": "AccessDeniedException" }))
            } else if head.contains("x-amz-target: trentservice.encrypt") {
                (200, json!({ "CiphertextBlob": turned(&turn("Plaintext")) }))
            } else {
                (200, json!({ "Plaintext": unturned(&turn("CiphertextBlob")) }))
            };
            let answer = answer.to_string();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
            socket.write_all(head.as_bytes()).await.unwrap();
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, tasks)
}

/// Base64 of the reversed base64 text, so that the blob is valid base64 and is not the key.
fn turned(reversed: &Value) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(reversed.as_str().unwrap())
}

fn unturned(reversed: &Value) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let blob: String = reversed.as_str().unwrap().chars().rev().collect();
    String::from_utf8(STANDARD.decode(blob).unwrap()).unwrap().chars().rev().collect()
}

fn a_config(endpoint: String, key: &str) -> AwsKmsConfig {
    AwsKmsConfig {
        key: key.into(),
        endpoint,
        region: "eu-central-1".into(),
        access_key_id: "AKID".into(),
        secret_access_key: Secret::new("secret".into()),
        session_token: None,
    }
}

#[tokio::test]
async fn with_a_key_service_the_folder_holds_nothing_that_opens() {
    let (endpoint, _running) = a_kms().await;
    let folder = tempfile::tempdir().unwrap();
    let kms: Arc<dyn Kms> = Arc::new(AwsKms::new(a_config(endpoint, "the-key")).unwrap());
    let first = KeyRing::with_kms(folder.path(), Arc::clone(&kms)).await.unwrap();
    let again = KeyRing::with_kms(folder.path(), Arc::clone(&kms)).await.unwrap();
    assert_eq!(first.current().unwrap().0, again.current().unwrap().0);
    let blob = fs::read(folder.path().join("master-0001.kms")).unwrap();
    let master = kms.decrypt(&blob).await.unwrap();
    assert_eq!(master.expose().len(), 32);
    assert!(!blob.windows(32).any(|part| part == master.expose().as_slice()));
}

#[tokio::test]
async fn a_key_service_that_refuses_stops_the_start() {
    let (endpoint, _running) = a_kms().await;
    let folder = tempfile::tempdir().unwrap();
    let from = MasterFrom::AwsKms { folder: folder.path().to_owned(), kms: a_config(endpoint, "another-key") };
    let error = KeyRing::load(&from).await.map(|_| ()).unwrap_err();
    assert!(matches!(error, MasterError::Kms(KmsError::Refused { status: 400, .. })), "{error}");
}
