use axum::{
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    response::IntoResponse,
};
use kernel::FaultKind;

use super::{nul, unread, unreadable};
use crate::{App, Error};

/// Parts of one form: more are not a person's.
const MOST_PARTS: usize = 40;
/// Bytes of what is typed into one field.
const MOST_TEXT: usize = 16 * 1024;

/// A form with files, read as it comes in: nothing of a file is kept. Only under routes that stream (`post_stream`).
#[derive(Debug)]
pub struct Incoming {
    /// None where the request holds no such form: said when it is read, so that whose record it is comes first.
    parts: Option<Multipart>,
    left: usize,
}

/// The next part of a form.
#[expect(clippy::large_enum_variant, reason = "one part is there at a time, where it is read")]
#[derive(Debug)]
pub enum Part<'a> {
    Text {
        name: String,
        value: String,
    },
    /// `filename` is a claim, and empty where the field was left empty. The field is a stream of bytes.
    File {
        name: String,
        filename: String,
        bytes: Field<'a>,
    },
}

impl Incoming {
    /// None at the end of the form. What was not read of the part before is passed over.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, Error> {
        self.left = self.left.checked_sub(1).ok_or_else(|| Error::of(FaultKind::TooLarge))?;
        let parts = self.parts.as_mut().ok_or_else(|| unreadable("the form has no files"))?;
        let Some(mut field) = parts.next_field().await.map_err(broken)? else { return Ok(None) };
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(filename) = field.file_name().map(str::to_owned) {
            if filename.contains('\0') {
                return Err(nul::refused());
            }
            return Ok(Some(Part::File { name, filename, bytes: field }));
        }
        let mut value = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            if value.len() + chunk.len() > MOST_TEXT {
                return Err(Error::of(FaultKind::TooLarge));
            }
            value.extend_from_slice(&chunk);
        }
        let value = String::from_utf8(value).map_err(|_| unreadable("a field is no UTF-8"))?;
        if value.contains('\0') {
            return Err(nul::refused());
        }
        Ok(Some(Part::Text { name, value }))
    }
}

fn broken(error: MultipartError) -> Error {
    unread(error.into_response().status())
}

impl FromRequest<App> for Incoming {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        Ok(Self { parts: Multipart::from_request(request, app).await.ok(), left: MOST_PARTS })
    }
}
