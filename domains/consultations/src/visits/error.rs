//! Why a visit was not opened, ended or signed.

use kernel::{Fault, FaultKind, FieldError};

use super::VisitState;

#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    /// No such visit, or not this person's.
    #[error("no such visit")]
    NotFound,
    /// The visit has come too far for this.
    #[error("the visit is {}", .0.code())]
    Illegal(VisitState),
    /// A signed note needs a finding and a plan, or the reason why it has none.
    #[error("the note is not complete")]
    Invalid(Vec<FieldError>),
    /// The note was changed elsewhere since it was read.
    #[error("the note is at version {current}")]
    Stale { current: i32 },
    /// The command has come too far for this.
    #[error("the command is {}", .0.code())]
    Command(crate::commands::Status),
    /// The checking of the note has come too far for this, or not far enough.
    #[error("the checking of the note is {}", .0.code())]
    Approval(crate::approvals::Status),
    /// Nobody waits there, or nobody has stepped out.
    #[error("nobody waits there")]
    NotWaiting,
    /// There are as many commands as one note takes.
    #[error("the note has too many commands")]
    TooManyCommands,
    #[error(transparent)]
    Appointment(#[from] scheduling::appointments::ChangeError),
    #[error(transparent)]
    Chart(#[from] chart::ChartError),
    #[error(transparent)]
    Vault(#[from] vault::Error),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<sqlx::Error> for VisitError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Fault for VisitError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Illegal(state) => FaultKind::Conflict {
                code: "illegal_transition",
                detail: Some(serde_json::json!({ "visit": state.code() })),
            },
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Stale { current } => {
                FaultKind::Conflict { code: "stale_version", detail: Some(serde_json::json!({ "version": current })) }
            }
            Self::Command(status) => FaultKind::Conflict {
                code: "illegal_transition",
                detail: Some(serde_json::json!({ "command": status.code() })),
            },
            Self::Approval(status) => FaultKind::Conflict {
                code: "illegal_transition",
                detail: Some(serde_json::json!({ "approval": status.code() })),
            },
            Self::NotWaiting => FaultKind::conflict("not_waiting"),
            Self::TooManyCommands => FaultKind::conflict("too_many_commands"),
            Self::Appointment(error) => error.kind(),
            Self::Chart(error) => error.kind(),
            Self::Vault(error) => error.kind(),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}
