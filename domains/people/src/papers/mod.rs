//! A doctor's licence and identity papers: PDF, JPEG or PNG of at most 10 MB, told apart by their bytes, never by their name.
//!
//! The bytes are sealed in the blob store under an id of ours; no part of a path comes from outside. Only the doctor and an
//! administrator get them, as an attachment that no browser runs.

mod sniff;
mod store;

use db::Tx;
use intake::Kind;
use kernel::{
    Fault, FaultKind, Phi,
    ids::{DocumentId, PractitionerId},
};
use vault::Vault;

use sniff::sniff;
use store::NewPaper;
pub use store::{Paper, find, list};

/// The most a paper may weigh.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most papers of one doctor.
const MAX_PAPERS: usize = 20;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaperKind {
    Licence,
    Identity,
}

impl PaperKind {
    pub const ALL: [Self; 2] = [Self::Licence, Self::Identity];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::Identity => "identity",
        }
    }

    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Licence => "people-paper-licence",
            Self::Identity => "people-paper-identity",
        }
    }

    pub(crate) const fn audit_object(self) -> &'static str {
        match self {
            Self::Licence => "practitioner_licence",
            Self::Identity => "practitioner_identity",
        }
    }
}

impl std::str::FromStr for PaperKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("no file was chosen")]
    Missing,
    #[error("no kind of paper was chosen")]
    WrongKind,
    #[error("the file is larger than 10 MB")]
    TooLarge,
    #[error("the file is not a PDF, JPEG or PNG")]
    WrongType,
    #[error("there are too many papers")]
    TooMany,
    #[error("no such paper")]
    NotFound,
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for PaperError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Missing => FaultKind::invalid("file", "people-paper-missing"),
            Self::WrongKind => FaultKind::invalid("kind", "people-paper-kind-missing"),
            Self::TooLarge => FaultKind::invalid("file", "people-paper-large"),
            Self::WrongType => FaultKind::invalid("file", "people-paper-type"),
            Self::TooMany => FaultKind::invalid("file", "people-paper-many"),
            Self::NotFound => FaultKind::NotFound,
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Vault(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Keep a paper of one's own.
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    doctor: PractitionerId,
    kind: PaperKind,
    filename: &str,
    bytes: &[u8],
) -> Result<DocumentId, PaperError> {
    if bytes.is_empty() {
        return Err(PaperError::Missing);
    }
    if bytes.len() > MAX_BYTES {
        return Err(PaperError::TooLarge);
    }
    let content_type = sniff(bytes).ok_or(PaperError::WrongType)?;
    if store::list(tx, doctor).await?.len() >= MAX_PAPERS {
        return Err(PaperError::TooMany);
    }
    let id = tx.id();
    let filename = intake::safe_name(filename, content_type, "paper");
    store::insert(tx, &NewPaper { id, doctor, kind, filename: &filename, content_type }, bytes).await?;
    vault.put_platform_file(tx, id, bytes).await?;
    Ok(id)
}

/// Take a paper back. Its bytes stay sealed as long as a check refers to it; nobody is shown it any more.
pub async fn remove(tx: &mut Tx, doctor: PractitionerId, id: DocumentId) -> Result<(), PaperError> {
    if store::set_removed(tx, doctor, id).await? { Ok(()) } else { Err(PaperError::NotFound) }
}

/// A paper with its bytes, for its doctor or an administrator; the context decides, and the reading is on record.
pub async fn open(tx: &mut Tx, vault: &Vault, id: DocumentId) -> Result<(Paper, Phi<Vec<u8>>), PaperError> {
    let paper = store::find(tx, id).await?.ok_or(PaperError::NotFound)?;
    let bytes = vault.get_platform_file(tx, id).await?;
    let entry = audit::Entry {
        action: "downloaded",
        object: paper.kind.audit_object(),
        object_id: id.uuid(),
        patient: None,
        purpose: "operations",
    };
    audit::record(tx, entry).await?;
    Ok((paper, bytes))
}

/// The type that a paper has by its row, as headers want it.
pub(crate) fn mime_of(content_type: &str) -> &'static str {
    Kind::ALL.into_iter().find(|kind| kind.mime() == content_type).unwrap_or(Kind::Pdf).mime()
}
