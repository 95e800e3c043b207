//! What both doors read of a form with a file, as it comes in.

use std::time::Duration;

use intake::{Clean, Intake};
use kernel::{FieldError, LocalDate, ids::AppointmentId};
use tokio::time::timeout;
use web::{Incoming, Part};

use super::{Description, DocumentError, DocumentKind};

/// The words of the form, as they were typed.
#[derive(Debug, Default, Clone)]
pub(super) struct Typed {
    pub(super) patient: String,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) dated_on: String,
    pub(super) appointment: String,
}

/// A file that came in and may be kept.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) filename: String,
    pub(super) sha256: [u8; 32],
    pub(super) file: Clean,
}

/// How long the next part may take, what is passed over of a refused file included.
const LONGEST_PART: Duration = Duration::from_secs(30);

/// The words, and the file or what is wrong with it: the words are there either way, to be shown again.
pub(super) async fn read(
    intake: &Intake,
    form: &mut Incoming,
) -> Result<(Typed, Result<Sent, DocumentError>), web::Error> {
    let mut typed = Typed::default();
    let mut received = Err(DocumentError::Missing);
    loop {
        let part = match timeout(LONGEST_PART, form.next()).await {
            Ok(Ok(Some(part))) => part,
            Ok(Ok(None)) => break,
            // What the file is refused for says more than that its rest did not come.
            _ if matches!(received, Err(DocumentError::Refused(_))) => break,
            Ok(Err(error)) => return Err(error),
            Err(_) => {
                received = Err(DocumentError::BrokeOff);
                break;
            }
        };
        match part {
            Part::Text { name, value } => match name.as_str() {
                "patient" => typed.patient = value,
                "kind" => typed.kind = value,
                "title" => typed.title = value,
                "dated_on" => typed.dated_on = value,
                "appointment_id" => typed.appointment = value,
                _ => {}
            },
            Part::File { name, filename, bytes } if name == "file" && !filename.is_empty() => {
                received = intake.receive(bytes).await.map(|file| (filename, file)).map_err(DocumentError::from);
                if matches!(received, Err(DocumentError::BrokeOff)) {
                    break;
                }
            }
            Part::File { .. } => {}
        }
    }
    let sent = match received {
        Ok((filename, received)) => {
            let sha256 = received.sha256;
            intake.clean(received).await.map(|file| Sent { filename, sha256, file }).map_err(DocumentError::from)
        }
        Err(error) => Err(error),
    };
    Ok((typed, sent))
}

impl Typed {
    /// As a description, with what cannot be read by field.
    pub(super) fn description(&self) -> Result<Description, DocumentError> {
        let mut errors = Vec::new();
        let kind = DocumentKind::from_code(&self.kind);
        if kind.is_none() {
            errors.push(FieldError::new("kind", "chart-document-error-kind"));
        }
        let text = self.dated_on.trim();
        let dated_on: Option<LocalDate> = text.parse().ok();
        if dated_on.is_none() && !text.is_empty() {
            errors.push(FieldError::new("dated_on", "chart-document-error-date"));
        }
        match kind {
            Some(kind) if errors.is_empty() => Ok(Description { kind, title: self.title.clone(), dated_on }),
            _ => Err(DocumentError::Invalid(errors)),
        }
    }

    /// An id that is none is of no appointment.
    pub(super) fn appointment(&self) -> Result<Option<AppointmentId>, DocumentError> {
        let text = self.appointment.trim();
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| DocumentError::NotFound) }
    }
}
