//! PDFs that are well, and all the others, made by the library that reads them.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Document, Object, Stream, dictionary};

use super::*;

fn document(change: impl FnOnce(&mut Document, lopdf::ObjectId, lopdf::ObjectId)) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, b"BT ET".to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    document.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    change(&mut document, catalog, page);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn on_catalog(key: &str, value: impl Into<Object>) -> Vec<u8> {
    document(|document, catalog, _| document.get_dictionary_mut(catalog).unwrap().set(key, value))
}

fn packed(bytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0_u8; 1024 * 1024];
    for _ in 0..bytes / zeros.len() {
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn plain_pages_pass() {
    assert_eq!(inspect(&document(|_, _, _| {})), Ok(1));
    let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://lab.example") } };
    let linked =
        document(|document, _, page| document.get_dictionary_mut(page).unwrap().set("Annots", vec![link.into()]));
    assert_eq!(inspect(&linked), Ok(1));
}

#[test]
fn what_acts_is_refused() {
    let script = || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    let cases = [
        on_catalog("OpenAction", script()),
        on_catalog("OpenAction", dictionary! { "S" => "Launch", "F" => Object::string_literal("cmd.exe") }),
        on_catalog("AA", dictionary! { "WC" => script() }),
        on_catalog("Names", dictionary! { "JavaScript" => dictionary! {} }),
        on_catalog("Names", dictionary! { "EmbeddedFiles" => dictionary! {} }),
        on_catalog("AcroForm", dictionary! { "XFA" => Object::string_literal("<xdp/>") }),
        on_catalog(
            "AcroForm",
            dictionary! { "Fields" => vec![dictionary! { "A" => dictionary! { "S" => "SubmitForm" } }.into()] },
        ),
        on_catalog("AF", vec![dictionary! { "Type" => "Filespec", "EF" => dictionary! {} }.into()]),
    ];
    for (number, case) in cases.iter().enumerate() {
        assert_eq!(inspect(case), Err(Refusal::Active), "{number}");
    }
}

#[test]
fn a_name_in_hexadecimal_hides_nothing() {
    let plain = on_catalog("OpenAction", dictionary! { "S" => "Launch" });
    let hidden = String::from_utf8_lossy(&plain).replace("/Launch", "/#4Caunc#68");
    // The table counts bytes, so it is left out: a lenient reader finds the objects again, and so do we.
    assert_eq!(inspect(hidden.as_bytes()), Err(Refusal::Active));
}

#[test]
fn a_script_in_an_object_that_is_packed_away_is_found() {
    let document = document(|document, catalog, _| {
        let hidden = document.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("x") });
        document.get_dictionary_mut(catalog).unwrap().set("OpenAction", hidden);
    });
    let mut document = Document::load_mem(&document).unwrap();
    let mut bytes = Vec::new();
    let options = lopdf::SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut bytes, options).unwrap();
    assert!(holds(&bytes, b"/ObjStm"), "objects are packed");
    assert_eq!(inspect(&bytes), Err(Refusal::Active));
}

#[test]
fn two_files_in_one_are_refused() {
    let pdf = document(|_, _, _| {});
    let archive = b"PK\x03\x04 a file PK\x01\x02 its entry PK\x05\x06\0\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\0\0";
    assert_eq!(inspect(&[pdf.as_slice(), archive].concat()), Err(Refusal::Mixed));
    assert_eq!(inspect(&[pdf.as_slice(), archive, b"\n%%EOF"].concat()), Err(Refusal::Mixed));
    assert_eq!(inspect(&[pdf.as_slice(), b"<script>alert(1)</script>"].concat()), Err(Refusal::Mixed));
    assert_eq!(inspect(&[pdf.as_slice(), b"\r\n\0\n"].concat()), Ok(1));
}

#[test]
fn what_does_not_open_is_refused() {
    for broken in [
        b"%PDF-1.7\n%%EOF\n".as_slice(),
        b"%PDF-1.7\nno end",
        b"%PDF-1.7\nxref\n0 99999999\ntrailer <</Size 1>>\n%%EOF",
    ] {
        assert_eq!(inspect(broken), Err(Refusal::Damaged), "{}", String::from_utf8_lossy(broken));
    }
    let whole = document(|_, _, _| {});
    assert_eq!(inspect(&whole[..whole.len() / 2]), Err(Refusal::Damaged));
}

#[test]
fn a_locked_file_is_refused() {
    let locked = document(|document, _, _| {
        document
            .trailer
            .set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
        let version = lopdf::EncryptionVersion::V2 {
            document,
            owner_password: "owner",
            user_password: "user",
            key_length: 128,
            permissions: lopdf::Permissions::all(),
        };
        let state = lopdf::EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
    });
    assert_eq!(inspect(&locked), Err(Refusal::Encrypted));
}

#[test]
fn bombs_are_counted_and_not_stored() {
    let one = packed(160 * 1024 * 1024);
    let bomb = document(|document, _, page| {
        let content = document.add_object(Stream::new(dictionary! { "Filter" => "FlateDecode" }, one));
        document.get_dictionary_mut(page).unwrap().set("Contents", content);
    });
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(inspect(&bomb), Err(Refusal::Exhausting));
}

#[test]
fn a_book_is_no_document() {
    let book = document(|document, catalog, page| {
        let pages = document.get_dictionary(catalog).unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        let copy = document.get_dictionary(page).unwrap().clone();
        let kids: Vec<Object> = (0..=MOST_PAGES).map(|_| document.add_object(copy.clone()).into()).collect();
        let count = i64::try_from(kids.len()).unwrap();
        document.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    });
    assert_eq!(inspect(&book), Err(Refusal::TooManyPages));
}
