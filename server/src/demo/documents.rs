//! What the first patient has sent in: two papers and a photo. Kept by the chart's own command; the scanner's job settles them.

use std::fmt::Write as _;

use access::{Actor, Role};
use chart::documents::{Description, DocumentKind, NewDocument, receive};
use db::Tx;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use intake::{Clean, Kind, Preview};
use vault::Vault;

use super::{DemoError, Scene, words::papers};

/// Pixels of the photo; its preview is the same picture.
const PHOTO: (u32, u32) = (640, 480);

pub(super) async fn write(tx: &mut Tx, vault: &Vault, scene: &Scene<'_>) -> Result<(), DemoError> {
    let Some(patient) = scene.cast.patients.first() else { return Ok(()) };
    let actor = Actor {
        account: patient.account,
        roles: vec![Role::Patient],
        patients: vec![patient.id],
        name: patient.name.clone(),
        ..Actor::nobody()
    };
    let today = scene.now.date_in(&actor.zone);
    for paper in papers::ALL {
        let description = Description {
            kind: paper.kind,
            title: paper.title.to_owned(),
            dated_on: Some(today.plus_days(-paper.days_ago)),
        };
        let file = Clean::made_here(Kind::Pdf, printed(paper.lines), Some(1), None);
        keep(tx, vault, &actor, (description, paper.filename, file)).await?;
    }
    let description = Description {
        kind: DocumentKind::Photo,
        title: "Rash on the left elbow".to_owned(),
        dated_on: Some(today.plus_days(-3)),
    };
    let photo = photo();
    let preview = Some(Preview { kind: Kind::Png, bytes: photo.clone() });
    let file = Clean::made_here(Kind::Png, photo, None, preview);
    keep(tx, vault, &actor, (description, "IMG_2041.png", file)).await
}

async fn keep(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (description, filename, file): (Description, &str, Clean),
) -> Result<(), DemoError> {
    let Some(patient) = actor.patient() else { return Ok(()) };
    let sent_sha256 = file.sha256;
    let filename = filename.to_owned();
    let new = NewDocument { description, filename, appointment: None, file, sent_sha256, key: None };
    receive(tx, vault, actor, patient, new).await?;
    Ok(())
}

/// One page of lines in a font that every reader has.
fn printed(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("BT /F1 20 Tf 60 770 Td 26 TL");
    for (number, line) in lines.iter().enumerate() {
        if number == 1 {
            text.push_str(" /F1 11 Tf 19 TL");
        }
        let safe: String = line.chars().filter(|c| c.is_ascii() && !matches!(c, '(' | ')' | '\\')).collect();
        let _ = write!(text, " ({safe}) Tj T*");
    }
    text.push_str(" ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n0 6\n0000000000 65535 f \n");
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let end = format!("{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", bytes.len());
    bytes.extend(end.bytes());
    bytes
}

/// Skin, and spots on it: nobody's elbow.
fn photo() -> Vec<u8> {
    const SPOTS: [(i64, i64, i64); 7] = [
        (240, 190, 46),
        (310, 240, 60),
        (270, 300, 34),
        (380, 200, 28),
        (200, 260, 22),
        (350, 320, 40),
        (430, 280, 18),
    ];
    let picture = RgbImage::from_fn(PHOTO.0, PHOTO.1, |x, y| {
        let (x, y) = (i64::from(x), i64::from(y));
        let shade = (x * 28 / 640 + y * 44 / 480) - 36;
        let grain = (x * 7919 + y * 104_729 + x * y) % 7 - 3;
        let red = SPOTS.iter().map(|(at, down, wide)| {
            let far = (x - at).pow(2) + (y - down).pow(2);
            (wide * wide * 60 / (far + wide * wide)).max(0)
        });
        let red: i64 = red.sum::<i64>().min(90);
        let channel = |value: i64| u8::try_from(value.clamp(0, 255)).unwrap_or(255);
        Rgb([channel(214 - shade + grain), channel(168 - shade + grain - red), channel(140 - shade + grain - red)])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    // A picture that cannot be written leaves an empty file, which the chart refuses.
    let _ = DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Png);
    bytes.into_inner()
}
