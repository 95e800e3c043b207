//! A letter of a doctor on paper: a certificate, a referral, an order, with a mark by which it can be checked.

use serde::Serialize;

use super::{Fact, Party, VerifyMark};
use crate::{DocumentError, pdf, qr_svg};

const TEMPLATE: &str = concat!(include_str!("page.typ"), include_str!("letter.typ"));

/// A letter, ready to print.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LetterSheet {
    /// Language of the labels, as BCP 47 primary tag: `en`, `ar`, `bn`, `hi`.
    pub language: String,
    /// Whether that language is written from right to left.
    pub right_to_left: bool,
    /// Name of the house, top of the page.
    pub brand: String,
    /// Title of the document, "Sick note".
    pub title: String,
    /// Why it is not valid any more; none for a valid one.
    pub warning: Option<String>,
    /// Whom it is about.
    pub patient: Party,
    /// The doctor who signed, with registration number.
    pub author: Party,
    /// Number and date.
    pub facts: Vec<Fact>,
    /// The sentence it begins with.
    pub opening: String,
    /// What it says, each with a heading; lines may be broken.
    pub sections: Vec<Fact>,
    /// "Signed electronically by …, at …".
    pub signature: String,
    /// The mark for checking it.
    pub verify: VerifyMark,
    /// Small print at the foot of each page.
    pub footer: String,
}

/// The letter as a tagged PDF (PDF/UA-1), A4.
///
/// # Errors
/// See [`DocumentError`].
pub fn letter_pdf(sheet: &LetterSheet) -> Result<Vec<u8>, DocumentError> {
    print(sheet).map(|printed| printed.bytes)
}

fn print(sheet: &LetterSheet) -> Result<pdf::Printed, DocumentError> {
    pdf::print(TEMPLATE, sheet, Some(qr_svg(&sheet.verify.url)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(words: &str) -> LetterSheet {
        let name =
            |name: &str| Party {
                heading: "المريض".into(), name: name.into(), facts: vec![Fact::new("رقم", "A-1")]
            };
        LetterSheet {
            language: "ar".into(),
            right_to_left: true,
            brand: "Bedside".into(),
            title: "إجازة مرضية".into(),
            patient: name("فاطمة الزهراء"),
            author: name("ডা. নাদিয়া রহমান"),
            facts: vec![Fact::new("الرقم", "ABCD-EFGH")],
            opening: words.into(),
            sections: vec![Fact::new("ملاحظات", words), Fact::new("More", "one\ntwo\n\nthree")],
            signature: "Dr. Łukasz Żółć".into(),
            verify: VerifyMark {
                url: "https://bedside.example/papers/ABCDEFGHJK".into(),
                code: "ABCD-EFGH".into(),
                caption: "تحقق".into(),
                alternative: "رمز".into(),
            },
            footer: "Bedside".into(),
            ..LetterSheet::default()
        }
    }

    #[test]
    fn a_letter_is_one_tagged_page_and_typed_text_is_never_markup() {
        let printed = print(&sheet("#panic() $x$ *not markup* \\ ] [ ${}")).unwrap();
        let text = String::from_utf8_lossy(&printed.bytes);
        assert_eq!(printed.pages, 1);
        assert!(text.contains("/StructTreeRoot") && text.contains("pdfuaid"), "not tagged as PDF/UA");
    }

    #[test]
    fn a_long_letter_runs_over_pages() {
        assert!(print(&sheet(&"Many words of a referral. ".repeat(400))).unwrap().pages > 1);
    }
}
