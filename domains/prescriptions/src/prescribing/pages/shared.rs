//! What pages and JSON do alike: read with the right purpose, refuse and flag what was altered, print.

use axum::{body::Body, http::header, response::Response};
use chart::purpose;
use db::Tx;
use kernel::ids::PrescriptionId;
use web::Ctx;

use crate::prescribing::{ReadError, model::Prescription, paper, read, store};

/// `ID` or `ID.pdf`: the router takes whole segments only.
pub(crate) fn named(name: &str) -> Result<(PrescriptionId, bool), ReadError> {
    let (id, as_pdf) = name.strip_suffix(".pdf").map_or((name, false), |id| (id, true));
    id.parse().map(|id| (id, as_pdf)).map_err(|_| ReadError::NotFound)
}

/// Read one prescription as this reader: patients their own, doctors as far as row-level security lets them.
pub(crate) async fn open(me: &Ctx, tx: &mut Tx, id: PrescriptionId) -> Result<Prescription, ReadError> {
    let actor = me.actor();
    let reason = if actor.practitioner.is_some() { purpose::TREATMENT } else { purpose::OWN };
    let prescription = read::find_for(tx, me.app().vault(), id, reason).await?;
    if actor.practitioner.is_none() && !actor.patients.contains(&prescription.patient) {
        return Err(ReadError::NotFound);
    }
    Ok(prescription)
}

/// Passes a reading on; one that met an altered prescription leaves its mark in the audit trail. The reader's transaction is ended
/// first: it holds the end of a chain of the trail, for which the mark would wait.
pub(crate) async fn flagged<T>(me: &Ctx, tx: Tx, reading: Result<T, ReadError>) -> Result<(Tx, T), web::Error> {
    match reading {
        Ok(read) => Ok((tx, read)),
        Err(ReadError::Altered(id)) => {
            tx.commit().await?;
            let mut tx = me.begin_system("flag an altered prescription").await?;
            let entry = audit::Entry {
                action: "altered",
                object: "prescription",
                object_id: id.uuid(),
                patient: None,
                purpose: purpose::SYSTEM,
            };
            entry.record(&mut tx, audit::Outcome::Refused).await?;
            tx.commit().await?;
            Err(ReadError::Altered(id).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The PDF of a signed prescription.
pub(crate) async fn document(me: &Ctx, id: PrescriptionId) -> web::Result {
    let mut tx = me.begin().await?;
    let read = open(me, &mut tx, id).await;
    let (mut tx, prescription) = flagged(me, tx, read).await?;
    if prescription.signed_at.is_none() {
        return Err(ReadError::NotFound.into());
    }
    let people = store::find_people(&mut tx, id).await?.ok_or(ReadError::NotFound)?;
    tx.commit().await?;
    let bytes = paper::pdf(me, &prescription, &people).await?;
    let response = Response::builder()
        .header(header::CONTENT_TYPE, "application/pdf")
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"prescription-{id}.pdf\""))
        .header(header::CACHE_CONTROL, "private, no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(Body::from(bytes))
        .expect("these headers are valid");
    Ok(response)
}
