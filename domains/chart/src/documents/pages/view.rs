//! Documents, ready to show.

use kernel::ids::DocumentId;
use web::{Ctx, PageFrame};

use crate::{
    documents::{Document, DocumentKind, DocumentState, model::may_change},
    record::from_words,
};

/// One document.
pub(crate) struct DocumentRow {
    pub(crate) id: DocumentId,
    /// Its page.
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) filename: String,
    pub(crate) icon: &'static str,
    pub(crate) kind: String,
    /// "PDF · 2 pages · 1.2 MB".
    pub(crate) facts: String,
    /// The date that it bears; may be empty.
    pub(crate) dated: String,
    /// The same as a form takes it.
    pub(crate) dated_on: String,
    pub(crate) kind_code: &'static str,
    pub(crate) added: String,
    /// Who added it.
    pub(crate) by: String,
    pub(crate) state: String,
    /// Tone of the state's chip.
    pub(crate) tone: &'static str,
    /// What the state means, where that has to be said; may be empty.
    pub(crate) why: String,
    /// Whether it can be had.
    pub(crate) is_open: bool,
    pub(crate) has_preview: bool,
    pub(crate) may_change: bool,
    /// Why it was removed, and when; empty for what stands.
    pub(crate) removed: String,
    /// "From record 7K3M-9QXT", else empty.
    pub(crate) from: String,
}

/// Rows whose pages stand below `base`.
pub(crate) fn rows(me: &Ctx, page: &PageFrame, documents: &[Document], base: &str) -> Vec<DocumentRow> {
    documents.iter().map(|document| row(me, page, document, base)).collect()
}

pub(super) fn row(me: &Ctx, page: &PageFrame, document: &Document, base: &str) -> DocumentRow {
    let of_patient = !base.starts_with("/doctor/");
    let is_clean = document.state == DocumentState::Clean;
    let (state, tone, why) = state(document);
    DocumentRow {
        id: document.id,
        href: format!("{base}/{}", document.id),
        title: document.title.clone(),
        filename: document.filename.clone(),
        icon: document.kind.icon(),
        kind: kind_name(me, document.kind),
        facts: facts(me, document),
        dated: document.dated_on.map(|day| page.date(day)).unwrap_or_default(),
        dated_on: document.dated_on.map(|day| day.to_string()).unwrap_or_default(),
        kind_code: document.kind.as_str(),
        added: page.day(document.uploaded_at),
        by: by(me, document, of_patient),
        state: me.t(state),
        tone,
        why: why.map(|key| me.t(key)).unwrap_or_default(),
        is_open: is_clean && document.removed_at.is_none(),
        has_preview: is_clean && document.removed_at.is_none() && document.has_preview,
        may_change: document.from_record.is_none() && may_change(of_patient, document.by_clinician, document.own),
        removed: removed(me, page, document),
        from: from_words(page, document.from_record.as_deref()),
    }
}

pub(super) fn kind_name(me: &Ctx, kind: DocumentKind) -> String {
    me.t(format!("chart-document-kind-{}", kind.as_str()))
}

/// Label, tone and what it means.
fn state(document: &Document) -> (&'static str, &'static str, Option<&'static str>) {
    match document.state {
        DocumentState::Quarantined => ("chart-document-quarantined", "warn", Some("chart-document-quarantined-why")),
        DocumentState::Refused => ("chart-document-refused", "crit", Some("chart-document-refused-why")),
        // A picture is made anew here, pixel by pixel; a PDF is as it was sent.
        DocumentState::Clean if document.scanned || !document.is_pdf() => ("chart-document-clean", "ok", None),
        DocumentState::Clean => ("chart-document-unscanned", "warn", Some("chart-document-unscanned-why")),
    }
}

fn facts(me: &Ctx, document: &Document) -> String {
    let media = match document.media_type {
        "application/pdf" => "PDF",
        "image/png" => "PNG",
        _ => "JPEG",
    };
    let pages = document.pages.map(|pages| me.tr("chart-document-pages", [("pages", pages.to_string().as_str())]));
    // Each keeps its own direction of writing.
    let own = |fact: String| format!("\u{2068}{fact}\u{2069}");
    [Some(media.to_owned()), pages, Some(size(document.bytes))]
        .into_iter()
        .flatten()
        .map(own)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// "640 kB", "1.2 MB".
fn size(bytes: i64) -> String {
    let kilobytes = (bytes + 1023) / 1024;
    if kilobytes < 1000 {
        return format!("{kilobytes} kB");
    }
    let tenths = (bytes * 10 + 524_288) / 1_048_576;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

fn by(me: &Ctx, document: &Document, of_patient: bool) -> String {
    match &document.doctor {
        Some(name) => name.clone(),
        None if document.own => me.t("chart-document-by-you"),
        None if of_patient => me.t("chart-document-by-family"),
        None => me.t("chart-document-by-patient"),
    }
}

fn removed(me: &Ctx, page: &PageFrame, document: &Document) -> String {
    match (document.removed_at, document.removal) {
        (Some(at), Some(why)) => {
            format!("{} · {}", page.day(at), me.t(format!("chart-document-removal-{}", why.as_str())))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_short() {
        let cases = [(1, "1 kB"), (655_000, "640 kB"), (1_258_291, "1.2 MB"), (26_214_400, "25.0 MB")];
        for (bytes, text) in cases {
            assert_eq!(size(bytes), text);
        }
    }
}
