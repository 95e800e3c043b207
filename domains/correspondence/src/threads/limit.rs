//! How much somebody may send: what floods a doctor's inbox hides what matters. Counted before it is sent, so that a refusal counts, too.

use identity::throttle::{self, Throttle, ThrottleError};
use kernel::ids::ThreadId;
use web::Ctx;

use crate::MessageError;

/// One more message of this account, in this conversation where it stands already.
pub(super) async fn pass(me: &Ctx, thread: Option<ThreadId>) -> Result<(), MessageError> {
    let account = me.actor().account.to_string();
    let within = thread.map(|thread| format!("{account}/{thread}"));
    let mut limits = vec![(throttle::MESSAGES, account.as_str())];
    limits.extend(within.as_deref().map(|within| (throttle::MESSAGES_THREAD, within)));
    // Who shares an address does not share an account: no easing in a demonstration.
    let throttle = Throttle { db: me.app().db(), demo_mode: false };
    match throttle.pass(&limits).await {
        Ok(()) => Ok(()),
        Err(ThrottleError::TooMany { retry_after_seconds }) => Err(MessageError::TooMany { retry_after_seconds }),
        Err(ThrottleError::Db(error)) => Err(error.into()),
    }
}
