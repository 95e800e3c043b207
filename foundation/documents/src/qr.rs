//! QR codes as drawings: black on white, crisp at any size, one path.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::DocumentError;

/// Free modules around a QR code that a reader needs (ISO/IEC 18004 §9.1).
const QUIET: usize = 4;

/// `text` as an SVG drawing of a QR code, error correction level M. It has no `width`: the page decides.
///
/// # Errors
/// [`DocumentError::TooLongForQr`] above some 2,300 bytes.
pub fn qr_svg(text: &str) -> Result<String, DocumentError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| DocumentError::TooLongForQr)?;
    let modules = code.width();
    let side = modules + 2 * QUIET;
    let mut path = String::new();
    for (index, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (index % modules + QUIET, index / modules + QUIET);
            write!(path, "M{x} {y}h1v1h-1z").expect("writing to a string does not fail");
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_with_a_quiet_zone() {
        let svg = qr_svg("https://example.org/verify/ABC").unwrap();
        // Version 3 has 29 modules a side; with four free modules on either side 37.
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{svg}");
        assert!(svg.contains("M4 4h1v1h-1z"), "the finder pattern starts after the quiet zone");
    }

    #[test]
    fn too_much_text_is_refused() {
        assert!(matches!(qr_svg(&"x".repeat(5000)), Err(DocumentError::TooLongForQr)));
    }
}
