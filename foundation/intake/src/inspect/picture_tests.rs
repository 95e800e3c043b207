use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::*;
use crate::kind::holds;

fn landscape() -> RgbImage {
    // The left half is red, the right half blue.
    RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) })
}

fn jpeg() -> Vec<u8> {
    encode(&DynamicImage::ImageRgb8(landscape()), Kind::Jpeg, 95).unwrap()
}

/// With an APP1 segment behind the first two bytes: taken with the camera turned (orientation 6), at a place.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, value: u32| {
        let mut bytes = tag.to_be_bytes().to_vec();
        bytes.extend(kind.to_be_bytes());
        bytes.extend(1_u32.to_be_bytes());
        bytes.extend(if kind == 3 { value << 16 } else { value }.to_be_bytes());
        bytes
    };
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend(entry(0x0112, 3, 6));
    tiff.extend(entry(0x8825, 4, 38));
    tiff.extend(0_u32.to_be_bytes());
    tiff.extend(b"\0\0 GPS 23.8103 N 90.4125 E taken at home");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(tiff);
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &segment, &jpeg[2..]].concat()
}

fn renewed(kind: Kind, bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    match renew(kind, bytes) {
        Ok(Found::Picture { content, preview }) => (content, preview),
        Ok(Found::Pages(_)) => panic!("no picture"),
        Err(refusal) => panic!("{refusal}"),
    }
}

fn refused(kind: Kind, bytes: &[u8]) -> Refusal {
    renew(kind, bytes).err().expect("refused")
}

fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encode(&DynamicImage::ImageRgb8(RgbImage::new(1, 1)), Kind::Png, 0).unwrap();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

#[test]
fn where_it_was_taken_is_gone_and_it_stands_upright() {
    let sent = with_exif(&jpeg());
    assert!(holds(&sent, b"taken at home"));
    let (content, preview) = renewed(Kind::Jpeg, &sent);
    for bytes in [&content, &preview] {
        assert!(!holds(bytes, b"Exif") && !holds(bytes, b"GPS") && !holds(bytes, b"taken at home"));
    }
    let shown = image::load_from_memory(&content).unwrap();
    assert_eq!((shown.width(), shown.height()), (32, 64), "turned by a quarter");
    let above = shown.to_rgb8().get_pixel(16, 8).0;
    assert!(above[0] > 150 && above[2] < 90, "the left half is the upper one: {above:?}");
}

#[test]
fn what_hangs_on_behind_is_gone() {
    let tail = b"<html><script>alert(1)</script></html>PK\x03\x04";
    let (content, _) = renewed(Kind::Jpeg, &[jpeg().as_slice(), tail].concat());
    assert!(!holds(&content, b"<html>"));
    let png = encode(&DynamicImage::ImageRgb8(landscape()), Kind::Png, 0).unwrap();
    let (content, _) = renewed(Kind::Png, &[png.as_slice(), tail].concat());
    assert!(!holds(&content, b"<html>") && content.ends_with(b"IEND\xaeB`\x82"));
}

#[test]
fn half_a_picture_is_refused() {
    let whole = jpeg();
    assert_eq!(refused(Kind::Jpeg, &whole[..whole.len() * 2 / 3]), Refusal::Damaged);
    assert_eq!(refused(Kind::Jpeg, &whole[..whole.len() - 2]), Refusal::Damaged);
    assert_eq!(refused(Kind::Jpeg, b"\xff\xd8\xff"), Refusal::Damaged);
    let png = encode(&DynamicImage::ImageRgb8(landscape()), Kind::Png, 0).unwrap();
    assert_eq!(refused(Kind::Png, &png[..png.len() / 2]), Refusal::Damaged);
    assert_eq!(refused(Kind::Png, b"\x89PNG\r\n\x1a\n<html>"), Refusal::Damaged);
}

#[test]
fn what_is_declared_too_large_is_not_decoded() {
    assert_eq!(refused(Kind::Png, &png_of(60_000, 60_000)), Refusal::TooManyPixels);
    assert_eq!(refused(Kind::Png, &png_of(8_000, 5_001)), Refusal::TooManyPixels);
    // A small file that says it is large, and has no pixels.
    assert_eq!(refused(Kind::Png, &png_of(6_000, 6_000)), Refusal::Damaged);
}

#[test]
fn what_is_seen_through_stays_so_and_previews_are_small() {
    let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(1600, 400, Rgba([10, 20, 30, 128])));
    let (content, preview) = renewed(Kind::Png, &encode(&glass, Kind::Png, 0).unwrap());
    assert!(image::load_from_memory(&content).unwrap().color().has_alpha());
    let small = image::load_from_memory(&preview).unwrap();
    assert_eq!((small.width(), small.height()), (800, 200));
}
