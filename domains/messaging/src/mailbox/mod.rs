//! The development mailbox: every e-mail and text of demonstration mode, for whoever tries the product out. In any other mode these
//! addresses do not exist.

mod api;
mod pages;

use kernel::{Fault, FaultKind};
use web::{Ctx, Routes};

const REASON: &str = "demonstration mode shows its letters to anyone; elsewhere it is not there";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .public_get("/dev/mailbox", REASON, pages::list)
        .public_get("/dev/mailbox/letter", REASON, pages::show)
        .public_get("/dev/mailbox/attachment", REASON, pages::attachment)
        .public_get("/dev/mailbox.json", REASON, api::list)
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum MailboxError {
    #[error("there is no such letter")]
    NotFound,
    #[error(transparent)]
    Open(#[from] notify::SendError),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for MailboxError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotFound => FaultKind::NotFound,
            Self::Open(_) | Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Passes in demonstration mode only.
fn demonstration(ctx: &Ctx) -> Result<(), MailboxError> {
    if ctx.app().demo_mode() { Ok(()) } else { Err(MailboxError::NotFound) }
}
