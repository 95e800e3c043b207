//! `/doctors`: the search and its results.

use askama::Template;
use kernel::{Cursor, FieldError, PageRequest, Timestamp, Zone};
use web::{PageFrame, Query, Visitor};

use super::{
    current::current,
    find::{Results, Total, count, find},
    form::{Filter, SearchForm},
    store,
    view::{Card, card, language_name, mode_name, zone_words},
};

#[derive(Template)]
#[template(path = "doctors/pages/search.html")]
struct SearchPage {
    page: PageFrame,
    form: SearchForm,
    specialties: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    genders: Vec<(String, String)>,
    modes: Vec<(String, String)>,
    days: Vec<(String, String)>,
    cities: Vec<(String, String)>,
    sorts: Vec<(String, String)>,
    chips: Vec<Chip>,
    count: String,
    cards: Vec<Card>,
    zone: String,
    next: String,
    wider: Vec<Wider>,
}

/// A filter that applies, in words, and the address without it.
struct Chip {
    label: String,
    lang: String,
    href: String,
}

/// What a search without a filter would find.
struct Wider {
    label: String,
    href: String,
}

/// What the filters offer: specialties, languages and cities that some published doctor has.
struct Choices {
    specialties: Vec<String>,
    languages: Vec<String>,
    cities: Vec<String>,
}

pub(super) async fn search(me: Visitor, Query(asked): Query<SearchForm>) -> web::Result {
    let form = asked.understood();
    let (zone, mut tx) = (me.zone(), me.begin().await?);
    let wanted = form.criteria();
    let cursor = Some(Cursor(form.cursor.clone())).filter(|cursor| !cursor.0.is_empty());
    let results = find(&mut tx, &wanted, zone, &PageRequest::of(10, cursor)).await?;
    let choices = choices(&mut tx).await?;
    let mut page = me.page("home-search-title");
    let is_nobody = results.page.items.is_empty() && results.page.next_cursor.is_none();
    let wider = if is_nobody { widened(&mut tx, &form, zone, &page).await? } else { Vec::new() };
    let now = tx.now();
    tx.commit().await?;
    if form.is_bad_fee() {
        page = page.with_errors(vec![FieldError::new("max_fee", "home-search-fee-error")]);
    }
    web::render(&filled(page, form, &choices, &results, (zone, now), wider))
}

async fn choices(tx: &mut db::Tx) -> Result<Choices, db::Error> {
    let (mut specialties, current) = (store::list_specialties(tx).await?, current(tx).await?);
    specialties.retain(|code| current.index.has_specialty(code));
    Ok(Choices { specialties, languages: current.index.languages(), cities: current.index.cities() })
}

fn filled(
    page: PageFrame,
    form: SearchForm,
    choices: &Choices,
    results: &Results,
    (zone, now): (&Zone, Timestamp),
    wider: Vec<Wider>,
) -> SearchPage {
    let named = |prefix: &str, codes: &[&str]| -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), page.t(format!("{prefix}{code}")))).collect()
    };
    SearchPage {
        specialties: choices
            .specialties
            .iter()
            .map(|code| (code.clone(), page.t(format!("specialty-{code}"))))
            .collect(),
        languages: choices.languages.iter().map(|tag| (tag.clone(), language_name(tag).to_owned())).collect(),
        genders: named("home-gender-", &["female", "male"]),
        modes: named("shared-mode-", &["video", "audio", "chat", "in_person"]),
        days: named("home-when-", &["today", "tomorrow", "today-tomorrow", "week"]),
        cities: choices.cities.iter().map(|city| (city.clone(), city.clone())).collect(),
        sorts: named("home-sort-", &["soonest", "rating", "fee", "distance"]),
        chips: form.filters().into_iter().map(|filter| chip(&page, &form, filter)).collect(),
        count: count_words(&page, results.total),
        cards: results.page.items.iter().map(|found| card(&page, found, zone, now)).collect(),
        zone: zone_words(&page, zone, now),
        next: results.page.next_cursor.as_ref().map(|cursor| form.at(&cursor.0).href()).unwrap_or_default(),
        wider,
        form,
        page,
    }
}

fn count_words(page: &PageFrame, total: Total) -> String {
    let (key, number) = match total {
        Total::Exactly(number) => ("home-search-count", number),
        Total::BeforeTimes(number) => ("home-search-count-before-times", number),
    };
    page.tr(key, [("count", number.to_string().as_str())])
}

fn chip(page: &PageFrame, form: &SearchForm, filter: Filter) -> Chip {
    let lang = if filter == Filter::Language { form.language.clone() } else { String::new() };
    Chip { label: filter_words(page, form, filter), lang, href: form.without(filter).href() }
}

fn filter_words(page: &PageFrame, form: &SearchForm, filter: Filter) -> String {
    let value = form.value(filter);
    let said = |key: &str, name: &'static str, value: &str| page.tr(key, [(name, value)]);
    match filter {
        Filter::Text => said("home-filter-text", "text", value),
        Filter::Specialty => page.t(format!("specialty-{value}")),
        Filter::Language => said("home-filter-language", "language", language_name(value)),
        Filter::Gender => page.t(format!("home-gender-{value}")),
        Filter::Mode => value.parse().map_or_else(|_| value.to_owned(), |mode| mode_name(page, mode)),
        Filter::Fee => said("home-filter-fee", "fee", value),
        Filter::When => page.t(format!("home-when-{value}")),
        Filter::Place => said("home-filter-place", "place", value),
    }
}

/// Nobody fits: what each filter, taken away, would give.
async fn widened(tx: &mut db::Tx, form: &SearchForm, zone: &Zone, page: &PageFrame) -> Result<Vec<Wider>, db::Error> {
    let mut wider = Vec::new();
    for filter in form.filters() {
        let other = form.without(filter);
        let Some(total) = count(tx, &other.criteria(), zone).await? else { continue };
        let what = filter_words(page, form, filter);
        let (found, label) = match total {
            Total::Exactly(number) => {
                let words = number.to_string();
                (number, page.tr("home-wider", [("count", words.as_str()), ("filter", what.as_str())]))
            }
            Total::BeforeTimes(number) => (number, page.tr("home-wider-some", [("filter", what.as_str())])),
        };
        wider.push((found, Wider { label, href: other.href() }));
    }
    wider.sort_by_key(|(found, _)| std::cmp::Reverse(*found));
    Ok(wider.into_iter().take(4).map(|(_, wider)| wider).collect())
}
