//! Photos that come in elsewhere than on the pages of documents: a room to the right takes the form, and they are documents like others.

use access::Actor;
use db::Tx;
use intake::{Intake, Kind as Media};
use kernel::ids::{AppointmentId, DocumentId, PatientId};
use vault::Vault;
use web::Incoming;

use super::{
    Description, DocumentError, DocumentKind, NewDocument,
    upload::{self, Sent},
};

/// A picture that has come in and may be kept.
#[derive(Debug)]
pub struct Photo(Sent);

/// The picture in a form's field `file`. Whether its sender may send it is for the caller to ask before, and again when it is kept.
pub async fn take_photo(app: &web::App, form: &mut Incoming) -> Result<Photo, web::Error> {
    let (_, sent) = upload::read(&app.part::<Intake>(), form).await?;
    let sent = sent?;
    if sent.file.kind == Media::Pdf { Err(DocumentError::NoPicture.into()) } else { Ok(Photo(sent)) }
}

/// Keep it in the record of `patient`, as of an appointment, as [`receive`](super::receive) does: quarantined until it is looked through.
pub async fn receive_photo(
    tx: &mut Tx,
    vault: &Vault,
    actor: &Actor,
    (patient, appointment): (PatientId, AppointmentId),
    Photo(sent): Photo,
) -> Result<DocumentId, DocumentError> {
    let new = NewDocument {
        description: Description { kind: DocumentKind::Photo, ..Description::default() },
        filename: sent.filename,
        appointment: Some(appointment),
        file: sent.file,
        sent_sha256: sent.sha256,
        key: None,
    };
    super::receive(tx, vault, actor, patient, new).await
}
