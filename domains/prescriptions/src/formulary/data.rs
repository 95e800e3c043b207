//! Reads the embedded list.

use super::model::Drug;

const LIST: &str = include_str!("../../data/formulary.tsv");

pub(super) fn read() -> Vec<Drug> {
    LIST.lines().filter(|line| !line.starts_with('#')).filter_map(parsed).collect()
}

/// One line; `None` for one that is not whole, which a test would notice.
fn parsed(line: &'static str) -> Option<Drug> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Drug {
        code: next()?,
        ingredients: next()?.split('|').collect(),
        strengths: next()?.split('|').collect(),
        form: next()?.parse().ok()?,
        route: next()?.parse().ok()?,
        dose_unit: next()?.parse().ok()?,
        quantity_unit: next()?.parse().ok()?,
        pack: next()?,
        brands: next()?.split('|').filter(|brand| !brand.is_empty()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_whole_and_every_code_stands_once() {
        let drugs = read();
        assert_eq!(drugs.len(), LIST.lines().count() - 1);
        let codes: std::collections::HashSet<_> = drugs.iter().map(|drug| drug.code).collect();
        assert_eq!(codes.len(), drugs.len());
        assert!(drugs.iter().all(|drug| drug.ingredients.len() == drug.strengths.len()));
    }
}
