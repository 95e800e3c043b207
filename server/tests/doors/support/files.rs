//! Files as people have them, made here.

use image::{DynamicImage, ImageFormat, RgbImage};
use lopdf::{Document, Object, Stream, dictionary};

/// One page, which says nothing.
pub(crate) fn pdf() -> Vec<u8> {
    pdf_saying("BT ET")
}

/// One page with this in its stream, unpacked.
pub(crate) fn pdf_saying(words: &str) -> Vec<u8> {
    pdf_with(words, |_, _| {})
}

/// One page, and what the test does to its catalogue.
pub(crate) fn pdf_with(words: &str, change: impl FnOnce(&mut Document, lopdf::ObjectId)) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, words.as_bytes().to_vec()));
    let size: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content, "MediaBox" => size };
    let page = document.add_object(page);
    document.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    change(&mut document, catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

pub(crate) fn png() -> Vec<u8> {
    picture(ImageFormat::Png)
}

pub(crate) fn jpeg() -> Vec<u8> {
    picture(ImageFormat::Jpeg)
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(48, 32, |x, y| image::Rgb([u8::try_from(x * 4).unwrap(), u8::try_from(y * 6).unwrap(), 120]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}
