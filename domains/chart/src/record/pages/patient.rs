//! The patient's own record.

use askama::Template;
use web::{PageFrame, Patient};

use crate::{
    documents::{self, DocumentRow},
    purpose,
    record::{
        compose::{Reader, Record, documents_of},
        store,
        view::RecordRows,
    },
};

#[derive(Template)]
#[template(path = "record/pages/show.html")]
struct ShowPage {
    page: PageFrame,
    record: RecordRows,
    documents: Vec<DocumentRow>,
    /// Numbers of the records that are joined into this one; empty without any.
    joined: String,
}

/// Documents on the first page of a record; the rest stands in their list.
const DOCUMENTS: usize = 4;

/// `GET /record`
pub(crate) async fn show(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    let reader = Reader { purpose: purpose::OWN, for_doctor: false };
    let sex = store::find_sex(&mut tx, me.patient_id()).await?;
    let record = Record::open(&me, &mut tx, me.patient_id(), reader).await?;
    tx.commit().await?;
    let page = me.page("chart-record-title");
    let latest = record.documents.get(..DOCUMENTS).unwrap_or(&record.documents);
    let documents = documents::rows(&me, &page, latest, &documents_of(me.patient_id(), false));
    let joined = record.joined_numbers();
    let record = RecordRows::of(&me, &page, &record, &sex);
    web::render(&ShowPage { page, record, documents, joined })
}
