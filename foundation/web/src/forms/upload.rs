use axum::{
    extract::{FromRequest, Multipart, Request},
    response::IntoResponse,
};
use bytes::Bytes;
use kernel::FaultKind;

use super::{nul, unread, unreadable};
use crate::{App, Error};

/// Fields in one form: more are not a person's.
const MOST_PARTS: usize = 40;

/// A form with files.
#[derive(Debug, Default)]
pub struct Upload {
    fields: Vec<(String, String)>,
    files: Vec<(String, File)>,
}

/// A file as the browser sent it. Its name and type are claims.
#[derive(Debug, Clone)]
pub struct File {
    pub filename: String,
    pub bytes: Bytes,
}

impl Upload {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// `None` also where the field was left empty.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|(field, _)| field == name).map(|(_, file)| file)
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let mut parts = Multipart::from_request(request, app).await.map_err(|_| unreadable("the form has no files"))?;
        let mut upload = Self::default();
        let mut left = MOST_PARTS;
        while let Some(part) = parts.next_field().await.map_err(|error| unread(error.into_response().status()))? {
            left = left.checked_sub(1).ok_or_else(|| Error::of(FaultKind::TooLarge))?;
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_some_and(|filename| filename.contains('\0')) {
                return Err(nul::refused());
            }
            if let Some(filename) = part.file_name().map(str::to_owned) {
                let bytes = part.bytes().await.map_err(|error| unread(error.into_response().status()))?;
                if !bytes.is_empty() {
                    upload.files.push((name, File { filename, bytes }));
                }
            } else {
                let text = part.text().await.map_err(|error| unread(error.into_response().status()))?;
                if text.contains('\0') {
                    return Err(nul::refused());
                }
                upload.fields.push((name, text));
            }
        }
        Ok(upload)
    }
}
