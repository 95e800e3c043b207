//! Finds a page of the timeline and opens it.

use std::collections::HashMap;

use chart::record::Sealed;
use consultations::commands;
use db::Tx;
use kernel::{
    LocalDate, Timestamp,
    ids::{CommandId, DocumentId, ImmunizationId, PatientId, PrescriptionId, ProblemId, VitalsId},
};
use uuid::Uuid;
use web::{Ctx, PageFrame};

use super::{
    model::{Asked, Cursor, Kind},
    store::{self, Found},
};

/// Entries of a page.
const PAGE: usize = 30;
/// Entries in which words are looked for at a time.
const LOOKED_AT: usize = 400;

/// One entry, opened.
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) id: Uuid,
    pub(super) at: Timestamp,
    pub(super) title: String,
    pub(super) detail: String,
    /// Who: a doctor's name; may be empty.
    pub(super) name: String,
    pub(super) href: Option<String>,
}

/// A page of it.
pub(super) struct Page {
    pub(super) entries: Vec<Entry>,
    /// Where the next begins; none where this is the last.
    pub(super) next: Option<Cursor>,
    /// Words were looked for in the latest entries only, and there are older ones.
    pub(super) looked_at: Option<usize>,
}

/// Whose timeline is read, as whom.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) patient: PatientId,
    pub(super) for_doctor: bool,
}

/// Reads it in the reader's transaction. Whose record is not open to the reader does not exist.
pub(super) async fn page(
    me: &Ctx,
    frame: &PageFrame,
    tx: &mut Tx,
    reader: Reader,
    asked: &Asked,
) -> Result<Page, web::Error> {
    let purpose = chart::record::reading_purpose(tx, me.actor(), reader.patient).await?;
    let wanted = asked.understood(me.zone());
    let most = if wanted.words.is_empty() { PAGE } else { LOOKED_AT };
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let mut found = store::list(tx, reader.patient, purpose, me.zone(), &wanted, limit).await?;
    let more = found.len() > most;
    found.truncate(most);
    let last = found.last().map(|row| Cursor { at: row.at, id: row.id });
    let mut entries = opened(me, frame, tx, reader, found).await?;
    entries.retain(|entry| wanted.words.is_empty() || wanted.matches([&entry.title, &entry.detail, &entry.name]));
    let full = entries.len() > PAGE;
    entries.truncate(PAGE);
    let end = match (full, entries.last()) {
        (true, Some(entry)) => Some(Cursor { at: entry.at, id: entry.id }),
        _ => last.filter(|_| more),
    };
    let looked_at = (!wanted.words.is_empty() && more && !full).then_some(most);
    Ok(Page { entries, next: end, looked_at })
}

/// Opens what was found. Prescriptions and letters are read with their signatures, all of a page at once.
async fn opened(
    me: &Ctx,
    frame: &PageFrame,
    tx: &mut Tx,
    reader: Reader,
    found: Vec<Found>,
) -> Result<Vec<Entry>, web::Error> {
    let vault = me.app().vault();
    let of = |kind: Kind| found.iter().filter(move |row| row.kind == kind.code()).map(|row| row.id);
    let ids: Vec<PrescriptionId> = of(Kind::Prescription).map(PrescriptionId::from_uuid).collect();
    let mut medicines: HashMap<Uuid, (String, String)> = HashMap::new();
    if !ids.is_empty() {
        for prescription in prescriptions::prescribing::list_by_ids(tx, vault, &ids).await? {
            match prescription {
                Ok(one) => medicines.insert(one.id.uuid(), prescriptions::prescribing::in_words(me.locale(), &one)),
                Err(id) => medicines.insert(id.uuid(), (frame.t("home-timeline-altered"), String::new())),
            };
        }
    }
    let ids: Vec<CommandId> = of(Kind::Letter).map(CommandId::from_uuid).collect();
    let mut letters: HashMap<Uuid, (String, String)> = HashMap::new();
    if !ids.is_empty() {
        for letter in commands::list_by_ids(tx, vault, &ids).await? {
            let kind = frame.t(format!("consultations-letter-{}", letter.kind.code()));
            letters.insert(letter.id.uuid(), (commands::title(frame, letter.content.expose()), kind));
        }
    }
    let mut entries = Vec::with_capacity(found.len());
    for row in found {
        let Some(kind) = Kind::from_code(&row.kind) else { continue };
        let (title, detail) = match kind {
            Kind::Prescription => medicines.remove(&row.id).unwrap_or_default(),
            Kind::Letter => letters.remove(&row.id).unwrap_or_default(),
            _ => words(me, frame, tx, kind, &row).await?,
        };
        let href = href(kind, reader, row.id);
        entries.push(Entry { kind, id: row.id, at: row.at, title, detail, name: row.name, href });
    }
    Ok(entries)
}

/// Title and detail of an entry that its own room need not sign for.
async fn words(
    me: &Ctx,
    frame: &PageFrame,
    tx: &mut Tx,
    kind: Kind,
    row: &Found,
) -> Result<(String, String), web::Error> {
    let what = match kind {
        Kind::Diagnosis => Sealed::Problem(ProblemId::from_uuid(row.id)),
        Kind::Immunization => Sealed::Immunization(ImmunizationId::from_uuid(row.id)),
        Kind::Document => Sealed::Document(DocumentId::from_uuid(row.id)),
        Kind::Measurement => Sealed::Vitals(VitalsId::from_uuid(row.id)),
        Kind::Visit => return Ok((row.name.clone(), mode(frame, &row.state))),
        Kind::Intake => return Ok((frame.t("home-timeline-intake-title"), String::new())),
        Kind::Appointment => return Ok((row.name.clone(), frame.t(format!("shared-appointment-{}", row.state)))),
        Kind::Prescription | Kind::Letter => return Ok(<(String, String)>::default()),
    };
    let Some(sealed) = row.sealed.first() else { return Ok(<(String, String)>::default()) };
    let opened = chart::record::open_entry(tx, me.app().vault(), row.of, what, sealed).await?;
    let detail = match kind {
        Kind::Diagnosis if row.state == "resolved" => {
            format!("{} · {}", opened.detail, frame.t("home-timeline-resolved"))
        }
        Kind::Immunization => match opened.on {
            Some(day) => given(frame, day, &opened.detail),
            None => opened.detail,
        },
        Kind::Measurement if row.parts.len() > 1 => {
            let others = (row.parts.len() - 1).to_string();
            frame.tr("home-timeline-more-measured", [("count", others.as_str())])
        }
        Kind::Document => frame.t(format!("chart-document-kind-{}", row.state)),
        _ => opened.detail,
    };
    Ok((opened.title, detail))
}

fn given(frame: &PageFrame, day: LocalDate, by: &str) -> String {
    let day = frame.date(day);
    let given = frame.tr("home-timeline-given", [("day", day.as_str())]);
    if by.is_empty() { given } else { format!("{given} · {by}") }
}

/// How two met; a doctor who was not there does not see it.
fn mode(frame: &PageFrame, mode: &str) -> String {
    if mode.is_empty() { String::new() } else { frame.t(format!("shared-mode-{mode}")) }
}

fn href(kind: Kind, reader: Reader, id: Uuid) -> Option<String> {
    let base = if reader.for_doctor { format!("/doctor/patients/{}", reader.patient) } else { "/record".to_owned() };
    match kind {
        Kind::Visit => Some(format!("/visits/{id}/summary")),
        Kind::Prescription => Some(format!("/prescriptions/{id}")),
        Kind::Letter => Some(format!("/letters/{id}.pdf")),
        Kind::Document => Some(format!("{base}/documents/{id}")),
        Kind::Measurement => Some(format!("{base}/vitals")),
        Kind::Immunization => Some(format!("{base}/immunizations")),
        Kind::Intake if !reader.for_doctor => Some(format!("/appointments/{id}/intake")),
        Kind::Appointment => Some(format!("/appointments/{id}")),
        Kind::Diagnosis | Kind::Intake => None,
    }
}
