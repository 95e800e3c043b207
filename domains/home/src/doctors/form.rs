//! The search as a form: what was typed, what it was understood to mean, and the addresses that change one part of it.

use serde::{Deserialize, Serialize};

use super::{
    criteria::{Criteria, Gender, Sort, When},
    words::understand,
};

/// The query string of `/doctors`. Empty means "any".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SearchForm {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) specialty: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) language: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) gender: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) mode: String,
    /// Whole units of the currency.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) max_fee: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) when: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) place: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) sort: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) cursor: String,
}

/// A filter that applies and can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Text,
    Specialty,
    Language,
    Gender,
    Mode,
    Fee,
    When,
    Place,
}

impl Filter {
    pub(crate) const ALL: [Self; 8] =
        [Self::Specialty, Self::Language, Self::When, Self::Mode, Self::Gender, Self::Fee, Self::Place, Self::Text];
}

impl SearchForm {
    /// Filters found in the text move to their fields, where the form has not said otherwise; the text keeps what is left.
    #[must_use]
    pub(crate) fn understood(mut self) -> Self {
        let found = understand(&self.q);
        let set = |field: &mut String, value: Option<String>| {
            if let (true, Some(value)) = (field.is_empty(), value) {
                *field = value;
            }
        };
        set(&mut self.specialty, found.specialty.map(str::to_owned));
        set(&mut self.language, found.language.map(str::to_owned));
        set(&mut self.gender, found.gender.map(|gender| gender.code().to_owned()));
        set(&mut self.mode, found.mode.map(|mode| mode.code().to_owned()));
        set(&mut self.when, found.when.map(|when| when.code().to_owned()));
        set(&mut self.max_fee, found.max_fee.map(|fee| fee.to_string()));
        self.q = found.rest.join(" ");
        self
    }

    pub(crate) fn criteria(&self) -> Criteria {
        let some = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Criteria {
            words: self.q.split_whitespace().map(str::to_lowercase).take(8).collect(),
            specialty: some(&self.specialty),
            language: some(&self.language),
            gender: Gender::from_code(&self.gender),
            mode: self.mode.parse().ok(),
            max_fee: self.fee().map(|whole| whole.saturating_mul(100)),
            when: When::from_code(&self.when),
            place: some(&self.place),
            near: None,
            sort: Sort::from_code(&self.sort),
        }
    }

    /// The highest fee in whole units; `None` when none is given or it is no number.
    pub(crate) fn fee(&self) -> Option<i64> {
        self.max_fee.trim().trim_start_matches('$').parse().ok().filter(|fee| (1..=1_000_000).contains(fee))
    }

    pub(crate) fn is_bad_fee(&self) -> bool {
        !self.max_fee.trim().is_empty() && self.fee().is_none()
    }

    /// The filters that narrow this search.
    pub(crate) fn filters(&self) -> Vec<Filter> {
        Filter::ALL.into_iter().filter(|filter| !self.value(*filter).is_empty()).collect()
    }

    pub(crate) fn value(&self, filter: Filter) -> &str {
        match filter {
            Filter::Text => &self.q,
            Filter::Specialty => &self.specialty,
            Filter::Language => &self.language,
            Filter::Gender => &self.gender,
            Filter::Mode => &self.mode,
            Filter::Fee => &self.max_fee,
            Filter::When => &self.when,
            Filter::Place => &self.place,
        }
    }

    /// The same search without one filter, from its first page.
    #[must_use]
    pub(crate) fn without(&self, filter: Filter) -> Self {
        let mut other = Self { cursor: String::new(), ..self.clone() };
        match filter {
            Filter::Text => other.q.clear(),
            Filter::Specialty => other.specialty.clear(),
            Filter::Language => other.language.clear(),
            Filter::Gender => other.gender.clear(),
            Filter::Mode => other.mode.clear(),
            Filter::Fee => other.max_fee.clear(),
            Filter::When => other.when.clear(),
            Filter::Place => other.place.clear(),
        }
        other
    }

    #[must_use]
    pub(crate) fn at(&self, cursor: &str) -> Self {
        Self { cursor: cursor.to_owned(), ..self.clone() }
    }

    /// The address of this search.
    pub(crate) fn href(&self) -> String {
        match serde_urlencoded::to_string(self) {
            Ok(query) if !query.is_empty() => format!("/doctors?{query}"),
            _ => "/doctors".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(q: &str) -> SearchForm {
        SearchForm { q: q.to_owned(), ..SearchForm::default() }.understood()
    }

    #[test]
    fn a_filter_taken_away_leaves_the_rest() {
        let form = typed("dermatologist, speaks Bangla, today, Rahman");
        assert_eq!(form.filters(), [Filter::Specialty, Filter::Language, Filter::When, Filter::Text]);
        assert_eq!(form.without(Filter::Language).href(), "/doctors?q=rahman&specialty=dermatology&when=today");
    }

    #[test]
    fn what_the_form_says_wins_over_the_text() {
        let form = SearchForm { q: "dermatologist".into(), specialty: "cardiology".into(), ..SearchForm::default() };
        assert_eq!(form.understood().specialty, "cardiology");
    }

    #[test]
    fn a_fee_that_is_no_number_is_told_and_not_used() {
        let form = SearchForm { max_fee: "cheap".into(), ..SearchForm::default() };
        assert!(form.is_bad_fee());
        assert_eq!(form.criteria().max_fee, None);
        assert_eq!(SearchForm { max_fee: "$30".into(), ..SearchForm::default() }.criteria().max_fee, Some(3_000));
    }
}
