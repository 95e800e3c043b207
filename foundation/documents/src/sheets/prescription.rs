//! A prescription on paper: who, for whom, what, until when, and a mark by which a pharmacy can check it.

use serde::Serialize;

use super::{Fact, Party};
use crate::{DocumentError, pdf, qr_svg};

const TEMPLATE: &str = concat!(include_str!("page.typ"), include_str!("prescription.typ"));

/// A prescription, ready to print.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PrescriptionSheet {
    /// Language of the labels, as BCP 47 primary tag: `en`, `ar`, `bn`, `hi`.
    pub language: String,
    /// Whether that language is written from right to left.
    pub right_to_left: bool,
    /// Name of the house, top of the page.
    pub brand: String,
    /// Title of the document, "Prescription".
    pub title: String,
    /// Why it must not be dispensed any more ("Stopped on 3 May 2026"); none for a valid one.
    pub warning: Option<String>,
    /// The patient.
    pub patient: Party,
    /// The prescriber, with registration number.
    pub prescriber: Party,
    /// Number, date, validity.
    pub facts: Vec<Fact>,
    /// Heading over the items, over their name and over their quantity.
    pub items_heading: String,
    /// Column heading "Medicine and how to take it".
    pub medicine_label: String,
    /// Column heading "Quantity".
    pub quantity_label: String,
    /// What is prescribed.
    pub items: Vec<PrescribedLine>,
    /// Notes to the patient.
    pub notes: Option<Fact>,
    /// "Signed electronically by …, at …".
    pub signature: String,
    /// The mark for checking it.
    pub verify: VerifyMark,
    /// Small print at the foot of each page.
    pub footer: String,
}

/// One prescribed medicine.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PrescribedLine {
    /// Drug, strength and form.
    pub name: String,
    /// How to take it, as a sentence.
    pub directions: String,
    /// More words of the prescriber.
    pub instructions: Option<String>,
    /// Quantity in figures with its unit.
    pub quantity: String,
}

/// The QR code that leads to the public page of this prescription.
#[derive(Debug, Clone, Default, Serialize)]
pub struct VerifyMark {
    /// Where it leads.
    pub url: String,
    /// The code to type in by hand.
    pub code: String,
    /// "Check this prescription at".
    pub caption: String,
    /// What a screen reader says for the drawing.
    pub alternative: String,
}

/// The prescription as a tagged PDF (PDF/UA-1), A4.
///
/// # Errors
/// See [`DocumentError`].
pub fn prescription_pdf(sheet: &PrescriptionSheet) -> Result<Vec<u8>, DocumentError> {
    print(sheet).map(|printed| printed.bytes)
}

fn print(sheet: &PrescriptionSheet) -> Result<pdf::Printed, DocumentError> {
    pdf::print(TEMPLATE, sheet, Some(qr_svg(&sheet.verify.url)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> PrescriptionSheet {
        PrescriptionSheet {
            language: "ar".into(),
            right_to_left: true,
            brand: "Bedside".into(),
            title: "وصفة طبية".into(),
            patient: Party {
                heading: "المريض".into(),
                name: "فاطمة الزهراء".into(),
                facts: vec![Fact::new("تاريخ الميلاد", "٣ مايو ١٩٨٧")],
            },
            prescriber: Party {
                heading: "الطبيب".into(),
                name: "ডা. নাদিয়া রহমান".into(),
                facts: vec![Fact::new("رقم التسجيل", "BMDC A-12345")],
            },
            facts: vec![Fact::new("صالحة حتى", "21 Dec 2026")],
            items_heading: "الأدوية".into(),
            medicine_label: "الدواء".into(),
            quantity_label: "الكمية".into(),
            items: vec![
                PrescribedLine {
                    name: "amoxicillin 500 mg oral capsule (generic)".into(),
                    directions: "خذ كبسولة واحدة 3 مرات يوميًا لمدة 7 أيام".into(),
                    instructions: Some("भोजन के बाद".into()),
                    quantity: "21 capsules".into(),
                };
                2
            ],
            notes: Some(Fact::new("ملاحظات", "#panic() $x$ *not markup* = nor this")),
            signature: "Dr. Łukasz Żółć".into(),
            verify: VerifyMark {
                url: "https://bedside.example/verify/ABCDEFGHJK".into(),
                code: "ABCDE-FGHJK".into(),
                caption: "تحقق".into(),
                alternative: "رمز".into(),
            },
            footer: "Bedside".into(),
            ..PrescriptionSheet::default()
        }
    }

    #[test]
    fn four_scripts_on_one_page_with_tags_and_embedded_fonts() {
        let printed = print(&sheet()).unwrap();
        let text = String::from_utf8_lossy(&printed.bytes);
        assert!(text.starts_with("%PDF-1."));
        assert_eq!(printed.pages, 1);
        for font in ["NotoSans-", "NotoSansArabic-", "NotoSansBengali-", "NotoSansDevanagari-"] {
            assert!(text.contains(font), "{font} is not embedded");
        }
        assert!(text.contains("/StructTreeRoot") && text.contains("pdfuaid"), "not tagged as PDF/UA");
        assert!(text.contains("/Lang(ar)") || text.contains("/Lang (ar)"), "no language");
        assert!(printed.bytes.len() < 200_000, "{} bytes", printed.bytes.len());
    }

    #[test]
    fn typed_text_is_data_and_never_markup() {
        let mut hostile = sheet();
        hostile.patient.name = "#read(\"/etc/passwd\") \\ ] [ ${} ".into();
        assert_eq!(print(&hostile).unwrap().pages, 1);
    }

    #[test]
    fn a_long_prescription_runs_over_pages() {
        let mut long = sheet();
        let item = long.items[0].clone();
        long.items = vec![item; 40];
        assert!(print(&long).unwrap().pages > 1);
    }

    /// Goal of performance.md. Run with `cargo test --release -p documents -- --ignored --nocapture`.
    #[test]
    #[ignore = "measures, asserts nothing on a shared machine"]
    fn how_long_one_prescription_takes() {
        let mut sheet = sheet();
        for round in 0..20 {
            sheet.signature = format!("Dr. Number {round}");
            sheet.verify.url = format!("https://bedside.example/verify/{round}");
            let start = std::time::Instant::now();
            let bytes = print(&sheet).unwrap().bytes.len();
            println!("{round}: {bytes} bytes in {:?}", start.elapsed());
        }
        let file = std::env::temp_dir().join("bedside-prescription.pdf");
        std::fs::write(&file, print(&sheet).unwrap().bytes).unwrap();
        println!("to look at: {}", file.display());
    }
}
