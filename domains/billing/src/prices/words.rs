use super::{Line, LineKind, admin::percent};

/// A discount, voucher or tax as a page calls it: "VAT 15%, included".
pub fn label(page: &web::PageFrame, line: &Line) -> String {
    say(&|key, args| page.tr(key, args), line)
}

/// Words of a key with its variables, in somebody's language.
type Say<'a> = dyn Fn(&str, &[(&str, &str)]) -> String + 'a;

pub(crate) fn say(words: &Say<'_>, line: &Line) -> String {
    let rate = line.basis_points.map(|points| percent(points.into())).unwrap_or_default();
    let name = format!("{} {rate}", line.label);
    let args = [("name", name.trim())];
    match line.kind {
        LineKind::Item => line.label.clone(),
        LineKind::Discount => words("prices-line-discount", &args),
        LineKind::Voucher => words("prices-line-voucher", &args),
        LineKind::Tax if line.included => words("prices-line-tax-included", &args),
        LineKind::Tax => words("prices-line-tax", &args),
    }
}
