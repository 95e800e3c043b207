//! The patient's documents, and those of whom they act for.

use askama::Template;
use axum::{extract::Path, response::Response};
use db::Tx;
use kernel::{
    Fault as _, FaultKind, FieldError,
    ids::{DocumentId, PatientId},
};
use web::{Form, Incoming, PageFrame, Patient, Query};

use super::{
    Asked, DescribeForm, DocumentRow, Part, ROWS, RemoveForm, answer, kinds, may_write, next, reasons, rows, take, view,
};
use crate::{
    documents::{
        self, DocumentError, DocumentKind,
        store::{self, Wanted},
        upload::Typed,
    },
    purpose,
};

const BASE: &str = "/record/documents";

/// A person whose documents may be looked at.
struct Person {
    href: String,
    name: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "documents/pages/list.html")]
struct ListPage {
    page: PageFrame,
    people: Vec<Person>,
    /// Whose, where it is not the reader.
    patient: String,
    add_href: String,
    /// Of what was removed, or back from there.
    other_href: String,
    kinds: Vec<(&'static str, String)>,
    kind: String,
    removed: bool,
    rows: Vec<DocumentRow>,
    next: String,
    undo: String,
}

#[derive(Template)]
#[template(path = "documents/pages/new.html")]
struct NewPage {
    page: PageFrame,
    people: Vec<(String, String)>,
    kinds: Vec<(&'static str, String)>,
    typed: Typed,
    /// Where scripts send files, one by one.
    call: String,
    done: String,
}

#[derive(Template)]
#[template(path = "documents/pages/show.html")]
struct ShowPage {
    page: PageFrame,
    row: DocumentRow,
    base: String,
    kinds: Vec<(&'static str, String)>,
    reasons: Vec<(&'static str, String)>,
    form: DescribeForm,
    /// The list that it stands in.
    leads: String,
}

/// `GET /record/documents?kind=&removed=&patient=&cursor=`
pub(crate) async fn list(me: Patient, Query(asked): Query<Asked>) -> web::Result {
    let patient = chosen(&me, &asked.patient)?;
    let wanted = Wanted {
        kind: DocumentKind::from_code(&asked.kind),
        removed: asked.removed == "1",
        before: asked.cursor.parse().ok(),
        limit: ROWS + 1,
    };
    let mut tx = me.begin().await?;
    let mut found = store::list_for(&mut tx, me.app().vault(), patient, purpose::OWN, wanted).await?;
    let people = people::dependants::list_spoken_for(&mut tx, me.actor()).await?;
    tx.commit().await?;
    let shown = usize::try_from(ROWS).unwrap_or(20);
    let is_more = found.len() > shown;
    found.truncate(shown);
    let page = me.page("chart-documents-title");
    let rows = rows(&me, &page, &found, BASE);
    let people = people
        .into_iter()
        .map(|(id, name)| Person { current: id == patient, href: list_of(&me, id), name })
        .collect::<Vec<_>>();
    let own = patient == me.patient_id();
    let of = |path: &str| {
        let joint = if path.contains('?') { '&' } else { '?' };
        if own { path.to_owned() } else { format!("{path}{joint}patient={patient}") }
    };
    web::render(&ListPage {
        people: if people.len() > 1 { people } else { Vec::new() },
        patient: if own { String::new() } else { patient.to_string() },
        add_href: of(&format!("{BASE}/new")),
        other_href: if wanted.removed { of(BASE) } else { of(&format!("{BASE}?removed=1")) },
        kinds: kinds(&me),
        removed: wanted.removed,
        next: next(&asked, &rows, is_more),
        undo: asked.undo.parse::<DocumentId>().map(|id| id.to_string()).unwrap_or_default(),
        kind: wanted.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        rows,
        page,
    })
}

/// `GET /record/documents/new?patient=`
pub(crate) async fn new(me: Patient, Query(asked): Query<Asked>) -> web::Result {
    let patient = chosen(&me, &asked.patient)?;
    let typed = Typed { patient: patient.to_string(), ..Typed::default() };
    web::render(&form(&me, typed, Vec::new()).await?)
}

/// `POST /record/documents`
pub(crate) async fn add(me: Patient, mut coming: Incoming) -> web::Result {
    may_write(&me, me.patient_id()).await?;
    let taken = take(&me, &mut coming, |typed| chosen(&me, &typed.patient)).await?;
    match taken.outcome {
        Ok(_) => {
            me.flash_ok("chart-document-added");
            Ok(me.redirect(&list_of(&me, chosen(&me, &taken.typed.patient)?)))
        }
        Err(errors) => web::render_status(422, &form(&me, taken.typed, errors).await?),
    }
}

/// `GET /record/documents/{file}`
pub(crate) async fn show(me: Patient, Path(file): Path<DocumentId>) -> web::Result {
    web::render(&opened(&me, file, None, Vec::new()).await?)
}

/// `POST /record/documents/{file}`
pub(crate) async fn describe(me: Patient, Path(file): Path<DocumentId>, Form(form): Form<DescribeForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let patient = owner(&me, &mut tx, file).await?;
    let said = match form.read() {
        Ok(said) => documents::describe(&mut tx, me.app().vault(), me.actor(), (patient, file), said).await,
        Err(error) => Err(error),
    };
    match said {
        Ok(()) => tx.commit().await?,
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            drop(tx);
            return web::render_status(422, &opened(&me, file, Some(form), errors).await?);
        }
    }
    me.flash_ok("chart-document-described");
    Ok(me.redirect(&format!("{BASE}/{file}")))
}

/// `GET /record/documents/{file}/content`
pub(crate) async fn content(me: Patient, Path(file): Path<DocumentId>) -> web::Result<Response> {
    let of = (owned(&me, file).await?, file);
    answer(&me, of, Part::Content).await
}

/// `GET /record/documents/{file}/preview`
pub(crate) async fn preview(me: Patient, Path(file): Path<DocumentId>) -> web::Result<Response> {
    let of = (owned(&me, file).await?, file);
    answer(&me, of, Part::Preview).await
}

/// `POST /record/documents/{file}/removal`
pub(crate) async fn remove(me: Patient, Path(file): Path<DocumentId>, Form(form): Form<RemoveForm>) -> web::Result {
    let mut tx = me.begin().await?;
    let patient = owner(&me, &mut tx, file).await?;
    documents::remove(&mut tx, me.actor(), (patient, file), form.why()).await?;
    tx.commit().await?;
    let list = list_of(&me, patient);
    let joint = if list.contains('?') { '&' } else { '?' };
    Ok(me.redirect(&format!("{list}{joint}undo={file}")))
}

/// `POST /record/documents/{file}/restoration`
pub(crate) async fn restore(me: Patient, Path(file): Path<DocumentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let patient = owner(&me, &mut tx, file).await?;
    documents::restore(&mut tx, me.actor(), (patient, file)).await?;
    tx.commit().await?;
    me.flash_ok("chart-document-restored");
    Ok(me.redirect(&format!("{BASE}/{file}")))
}

/// The patient that was named, among those this person speaks for; themselves without a name.
fn chosen(me: &Patient, text: &str) -> Result<PatientId, DocumentError> {
    if text.is_empty() {
        return Ok(me.patient_id());
    }
    let named = text.parse().map_err(|_| DocumentError::NotFound)?;
    if me.actor().patients.contains(&named) { Ok(named) } else { Err(DocumentError::NotFound) }
}

fn list_of(me: &Patient, patient: PatientId) -> String {
    if patient == me.patient_id() { BASE.to_owned() } else { format!("{BASE}?patient={patient}") }
}

async fn owner(me: &Patient, tx: &mut Tx, file: DocumentId) -> Result<PatientId, DocumentError> {
    store::find_patient(tx, &me.actor().patients, file).await?.ok_or(DocumentError::NotFound)
}

async fn owned(me: &Patient, file: DocumentId) -> Result<PatientId, web::Error> {
    let mut tx = me.begin().await?;
    let patient = owner(me, &mut tx, file).await?;
    tx.rollback().await?;
    Ok(patient)
}

async fn form(me: &Patient, typed: Typed, errors: Vec<FieldError>) -> Result<NewPage, web::Error> {
    let mut tx = me.begin().await?;
    let people = people::dependants::list_spoken_for(&mut tx, me.actor()).await?;
    tx.rollback().await?;
    let patient = chosen(me, &typed.patient)?;
    let people: Vec<_> = people.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    Ok(NewPage {
        page: me.page("chart-document-add").with_errors(errors),
        people: if people.len() > 1 { people } else { Vec::new() },
        kinds: kinds(me),
        call: format!("/api/v1/patients/{patient}/documents"),
        done: list_of(me, patient),
        typed,
    })
}

async fn opened(
    me: &Patient,
    file: DocumentId,
    typed: Option<DescribeForm>,
    errors: Vec<FieldError>,
) -> Result<ShowPage, web::Error> {
    let mut tx = me.begin().await?;
    let patient = owner(me, &mut tx, file).await?;
    let found = store::find_for(&mut tx, me.app().vault(), (patient, file), purpose::OWN).await?;
    let document = found.ok_or(DocumentError::NotFound)?;
    tx.commit().await?;
    let me = &me.about(patient);
    let page = me.page("chart-documents-title").with_errors(errors);
    let row = view::row(me, &page, &document, BASE);
    let form = typed.unwrap_or_else(|| DescribeForm {
        kind: row.kind_code.to_owned(),
        title: if document.title == document.filename { String::new() } else { document.title.clone() },
        dated_on: row.dated_on.clone(),
    });
    Ok(ShowPage {
        page: page.titled(&document.title),
        base: row.href.clone(),
        row,
        kinds: kinds(me),
        reasons: reasons(me),
        form,
        leads: list_of(me, patient),
    })
}
