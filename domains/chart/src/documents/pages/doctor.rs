//! A patient's documents, for the doctor who may read the record.

use askama::Template;
use axum::{extract::Path, response::Response};
use kernel::{
    Fault as _, FaultKind, FieldError,
    ids::{DocumentId, PatientId},
};
use web::{Doctor, Form, Incoming, PageFrame, Query};

use super::{
    Asked, DescribeForm, DocumentRow, Part, ROWS, RemoveForm, answer, kinds, may_write, next, reasons, rows, take, view,
};
use crate::{
    ChartError,
    documents::{
        self, DocumentError, DocumentKind,
        store::{self, Wanted},
        upload::Typed,
    },
    purpose,
    record::{store as record, who::Basis},
};

#[derive(Template)]
#[template(path = "documents/pages/doctor_list.html")]
struct ListPage {
    page: PageFrame,
    /// The chart that it belongs to.
    chart: String,
    name: String,
    base: String,
    kinds: Vec<(&'static str, String)>,
    kind: String,
    removed: bool,
    rows: Vec<DocumentRow>,
    next: String,
    undo: String,
    may_write: bool,
    typed: Typed,
    call: String,
}

#[derive(Template)]
#[template(path = "documents/pages/doctor_show.html")]
struct ShowPage {
    page: PageFrame,
    /// The chart that it belongs to.
    chart: String,
    name: String,
    row: DocumentRow,
    base: String,
    kinds: Vec<(&'static str, String)>,
    reasons: Vec<(&'static str, String)>,
    form: DescribeForm,
    /// The list that it stands in.
    leads: String,
}

fn base(patient: PatientId) -> String {
    format!("/doctor/patients/{patient}/documents")
}

/// `GET /doctor/patients/{patient}/documents?kind=&removed=&cursor=`
pub(crate) async fn list(me: Doctor, Path(patient): Path<PatientId>, Query(asked): Query<Asked>) -> web::Result {
    web::render(&listed(&me, patient, &asked, Typed::default(), Vec::new()).await?)
}

/// `POST /doctor/patients/{patient}/documents`
pub(crate) async fn add(me: Doctor, Path(patient): Path<PatientId>, mut coming: Incoming) -> web::Result {
    may_write(&me, patient).await?;
    let taken = take(&me, &mut coming, |_| Ok(patient)).await?;
    match taken.outcome {
        Ok(_) => {
            me.flash_ok("chart-document-added");
            Ok(me.redirect(&base(patient)))
        }
        Err(errors) => web::render_status(422, &listed(&me, patient, &Asked::default(), taken.typed, errors).await?),
    }
}

/// `GET /doctor/patients/{patient}/documents/{file}`
pub(crate) async fn show(me: Doctor, Path(of): Path<(PatientId, DocumentId)>) -> web::Result {
    web::render(&opened(&me, of, None, Vec::new()).await?)
}

/// `POST /doctor/patients/{patient}/documents/{file}`
pub(crate) async fn describe(
    me: Doctor,
    Path(of): Path<(PatientId, DocumentId)>,
    Form(form): Form<DescribeForm>,
) -> web::Result {
    let mut tx = me.begin().await?;
    let said = match form.read() {
        Ok(said) => documents::describe(&mut tx, me.app().vault(), me.actor(), of, said).await,
        Err(error) => Err(error),
    };
    match said {
        Ok(()) => tx.commit().await?,
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            drop(tx);
            return web::render_status(422, &opened(&me, of, Some(form), errors).await?);
        }
    }
    me.flash_ok("chart-document-described");
    Ok(me.redirect(&format!("{}/{}", base(of.0), of.1)))
}

/// `GET /doctor/patients/{patient}/documents/{file}/content`
pub(crate) async fn content(me: Doctor, Path(of): Path<(PatientId, DocumentId)>) -> web::Result<Response> {
    answer(&me, of, Part::Content).await
}

/// `GET /doctor/patients/{patient}/documents/{file}/preview`
pub(crate) async fn preview(me: Doctor, Path(of): Path<(PatientId, DocumentId)>) -> web::Result<Response> {
    answer(&me, of, Part::Preview).await
}

/// `POST /doctor/patients/{patient}/documents/{file}/removal`
pub(crate) async fn remove(
    me: Doctor,
    Path(of): Path<(PatientId, DocumentId)>,
    Form(form): Form<RemoveForm>,
) -> web::Result {
    let mut tx = me.begin().await?;
    documents::remove(&mut tx, me.actor(), of, form.why()).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("{}?undo={}", base(of.0), of.1)))
}

/// `POST /doctor/patients/{patient}/documents/{file}/restoration`
pub(crate) async fn restore(me: Doctor, Path(of): Path<(PatientId, DocumentId)>) -> web::Result {
    let mut tx = me.begin().await?;
    documents::restore(&mut tx, me.actor(), of).await?;
    tx.commit().await?;
    me.flash_ok("chart-document-restored");
    Ok(me.redirect(&format!("{}/{}", base(of.0), of.1)))
}

async fn listed(
    me: &Doctor,
    patient: PatientId,
    asked: &Asked,
    typed: Typed,
    errors: Vec<FieldError>,
) -> Result<ListPage, web::Error> {
    let wanted = Wanted {
        kind: DocumentKind::from_code(&asked.kind),
        removed: asked.removed == "1",
        before: asked.cursor.parse().ok(),
        limit: ROWS + 1,
    };
    let mut tx = me.begin().await?;
    let header = record::find_header(&mut tx, patient).await?.ok_or(ChartError::NotFound)?;
    let basis = record::basis(&mut tx, patient).await?;
    let mut found = store::list_for(&mut tx, me.app().vault(), patient, purpose::TREATMENT, wanted).await?;
    tx.commit().await?;
    let shown = usize::try_from(ROWS).unwrap_or(20);
    let is_more = found.len() > shown;
    found.truncate(shown);
    let page = me.page("chart-documents-of-patient").with_errors(errors);
    let rows = rows(me, &page, &found, &base(patient));
    Ok(ListPage {
        next: next(asked, &rows, is_more),
        rows,
        page,
        chart: format!("/doctor/patients/{patient}"),
        name: header.full_name,
        base: base(patient),
        kinds: kinds(me),
        kind: wanted.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        removed: wanted.removed,
        undo: asked.undo.parse::<DocumentId>().map(|id| id.to_string()).unwrap_or_default(),
        may_write: basis == Some(Basis::CareLink),
        typed,
        call: format!("/api/v1/patients/{patient}/documents"),
    })
}

async fn opened(
    me: &Doctor,
    (patient, file): (PatientId, DocumentId),
    typed: Option<DescribeForm>,
    errors: Vec<FieldError>,
) -> Result<ShowPage, web::Error> {
    let mut tx = me.begin().await?;
    let header = record::find_header(&mut tx, patient).await?.ok_or(ChartError::NotFound)?;
    let basis = record::basis(&mut tx, patient).await?;
    let found = store::find_for(&mut tx, me.app().vault(), (patient, file), purpose::TREATMENT).await?;
    let document = found.ok_or(DocumentError::NotFound)?;
    tx.commit().await?;
    let page = me.page("chart-documents-of-patient").with_errors(errors);
    let mut row = view::row(me, &page, &document, &base(patient));
    row.may_change &= basis == Some(Basis::CareLink);
    let form = typed.unwrap_or_else(|| DescribeForm {
        kind: row.kind_code.to_owned(),
        title: if document.title == document.filename { String::new() } else { document.title.clone() },
        dated_on: row.dated_on.clone(),
    });
    Ok(ShowPage {
        page: page.titled(&document.title),
        chart: format!("/doctor/patients/{patient}"),
        name: header.full_name,
        base: row.href.clone(),
        row,
        kinds: kinds(me),
        reasons: reasons(me),
        form,
        leads: base(patient),
    })
}
