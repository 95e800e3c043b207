//! The corpus: files that mean harm, made here.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Object, Stream, dictionary};

use super::{nothing_is_left, send, sent};
use crate::support::{Hospital, jpeg, pdf, pdf_with, png};

const ARCHIVE: &[u8] =
    b"PK\x03\x04\x14\0\0\0\0\0 notes.txt PK\x01\x02 PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0";

fn on_catalog(key: &'static str, value: Object) -> Vec<u8> {
    pdf_with("BT ET", |document, catalog| document.get_dictionary_mut(catalog).unwrap().set(key, value))
}

fn scripted() -> Vec<u8> {
    on_catalog("OpenAction", dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") }.into())
}

fn locked() -> Vec<u8> {
    pdf_with("BT ET", |document, _| {
        let id = Object::string_literal("0123456789abcdef");
        document.trailer.set("ID", vec![id.clone(), id]);
        let version = lopdf::EncryptionVersion::V2 {
            document,
            owner_password: "owner",
            user_password: "user",
            key_length: 128,
            permissions: lopdf::Permissions::all(),
        };
        let state = lopdf::EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
    })
}

/// A quarter of a megabyte that unpacks to 160.
fn zeros() -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0_u8; 1024 * 1024];
    for _ in 0..160 {
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap()
}

fn bomb() -> Vec<u8> {
    pdf_with("BT ET", |document, _| {
        document.add_object(Stream::new(dictionary! { "Filter" => "FlateDecode" }, zeros()));
    })
}

/// The reader must unpack a stream of objects before it can say anything: here that is the bomb.
fn bomb_of_objects() -> Vec<u8> {
    let packed = zeros();
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let at = bytes.len();
    bytes.extend(
        format!("1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {} >>\nstream\n", packed.len())
            .bytes(),
    );
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\n");
    let table = bytes.len();
    bytes.extend(
        format!("xref\n0 2\n0000000000 65535 f \n{at:010} 00000 n \ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    bytes
}

/// A PNG of one pixel that says it is as large as this.
fn said_to_be(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

fn too_long(mark: &[u8], bytes: usize) -> Vec<u8> {
    let mut file = vec![b' '; bytes];
    file[..mark.len()].copy_from_slice(mark);
    file
}

fn corpus() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let photo = jpeg();
    let launch = dictionary! { "S" => "Launch", "F" => Object::string_literal("cmd.exe") };
    vec![
        ("nothing.pdf", Vec::new(), "empty"),
        ("a-byte-too-long.png", too_long(b"\x89PNG\r\n\x1a\n", 10 * 1024 * 1024 + 1), "too-large"),
        ("a-byte-too-long.pdf", too_long(b"%PDF-1.7\n", 25 * 1024 * 1024 + 1), "too-large"),
        ("notes.zip", ARCHIVE.to_vec(), "archive"),
        ("notes.pdf", ARCHIVE.to_vec(), "archive"),
        ("letter.docx", [b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml".as_slice(), ARCHIVE].concat(), "office"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 word".to_vec(), "office"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), "markup"),
        ("page.png", b"<!doctype html><script>alert(1)</script>".to_vec(), "markup"),
        ("setup.pdf", b"MZ\x90\0\x03\0\0\0\x04 This program cannot be run in DOS mode".to_vec(), "program"),
        ("picture.gif", b"GIF89a\x01\0\x01\0".to_vec(), "unknown"),
        ("two-in-one.pdf", [pdf().as_slice(), ARCHIVE].concat(), "mixed"),
        ("two-in-one-closed.pdf", [pdf().as_slice(), ARCHIVE, b"\n%%EOF\n"].concat(), "mixed"),
        ("behind-html.pdf", [b"<html></html>".as_slice(), &pdf()].concat(), "mixed"),
        ("tail.pdf", [pdf().as_slice(), b"<script>alert(1)</script>"].concat(), "mixed"),
        ("broken.pdf", b"%PDF-1.7\n%%EOF\n".to_vec(), "damaged"),
        ("half.jpg", photo[..photo.len() / 2].to_vec(), "damaged"),
        ("no-pixels.png", said_to_be(6_000, 6_000), "damaged"),
        ("locked.pdf", locked(), "encrypted"),
        ("script.pdf", scripted(), "active"),
        ("launch.pdf", on_catalog("OpenAction", launch.into()), "active"),
        ("inside.pdf", on_catalog("Names", dictionary! { "EmbeddedFiles" => dictionary! {} }.into()), "active"),
        (
            "form.pdf",
            on_catalog("AcroForm", dictionary! { "XFA" => Object::string_literal("<xdp/>") }.into()),
            "active",
        ),
        ("vast.png", said_to_be(60_000, 60_000), "too-many-pixels"),
        ("bomb.pdf", bomb(), "exhausting"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_means_harm_is_refused_in_its_own_words_and_nothing_is_left() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    let mut faults = Vec::new();
    for (name, bytes, code) in corpus() {
        let answer = send(&mine, patient, (name, &bytes)).await;
        let problem = answer.json();
        let said = &problem["errors"][0];
        let right = answer.status == 422
            && said["field"] == "file"
            && said["code"] == format!("chart-document-refused-{code}")
            && said["message"].as_str().is_some_and(|words| !words.contains("chart-"));
        if !right {
            faults.push(format!("{name}: {problem}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    nothing_is_left(&hospital).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_for_the_reader_itself_dies_within_its_limits() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let answer = send(&hospital.program(patient).await, patient, ("objects.pdf", &bomb_of_objects())).await;
    let problem = answer.problem(422, "invalid");
    let code = problem["errors"][0]["code"].as_str().unwrap();
    assert!(matches!(code, "chart-document-refused-exhausting" | "chart-document-refused-damaged"), "{problem}");
    nothing_is_left(&hospital).await;
}

#[tokio::test]
async fn a_picture_comes_in_without_its_place_and_its_tail() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let photo = jpeg();
    let place = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0 GPS 23.8103 N 90.4125 E";
    let length = u16::try_from(place.len() + 2).unwrap().to_be_bytes();
    let tail = b"<html><script>alert(1)</script></html>";
    let bytes = [&photo[..2], b"\xff\xe1", &length, place, &photo[2..], tail].concat();
    let id = sent(&hospital, patient, ("at-home.jpg", &bytes)).await;
    let mine = hospital.program(patient).await;
    for part in ["content", "preview"] {
        let file = mine.get(&format!("/record/documents/{id}/{part}")).await.is(200).body;
        for word in [b"GPS".as_slice(), b"Exif", b"<script>"] {
            assert!(
                !file.windows(word.len()).any(|window| window == word),
                "{part}: {}",
                String::from_utf8_lossy(word)
            );
        }
    }
}

#[tokio::test]
async fn a_name_is_only_a_name() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.program(patient).await;
    for (sent, kept) in [
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\scans\\result.pdf.exe", "result.pdf.pdf"),
        ("result\u{202e}fdp.exe", "resultfdp.pdf"),
        ("a%0D%0ASet-Cookie: b=c.pdf", "a%0D%0ASet-Cookie b=c.pdf"),
        ("نتيجة المختبر.pdf", "نتيجة المختبر.pdf"),
        (".pdf", "document.pdf"),
    ] {
        let id = send(&mine, patient, (sent, &pdf())).await.is(201).field("id");
        hospital.doors.work().await;
        let path = format!("{}/{id}", super::calls(patient));
        assert_eq!(mine.get(&path).await.is(200).json()["filename"], kept);
        let file = mine.get(&format!("{path}/content")).await.is(200);
        assert!(file.header("set-cookie").is_empty() && file.header("content-disposition").starts_with("attachment; "));
    }
}
