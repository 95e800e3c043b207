//! A picture is decoded and made anew: what was not pixels (where it was taken, on what, what else was hidden in it) does not come along.

use std::io::Cursor;

use image::{
    ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};

use super::Found;
use crate::{Kind, Refusal};

/// 40 megapixels, by the declared size, before anything is decoded.
const MOST_PIXELS: u64 = 40_000_000;
/// Bytes of a decoded picture.
const MOST_BYTES: u64 = 192 * 1024 * 1024;
/// The longer side of a preview.
const PREVIEW: u32 = 800;
const QUALITY: u8 = 90;
const PREVIEW_QUALITY: u8 = 80;

/// The same picture, upright, and a small one.
pub(super) fn renew(kind: Kind, bytes: &[u8]) -> Result<Found, Refusal> {
    if kind == Kind::Jpeg && !is_whole(bytes) {
        return Err(Refusal::Damaged);
    }
    let format = if kind == Kind::Jpeg { ImageFormat::Jpeg } else { ImageFormat::Png };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(Limits::no_limits());
    let mut decoder = reader.into_decoder().map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES {
        return Err(Refusal::TooManyPixels);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES * 2);
    decoder.set_limits(limits).map_err(|_| Refusal::TooManyPixels)?;
    let upright = decoder.orientation().map_err(|_| Refusal::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
    picture.apply_orientation(upright);
    let picture = plain(picture, kind);
    let content = encode(&picture, kind, QUALITY)?;
    if content.len() as u64 > Kind::MOST {
        return Err(Refusal::Exhausting);
    }
    let small = picture.width().max(picture.height()) <= PREVIEW;
    let preview = if small { picture } else { picture.thumbnail(PREVIEW, PREVIEW) };
    Ok(Found::Picture { content, preview: encode(&preview, kind, PREVIEW_QUALITY)? })
}

/// Eight bits a channel, and no channel that its kind does not have.
fn plain(picture: DynamicImage, kind: Kind) -> DynamicImage {
    match (kind, picture.color()) {
        (_, ColorType::L8 | ColorType::Rgb8) | (Kind::Png, ColorType::Rgba8 | ColorType::La8) => picture,
        (_, ColorType::L16) => DynamicImage::ImageLuma8(picture.into_luma8()),
        (Kind::Png, color) if color.has_alpha() => DynamicImage::ImageRgba8(picture.into_rgba8()),
        _ => DynamicImage::ImageRgb8(picture.into_rgb8()),
    }
}

fn encode(picture: &DynamicImage, kind: Kind, quality: u8) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let done = match kind {
        Kind::Png => picture.write_with_encoder(PngEncoder::new(&mut bytes)),
        Kind::Jpeg | Kind::Pdf => picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)),
    };
    done.map(|()| bytes).map_err(|_| Refusal::Damaged)
}

/// Whether a JPEG goes on to its end: decoders fill up what is missing with grey. Segments by ITU-T T.81, B.1.
fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    let mut in_scan = false;
    while let Some(marker) = next_marker(bytes, &mut at, in_scan) {
        match marker {
            0xd9 => return true,
            0x01 | 0xd0..=0xd8 => {}
            _ => {
                let Some(length) = bytes.get(at..at + 2) else { return false };
                at += usize::from(u16::from_be_bytes([length[0], length[1]]));
                in_scan = marker == 0xda || in_scan;
            }
        }
    }
    false
}

/// The marker at or after `at`; between markers of a scan lies what is coded, in which 0xff is followed by zero or a restart.
fn next_marker(bytes: &[u8], at: &mut usize, in_scan: bool) -> Option<u8> {
    loop {
        let here = *bytes.get(*at)?;
        *at += 1;
        if here != 0xff {
            if in_scan {
                continue;
            }
            return None;
        }
        while bytes.get(*at) == Some(&0xff) {
            *at += 1;
        }
        let marker = *bytes.get(*at)?;
        *at += 1;
        if in_scan && (marker == 0 || (0xd0..=0xd7).contains(&marker)) {
            continue;
        }
        return Some(marker);
    }
}

#[cfg(test)]
#[path = "picture_tests.rs"]
mod tests;
