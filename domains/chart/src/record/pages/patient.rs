//! The patient's own record.

use askama::Template;
use web::{PageFrame, Patient};

use crate::{
    purpose,
    record::{
        compose::{Reader, Record},
        view::RecordRows,
    },
};

#[derive(Template)]
#[template(path = "record/pages/show.html")]
struct ShowPage {
    page: PageFrame,
    record: RecordRows,
}

/// `GET /record`
pub(crate) async fn show(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    let reader = Reader { purpose: purpose::OWN, for_doctor: false };
    let record = Record::open(&me, &mut tx, me.patient_id(), reader).await?;
    tx.commit().await?;
    let page = me.page("chart-record-title");
    let record = RecordRows::of(&page, &record);
    web::render(&ShowPage { page, record })
}
