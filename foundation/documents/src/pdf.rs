//! The press: typst with our fonts, one template and one sheet of data, no file system and no network behind it.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Why a document could not be made. Only a fault of ours (a template) or a text too long for a QR code leads here.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The sheet could not be turned into data.
    #[error("the sheet could not be read: {0}")]
    Sheet(#[from] serde_json::Error),
    /// The template refused the data. The messages hold no text of the sheet.
    #[error("the page could not be set: {0}")]
    Typesetting(String),
    /// More text than a QR code holds (about 2,900 bytes).
    #[error("the text is too long for a QR code")]
    TooLongForQr,
}

/// A finished PDF.
pub(crate) struct Printed {
    pub(crate) bytes: Vec<u8>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests count pages, callers only need the bytes"))]
    pub(crate) pages: usize,
}

/// Set `template` with the data of `sheet` (read there as `/sheet.json`) and the drawing `/mark.svg`.
pub(crate) fn print(
    template: &'static str,
    sheet: &impl serde::Serialize,
    mark: Option<String>,
) -> Result<Printed, DocumentError> {
    let job = Job {
        source: Source::new(file("/page.typ"), template.to_owned()),
        sheet: Bytes::new(serde_json::to_vec(sheet)?),
        mark: mark.map(|svg| Bytes::new(svg.into_bytes())),
    };
    let printed = set(&job);
    // typst memoises across calls: keep what the last few documents shared (fonts, template), drop their contents.
    comemo::evict(3);
    printed
}

fn set(job: &Job) -> Result<Printed, DocumentError> {
    let document = typst::compile::<PagedDocument>(job).output.map_err(|errors| first(&errors))?;
    let options = PdfOptions {
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|hint| DocumentError::Typesetting(hint.message().to_string()))?,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| first(&errors))?;
    Ok(Printed { bytes, pages: document.pages().len() })
}

fn first(errors: &[typst::diag::SourceDiagnostic]) -> DocumentError {
    DocumentError::Typesetting(
        errors.first().map_or_else(|| "unknown".to_owned(), |error| format!("{} {:?}", error.message, error.hints)),
    )
}

struct Job {
    source: Source,
    sheet: Bytes,
    mark: Option<Bytes>,
}

impl World for Job {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(Library::builder().build()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        static BOOK: OnceLock<LazyHash<FontBook>> = OnceLock::new();
        BOOK.get_or_init(|| LazyHash::new(FontBook::from_fonts(fonts())))
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id.get().vpath().get_without_slash() {
            "sheet.json" => Ok(self.sheet.clone()),
            "mark.svg" => self.mark.clone().ok_or(FileError::AccessDenied),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a fixed absolute path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

fn fonts() -> &'static [Font] {
    static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
    const FILES: [&[u8]; 8] = [
        include_bytes!("../fonts/NotoSans-Regular.ttf"),
        include_bytes!("../fonts/NotoSans-Bold.ttf"),
        include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
        include_bytes!("../fonts/NotoSansArabic-Bold.ttf"),
        include_bytes!("../fonts/NotoSansBengali-Regular.ttf"),
        include_bytes!("../fonts/NotoSansBengali-Bold.ttf"),
        include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
        include_bytes!("../fonts/NotoSansDevanagari-Bold.ttf"),
    ];
    FONTS.get_or_init(|| FILES.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect())
}
