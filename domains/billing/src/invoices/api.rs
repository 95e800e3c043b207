//! The door of invoices: a file.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::ids::InvoiceId;

use super::pdf::{InvoiceError, InvoiceFile, pdf};
use crate::words::Words;

/// `/invoices/{id}.pdf`: its patient, its doctor or an administrator; to everybody else it is absent.
async fn download(me: web::SignedIn, Path(name): Path<String>) -> web::Result {
    let id = name.strip_suffix(".pdf").unwrap_or(&name);
    let invoice: InvoiceId = id.parse().map_err(|_| InvoiceError::NotFound)?;
    let words = Words::of(me.locale(), me.zone().clone());
    let mut tx = me.begin().await.map_err(InvoiceError::from)?;
    let file = pdf(&mut tx, me.app().brand(), invoice, &words).await?;
    tx.commit().await.map_err(InvoiceError::from)?;
    Ok(attachment(file))
}

fn attachment(file: InvoiceFile) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.filename)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, file.bytes).into_response()
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new().get::<web::SignedIn, _, _>("/invoices/{invoice}", download)
}
