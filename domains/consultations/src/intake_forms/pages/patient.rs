//! The form, for the patient or somebody who speaks for them.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use kernel::{FieldError, ids::AppointmentId};
use web::{Ctx, MultiForm, PageFrame, Patient};

use super::super::{
    Answers, IntakeError, Save, Wish,
    model::{Item, Kind},
    open::{self, Opened},
    save as verb,
};

/// One question, ready to show.
struct Field {
    name: String,
    kind: &'static str,
    label: String,
    hint: String,
    required: bool,
    /// Of one line, or of many.
    text: String,
    /// Code, words, and whether it is chosen.
    options: Vec<(String, String, bool)>,
    error: String,
    /// It was filled in from the record, and waits to be confirmed.
    filled: bool,
}

struct SectionView {
    id: String,
    title: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "intake_forms/pages/form.html")]
struct FormPage {
    page: PageFrame,
    id: AppointmentId,
    title: String,
    /// Whom it is about, at whom, when.
    about: String,
    sections: Vec<SectionView>,
    form: String,
    version: i32,
    revision: i32,
    is_open: bool,
    /// Red flags that were answered, in words.
    urgent: Vec<String>,
    /// "Sent on …, version 2"; empty before.
    sent: String,
    /// Saved, and not sent yet.
    waits: bool,
    sources: Vec<String>,
    /// It was saved elsewhere meanwhile; what was typed stands in the form.
    stale: bool,
}

type Typed = BTreeMap<String, Vec<String>>;

/// What the page shows besides what was saved.
#[derive(Default)]
struct Shown {
    typed: Option<Answers>,
    errors: Vec<FieldError>,
    stale: bool,
}

/// `GET /appointments/{appointment}/intake`
pub(crate) async fn show(me: Patient, Path(id): Path<AppointmentId>) -> web::Result {
    web::render(&view(&me, id, Shown::default()).await?)
}

/// `POST /appointments/{appointment}/intake`
pub(crate) async fn post(
    me: Patient,
    Path(id): Path<AppointmentId>,
    MultiForm(mut typed): MultiForm<Typed>,
) -> web::Result {
    let mut one = |name: &str| typed.remove(name).and_then(|values| values.into_iter().next()).unwrap_or_default();
    let wish = if one("action") == "send" { Wish::Send } else { Wish::Keep };
    let (form, version, revision) = (one("form"), one("form_version"), one("revision"));
    let save = Save {
        appointment: id,
        revision: revision.parse().unwrap_or_default(),
        form: (form, version.parse().unwrap_or_default()),
        answers: typed.clone(),
        wish,
    };
    let mut tx = me.begin().await?;
    match verb::save(&mut tx, me.app().vault(), me.actor(), save).await {
        Ok(()) => tx.commit().await?,
        Err(IntakeError::Invalid(errors)) => {
            tx.rollback().await?;
            let shown = Shown { typed: Some(typed), errors, stale: false };
            return web::render_status(422, &view(&me, id, shown).await?);
        }
        Err(IntakeError::Stale { .. }) => {
            tx.rollback().await?;
            let shown = Shown { typed: Some(typed), errors: Vec::new(), stale: true };
            return web::render_status(409, &view(&me, id, shown).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok(match wish {
        Wish::Send => "consultations-intake-flash-sent",
        Wish::Keep => "consultations-intake-flash-kept",
    });
    Ok(me.redirect(&format!("/appointments/{id}/intake")))
}

async fn view(me: &Ctx, id: AppointmentId, shown: Shown) -> Result<FormPage, web::Error> {
    let mut tx = me.begin().await?;
    let opened = open::for_patient(me.app(), &mut tx, me.actor(), id).await?;
    tx.commit().await?;
    let me = &me.about(opened.place.patient);
    let title = opened.form.title.in_language(me.locale()).to_owned();
    let page = me.page("consultations-intake-title").titled(&title).with_errors(shown.errors);
    let answers = shown.typed.as_ref().unwrap_or(&opened.answers);
    let urgent = opened.form.urgent(answers).map(|item| item.text.in_language(me.locale()).to_owned()).collect();
    let when = page.when(opened.place.starts_at);
    let about = [
        ("patient", opened.place.patient_name.as_str()),
        ("doctor", opened.place.practitioner_name.as_str()),
        ("when", when.as_str()),
    ];
    let sent = opened.sent.map(|(number, at)| {
        let (number, at) = (number.to_string(), page.when(at));
        me.tr("consultations-intake-sent", [("number", number.as_str()), ("when", at.as_str())])
    });
    Ok(FormPage {
        id,
        about: me.tr("consultations-intake-about", about),
        sections: sections(me, &page, &opened, answers),
        form: opened.form.id.clone(),
        version: opened.form.version,
        revision: opened.revision,
        is_open: opened.place.is_open(),
        urgent,
        sent: sent.unwrap_or_default(),
        waits: opened.is_draft && opened.is_saved,
        sources: opened.form.scores.iter().map(|scale| format!("{}: {}", scale.name, scale.source)).collect(),
        stale: shown.stale,
        title,
        page,
    })
}

fn sections(me: &Ctx, page: &PageFrame, opened: &Opened, answers: &Answers) -> Vec<SectionView> {
    let section = |section: &super::super::model::Section| SectionView {
        id: section.id.clone(),
        title: section.title.in_language(me.locale()).to_owned(),
        fields: section
            .items
            .iter()
            .filter(|item| opened.form.asks(item, answers))
            .map(|item| field(me, page, item, answers, !opened.is_saved))
            .collect(),
    };
    opened.form.sections.iter().map(section).filter(|section| !section.fields.is_empty()).collect()
}

fn field(me: &Ctx, page: &PageFrame, item: &Item, answers: &Answers, fresh: bool) -> Field {
    let given = answers.get(&item.link_id).map(Vec::as_slice).unwrap_or_default();
    let chosen = |code: &str| given.iter().any(|one| one == code);
    let options = match item.kind {
        Kind::Boolean => [("yes", "consultations-intake-yes"), ("no", "consultations-intake-no")]
            .into_iter()
            .map(|(code, key)| (code.to_owned(), me.t(key), chosen(code)))
            .collect(),
        _ => item
            .options
            .iter()
            .map(|one| (one.code.clone(), one.text.in_language(me.locale()).to_owned(), chosen(&one.code)))
            .collect(),
    };
    let unit = item.unit.as_deref().map(|unit| format!(" ({unit})")).unwrap_or_default();
    Field {
        name: item.link_id.clone(),
        kind: match item.kind {
            Kind::Text => "text",
            Kind::Lines => "lines",
            Kind::Choice | Kind::Boolean => "choice",
            Kind::Choices => "choices",
            Kind::Decimal => "decimal",
            Kind::Date => "date",
        },
        label: format!("{}{unit}", item.text.in_language(me.locale())),
        hint: item.hint.as_ref().map(|hint| hint.in_language(me.locale()).to_owned()).unwrap_or_default(),
        required: item.required,
        text: given.join("\n"),
        options,
        error: page.error_for(&item.link_id).unwrap_or_default().to_owned(),
        filled: fresh && item.prefill.is_some() && !given.is_empty(),
    }
}
