//! Pages of documents: the patient's and the doctor's, over the same rows and forms.

pub(crate) mod doctor;
pub(crate) mod patient;
mod view;

use access::Actor;
use axum::response::Response;
use intake::Intake;
use kernel::{
    Fault as _, FaultKind, FieldError,
    ids::{DocumentId, PatientId},
};
use serde::Deserialize;
use web::{Ctx, Download, Incoming, Shown};

use super::{
    Description, DocumentError, DocumentKind, NewDocument, Part, Removal,
    upload::{self, Sent, Typed},
};
use crate::record::who;

pub(crate) use view::{DocumentRow, rows};

/// How many documents one page lists.
const ROWS: i64 = 20;

/// What a list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    kind: String,
    /// `1` lists what was removed.
    removed: String,
    cursor: String,
    /// Of a child; one's own without.
    patient: String,
    /// What was removed just before, to be brought back.
    undo: String,
}

/// A description, as it is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct DescribeForm {
    kind: String,
    title: String,
    dated_on: String,
}

impl DescribeForm {
    fn read(&self) -> Result<Description, DocumentError> {
        let DescribeForm { kind, title, dated_on } = self.clone();
        Typed { kind, title, dated_on, ..Typed::default() }.description()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RemoveForm {
    reason: String,
}

impl RemoveForm {
    fn why(&self) -> Removal {
        Removal::from_code(&self.reason).unwrap_or_default()
    }
}

/// The file or its preview, as no browser runs it; the reading is on record before a byte leaves.
pub(in crate::documents) async fn answer(me: &Ctx, of: (PatientId, DocumentId), part: Part) -> web::Result<Response> {
    let mut tx = me.begin().await?;
    let opened = super::open(&mut tx, me.app().vault(), me.actor(), of, part).await?;
    tx.commit().await?;
    let shown = if part == Part::Preview { Shown::Inline } else { Shown::Attachment };
    let file =
        Download { filename: &opened.filename, mime: opened.media.mime(), bytes: opened.bytes.into_inner(), shown };
    Ok(file.into_response())
}

/// What came with a form, or the words of it and what is wrong.
struct Taken {
    typed: Typed,
    outcome: Result<DocumentId, Vec<FieldError>>,
}

/// Read the form, keep its file in the record of the patient that `whose` chooses by the words.
async fn take(
    me: &Ctx,
    form: &mut Incoming,
    whose: impl Fn(&Typed) -> Result<PatientId, DocumentError>,
) -> web::Result<Taken> {
    let (typed, sent) = upload::read(&me.app().part::<Intake>(), form).await?;
    let patient = whose(&typed)?;
    let outcome = match keep(me, me.actor(), patient, &typed, sent).await {
        Ok(id) => Ok(id),
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => Err(errors),
            _ => return Err(error.into()),
        },
    };
    Ok(Taken { typed, outcome })
}

async fn keep(
    me: &Ctx,
    actor: &Actor,
    patient: PatientId,
    typed: &Typed,
    sent: Result<Sent, DocumentError>,
) -> Result<DocumentId, DocumentError> {
    let (description, sent) = both(typed.description(), sent)?;
    let new = NewDocument {
        description,
        filename: sent.filename,
        appointment: typed.appointment()?,
        file: sent.file,
        sent_sha256: sent.sha256,
        key: None,
    };
    let mut tx = me.begin().await?;
    let id = super::receive(&mut tx, me.app().vault(), actor, patient, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// All that is wrong at once: with the words and with the file.
fn both(
    description: Result<Description, DocumentError>,
    sent: Result<Sent, DocumentError>,
) -> Result<(Description, Sent), DocumentError> {
    match (description, sent) {
        (Ok(description), Ok(sent)) => Ok((description, sent)),
        (Err(DocumentError::Invalid(mut errors)), Err(of_file)) => match of_file.kind() {
            FaultKind::Invalid(more) => {
                errors.extend(more);
                Err(DocumentError::Invalid(errors))
            }
            _ => Err(of_file),
        },
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// Whether a record may be written in, before a long form is read.
async fn may_write(me: &Ctx, patient: PatientId) -> Result<(), web::Error> {
    let mut tx = me.begin().await?;
    who::writes(&mut tx, me.actor(), patient).await?;
    Ok(tx.rollback().await?)
}

fn kinds(me: &Ctx) -> Vec<(&'static str, String)> {
    DocumentKind::ALL.iter().map(|kind| (kind.as_str(), view::kind_name(me, *kind))).collect()
}

fn reasons(me: &Ctx) -> Vec<(&'static str, String)> {
    let named = |why: &Removal| (why.as_str(), me.t(format!("chart-document-removal-{}", why.as_str())));
    Removal::ALL.iter().map(named).collect()
}

/// The next page of the same list, or nothing.
fn next(asked: &Asked, rows: &[DocumentRow], is_more: bool) -> String {
    let Some(last) = rows.last().filter(|_| is_more) else { return String::new() };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("kind", &asked.kind), ("removed", &asked.removed), ("patient", &asked.patient)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("?{}", query.append_pair("cursor", &last.id.to_string()).finish())
}
