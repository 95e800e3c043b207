//! HTML: family history, for the patient and for the doctor: the list with its form, and one entry with its versions.

use askama::Template;
use axum::extract::Path;
use kernel::{
    FieldError,
    ids::{HistoryEntryId, PatientId},
};
use serde::Deserialize;
use web::{Ctx, Doctor, Form, PageFrame, Patient};

use super::{Deceased, FamilyAnswer, FamilyHistory, Relationship, Relative};
use crate::{
    ChartError,
    entries::{Entry, Status, Why, Withdrawal},
    icd10,
    record::{
        history_view::{HistoryRow, Whose, history_row},
        store as records, who,
    },
};

/// What was typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    relationship: String,
    condition: String,
    code: String,
    age_at_onset: String,
    deceased: String,
    age_at_death: String,
    cause_of_death: String,
    /// `find` looks for codes and saves nothing.
    step: String,
}

/// The form, ready to show.
struct FormView {
    typed: Typed,
    relationships: Vec<(&'static str, String)>,
    deceased: Vec<(&'static str, String)>,
    /// Codes that fit the condition, where they were asked for; and the one that is chosen.
    codes: Vec<(String, String)>,
    looked: bool,
}

#[derive(Template)]
#[template(path = "family_history/pages/list.html")]
struct ListPage {
    page: PageFrame,
    whose: Whose,
    rows: Vec<HistoryRow>,
    earlier: Vec<HistoryRow>,
    /// The row of "none known"; none while it does not stand.
    none_known: Option<HistoryRow>,
    form: FormView,
}

#[derive(Template)]
#[template(path = "family_history/pages/one.html")]
struct OnePage {
    page: PageFrame,
    whose: Whose,
    row: HistoryRow,
    /// The versions before it, the latest first.
    versions: Vec<HistoryRow>,
    is_relative: bool,
    form: FormView,
    reason: String,
}

const PATH: &str = "family-history";

/// `GET /record/family-history`
pub(crate) async fn list(me: Patient) -> web::Result {
    web::render(&open(&me, (me.patient_id(), false), Typed::default(), Vec::new()).await?)
}

/// `GET /doctor/patients/{patient}/family-history`
pub(crate) async fn list_for_doctor(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    web::render(&open(&me, (patient, true), Typed::default(), Vec::new()).await?)
}

/// `POST /record/family-history`
pub(crate) async fn add(me: Patient, Form(typed): Form<Typed>) -> web::Result {
    put(&me, (me.patient_id(), false), typed).await
}

/// `POST /doctor/patients/{patient}/family-history`
pub(crate) async fn add_as_doctor(me: Doctor, Path(patient): Path<PatientId>, Form(typed): Form<Typed>) -> web::Result {
    put(&me, (patient, true), typed).await
}

/// `POST /record/family-history/none-known`
pub(crate) async fn none_known(me: Patient) -> web::Result {
    say_none(&me, (me.patient_id(), false)).await
}

/// `POST /doctor/patients/{patient}/family-history/none-known`
pub(crate) async fn none_known_as_doctor(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    say_none(&me, (patient, true)).await
}

/// `GET /record/family-history/{relative}`
pub(crate) async fn one(me: Patient, Path(id): Path<HistoryEntryId>) -> web::Result {
    web::render(&open_one(&me, (me.patient_id(), false), id, Shown::default()).await?)
}

/// `GET /doctor/patients/{patient}/family-history/{relative}`
pub(crate) async fn one_for_doctor(me: Doctor, Path((patient, id)): Path<(PatientId, HistoryEntryId)>) -> web::Result {
    web::render(&open_one(&me, (patient, true), id, Shown::default()).await?)
}

/// `POST /record/family-history/{relative}`
pub(crate) async fn change(me: Patient, Path(id): Path<HistoryEntryId>, Form(typed): Form<Typed>) -> web::Result {
    put_version(&me, (me.patient_id(), false), id, typed).await
}

/// `POST /doctor/patients/{patient}/family-history/{relative}`
pub(crate) async fn change_as_doctor(
    me: Doctor,
    Path((patient, id)): Path<(PatientId, HistoryEntryId)>,
    Form(typed): Form<Typed>,
) -> web::Result {
    put_version(&me, (patient, true), id, typed).await
}

/// `POST /record/family-history/{relative}/withdrawal`
pub(crate) async fn take_back(me: Patient, Path(id): Path<HistoryEntryId>, Form(why): Form<Why>) -> web::Result {
    remove(&me, (me.patient_id(), false), id, why).await
}

/// `POST /doctor/patients/{patient}/family-history/{relative}/withdrawal`
pub(crate) async fn take_back_as_doctor(
    me: Doctor,
    Path((patient, id)): Path<(PatientId, HistoryEntryId)>,
    Form(why): Form<Why>,
) -> web::Result {
    remove(&me, (patient, true), id, why).await
}

/// Whose record, and whether a doctor has it open.
type Of = (PatientId, bool);

async fn put(me: &Ctx, of: Of, typed: Typed) -> web::Result {
    if typed.step == "find" {
        return web::render(&open(me, of, typed, Vec::new()).await?);
    }
    let relative = match Relative::try_from(&typed) {
        Ok(relative) => relative,
        Err(errors) => return web::render_status(422, &open(me, of, typed, errors).await?),
    };
    let mut tx = me.begin().await?;
    match super::record(&mut tx, me.app().vault(), me.actor(), of.0, relative).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            drop(tx);
            return web::render_status(422, &open(me, of, typed, errors).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-family-added");
    Ok(me.redirect(&Whose::base(of, PATH)))
}

async fn say_none(me: &Ctx, of: Of) -> web::Result {
    let mut tx = me.begin().await?;
    super::answer_none_known(&mut tx, me.app().vault(), me.actor(), of.0).await?;
    tx.commit().await?;
    me.flash_ok("chart-family-none-said");
    Ok(me.redirect(&Whose::base(of, PATH)))
}

async fn put_version(me: &Ctx, of: Of, id: HistoryEntryId, typed: Typed) -> web::Result {
    if typed.step == "find" {
        return web::render(&open_one(me, of, id, Shown { typed: Some(typed), ..Shown::default() }).await?);
    }
    let relative = match Relative::try_from(&typed) {
        Ok(relative) => relative,
        Err(errors) => {
            let shown = Shown { typed: Some(typed), errors, ..Shown::default() };
            return web::render_status(422, &open_one(me, of, id, shown).await?);
        }
    };
    let mut tx = me.begin().await?;
    match super::replace(&mut tx, me.app().vault(), me.actor(), (of.0, id), relative).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            drop(tx);
            let shown = Shown { typed: Some(typed), errors, ..Shown::default() };
            return web::render_status(422, &open_one(me, of, id, shown).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-family-changed");
    Ok(me.redirect(&Whose::base(of, PATH)))
}

async fn remove(me: &Ctx, of: Of, id: HistoryEntryId, why: Why) -> web::Result {
    let mut tx = me.begin().await?;
    match super::withdraw(&mut tx, me.app().vault(), me.actor(), (of.0, id), &Withdrawal { reason: why.reason.clone() })
        .await
    {
        Ok(()) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            drop(tx);
            let shown = Shown { errors, reason: why.reason, ..Shown::default() };
            return web::render_status(422, &open_one(me, of, id, shown).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-entry-withdrawn");
    Ok(me.redirect(&Whose::base(of, PATH)))
}

impl TryFrom<&Typed> for Relative {
    type Error = Vec<FieldError>;

    fn try_from(typed: &Typed) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let relationship = typed.relationship.parse::<Relationship>().ok();
        if relationship.is_none() {
            errors.push(FieldError::new("relationship", "chart-error-relationship"));
        }
        let mut age = |field: &'static str, text: &str| {
            let text = text.trim();
            let age = (!text.is_empty()).then(|| text.parse::<u8>());
            if matches!(age, Some(Err(_))) {
                errors.push(FieldError::new(field, "chart-error-age"));
            }
            age.and_then(Result::ok)
        };
        let (age_at_onset, age_at_death) =
            (age("age_at_onset", &typed.age_at_onset), age("age_at_death", &typed.age_at_death));
        match relationship {
            Some(relationship) if errors.is_empty() => Ok(Self {
                relationship,
                condition: typed.condition.clone(),
                code: Some(typed.code.clone()).filter(|code| !code.is_empty()),
                age_at_onset,
                deceased: typed.deceased.parse().unwrap_or_default(),
                age_at_death,
                cause_of_death: typed.cause_of_death.clone(),
            }),
            _ => Err(errors),
        }
    }
}

impl From<&Relative> for Typed {
    fn from(relative: &Relative) -> Self {
        let age = |age: Option<u8>| age.map(|age| age.to_string()).unwrap_or_default();
        Self {
            relationship: relative.relationship.as_str().to_owned(),
            condition: relative.condition.clone(),
            code: relative.code.clone().unwrap_or_default(),
            age_at_onset: age(relative.age_at_onset),
            deceased: relative.deceased.as_str().to_owned(),
            age_at_death: age(relative.age_at_death),
            cause_of_death: relative.cause_of_death.clone(),
            step: String::new(),
        }
    }
}

impl FormView {
    fn of(me: &Ctx, typed: Typed) -> Self {
        let name = |code: icd10::Code| (code.code.to_owned(), format!("{} ({})", code.name, code.code));
        let looked = typed.step == "find";
        let mut codes: Vec<_> = icd10::find(&typed.code).map(name).into_iter().collect();
        if looked {
            let found = icd10::search(&typed.condition, 8).into_iter().filter(|code| code.code != typed.code);
            codes.extend(found.map(name));
        }
        let relationship = |one: &Relationship| (one.as_str(), relationship_name(me, *one));
        Self {
            relationships: Relationship::ALL.iter().map(relationship).collect(),
            deceased: Deceased::ALL
                .iter()
                .map(|one| (one.as_str(), me.t(format!("chart-deceased-{}", one.as_str()))))
                .collect(),
            codes,
            looked,
            typed,
        }
    }
}

fn relationship_name(me: &Ctx, one: Relationship) -> String {
    me.t(format!("chart-relative-{}", one.as_str().to_lowercase()))
}

/// An entry in words: who and what, and what else is known.
pub(crate) fn in_words(me: &Ctx, answer: &FamilyAnswer) -> (String, String) {
    let FamilyAnswer::Relative(relative) = answer else {
        return (me.t("chart-family-none-known"), String::new());
    };
    let age = |key: &str, age: u8| me.tr(key, [("age", age.to_string().as_str())]);
    let mut more = Vec::new();
    more.extend(relative.code.clone());
    more.extend(relative.age_at_onset.map(|years| age("chart-family-onset-at", years)));
    match (relative.deceased, relative.age_at_death) {
        (Deceased::Yes, Some(years)) => more.push(age("chart-family-died-at", years)),
        (Deceased::Yes, None) => more.push(me.t("chart-family-died")),
        (Deceased::No | Deceased::Unknown, _) => {}
    }
    if !relative.cause_of_death.is_empty() {
        more.push(me.tr("chart-family-died-of", [("cause", relative.cause_of_death.as_str())]));
    }
    let who = relationship_name(me, relative.relationship);
    (format!("{who}: {}", relative.condition), more.join(" · "))
}

struct Read {
    history: FamilyHistory,
    whose: Whose,
}

async fn read(me: &Ctx, of: Of) -> Result<Read, web::Error> {
    let (patient, for_doctor) = of;
    let mut tx = me.begin().await?;
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let may_write = !for_doctor || records::basis(&mut tx, patient).await? == Some(who::Basis::CareLink);
    let name = if for_doctor {
        records::find_header(&mut tx, patient).await?.ok_or(ChartError::NotFound)?.full_name
    } else {
        String::new()
    };
    let history = super::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader)).await?;
    tx.commit().await?;
    Ok(Read { history, whose: Whose::new(me, of, PATH, name, may_write) })
}

async fn open(me: &Ctx, of: Of, typed: Typed, errors: Vec<FieldError>) -> Result<ListPage, web::Error> {
    let Read { history, whose } = read(me, of).await?;
    let page = me.page("chart-family-title").with_errors(errors);
    let row = |entry: &Entry<FamilyAnswer>| history_row(&page, &whose, entry, in_words(me, &entry.content));
    let closed = history.entries.iter().filter(|entry| entry.status != Status::Current);
    Ok(ListPage {
        rows: history.relatives().map(|(entry, _)| row(entry)).collect(),
        earlier: closed.map(row).collect(),
        none_known: history.none_known().map(row),
        form: FormView::of(me, typed),
        whose,
        page,
    })
}

/// What an entry's page shows besides the entry.
#[derive(Default)]
struct Shown {
    typed: Option<Typed>,
    reason: String,
    errors: Vec<FieldError>,
}

async fn open_one(me: &Ctx, of: Of, id: HistoryEntryId, shown: Shown) -> Result<OnePage, web::Error> {
    let Read { history, whose } = read(me, of).await?;
    let entry = history.entries.iter().find(|entry| entry.id == id).ok_or(ChartError::NotFound)?;
    let page = me.page("chart-family-title").with_errors(shown.errors);
    let row = |entry: &Entry<FamilyAnswer>| history_row(&page, &whose, entry, in_words(me, &entry.content));
    let before = |entry: &&Entry<FamilyAnswer>| {
        let before = entry.replaces?;
        history.entries.iter().find(|one| one.id == before)
    };
    let versions = std::iter::successors(Some(entry), before).skip(1).map(row).collect();
    let typed = shown.typed.unwrap_or_else(|| match &entry.content {
        FamilyAnswer::Relative(relative) => Typed::from(relative),
        FamilyAnswer::NoneKnown => Typed::default(),
    });
    Ok(OnePage {
        row: row(entry),
        versions,
        is_relative: matches!(entry.content, FamilyAnswer::Relative(_)),
        form: FormView::of(me, typed),
        reason: shown.reason,
        whose,
        page,
    })
}
