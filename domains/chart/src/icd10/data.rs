//! Unpacks the embedded list.

use std::io::Read as _;

const PACKED: &[u8] = include_bytes!("../../data/icd10cm-2026-04.tsv.gz");

/// The whole list as text, one code a line.
pub(super) fn unpacked() -> String {
    let mut text = String::with_capacity(8_100_000);
    flate2::read::GzDecoder::new(PACKED)
        .read_to_string(&mut text)
        .expect("the embedded list is whole: a test reads it");
    text
}
