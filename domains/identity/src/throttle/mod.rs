//! Limits on guessing and on sending, kept in PostgreSQL so that they hold across all nodes.
//!
//! Each limit is a generic cell rate algorithm: `burst` attempts at once, then one per `every` seconds. One row per limit
//! and subject, one guarded statement per attempt; the subject (an address, a network) is stored only as a hash.
//! An attempt is counted before it is made, in a transaction of its own, so that a failed attempt cannot roll it back.

mod store;

use db::{Context, Db};
use kernel::{Fault, FaultKind};

use crate::tokens;

/// How often something may be tried.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    name: &'static str,
    burst: u32,
    every_seconds: u32,
    scope: Scope,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Guards one account, code or address.
    Subject,
    /// Guards against one network; in demonstration mode every visitor may share one.
    Network,
}

/// Sign-in with a password: five tries at once from one network for one account, then one a minute.
pub const SIGN_IN: Limit =
    Limit { name: "sign_in.account_network", burst: 5, every_seconds: 60, scope: Scope::Subject };
/// All sign-ins from one network: a ward may share an address, a guesser may not try a list.
pub const SIGN_IN_NETWORK: Limit =
    Limit { name: "sign_in.network", burst: 30, every_seconds: 4, scope: Scope::Network };
/// Second factors tried for one account, wherever from.
pub const SECOND_FACTOR: Limit =
    Limit { name: "second_factor.account", burst: 10, every_seconds: 120, scope: Scope::Subject };
pub const REGISTRATION_NETWORK: Limit =
    Limit { name: "registration.network", burst: 10, every_seconds: 360, scope: Scope::Network };
/// Codes sent to one address: three, then one each twenty minutes (three an hour).
pub const CODE_ADDRESS: Limit = Limit { name: "code.address", burst: 3, every_seconds: 1200, scope: Scope::Subject };
pub const CODE_NETWORK: Limit = Limit { name: "code.network", burst: 20, every_seconds: 180, scope: Scope::Network };
/// Text messages cost money: the whole house sends at most this many codes (against SMS pumping).
pub const SMS_HOUSE: Limit = Limit { name: "sms.house", burst: 300, every_seconds: 5, scope: Scope::Subject };
pub const CODE_TRIES_NETWORK: Limit =
    Limit { name: "code_tries.network", burst: 40, every_seconds: 10, scope: Scope::Network };
pub const RECOVERY_ADDRESS: Limit =
    Limit { name: "recovery.address", burst: 3, every_seconds: 3600, scope: Scope::Subject };
pub const RECOVERY_NETWORK: Limit =
    Limit { name: "recovery.network", burst: 10, every_seconds: 360, scope: Scope::Network };
pub const LINK_TRIES_NETWORK: Limit =
    Limit { name: "link_tries.network", burst: 30, every_seconds: 10, scope: Scope::Network };
/// "Send me a test": three at once, then one each ten minutes.
pub const TEST_LETTER: Limit =
    Limit { name: "test_letter.account", burst: 3, every_seconds: 600, scope: Scope::Subject };
/// One calendar subscription: programs ask every few minutes, on several devices.
pub const CALENDAR_FEED: Limit = Limit { name: "calendar.feed", burst: 30, every_seconds: 30, scope: Scope::Subject };
/// Everybody who asks for calendars from one network, also with tokens that are none.
pub const CALENDAR_NETWORK: Limit =
    Limit { name: "calendar.network", burst: 120, every_seconds: 2, scope: Scope::Network };
/// "Fetch now" of somebody's outside calendars.
pub const CALENDAR_FETCH: Limit = Limit { name: "calendar.fetch", burst: 5, every_seconds: 120, scope: Scope::Subject };

/// Cards that one member of the staff scans, and people they look for: a desk is busy, a harvest is busier.
pub const DESK: Limit = Limit { name: "desk.account", burst: 60, every_seconds: 5, scope: Scope::Subject };
/// Cards opened from one network: a hospital's desks may share one.
pub const CARD_NETWORK: Limit = Limit { name: "card.network", burst: 240, every_seconds: 1, scope: Scope::Network };
/// Codes that one account has shown on its screens.
pub const CARD_SHOWN: Limit = Limit { name: "card.account", burst: 60, every_seconds: 10, scope: Scope::Subject };

/// Messages that one account sends to doctors or patients: a ward round answers many.
pub const MESSAGES: Limit = Limit { name: "messages.account", burst: 40, every_seconds: 20, scope: Scope::Subject };
/// Of them, those in one conversation.
pub const MESSAGES_THREAD: Limit =
    Limit { name: "messages.thread", burst: 12, every_seconds: 60, scope: Scope::Subject };

/// Urgent requests of visitors without an account, from one network: a family may share one, a prankster may not fill the queue.
pub const URGENT_NETWORK: Limit = Limit { name: "urgent.network", burst: 6, every_seconds: 900, scope: Scope::Network };

#[derive(Debug, thiserror::Error)]
pub enum ThrottleError {
    #[error("too many attempts; wait {retry_after_seconds} s")]
    TooMany { retry_after_seconds: u32 },
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ThrottleError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::TooMany { retry_after_seconds } => {
                FaultKind::RateLimited { retry_after_seconds: *retry_after_seconds }
            }
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The door through which every guessable or costly attempt passes.
#[derive(Clone, Copy, Debug)]
pub struct Throttle<'a> {
    pub db: &'a Db,
    pub demo_mode: bool,
}

impl Throttle<'_> {
    /// Count one attempt against every limit named; refuse when one is exceeded.
    pub async fn pass(&self, limits: &[(Limit, &str)]) -> Result<(), ThrottleError> {
        let mut tx = self.db.begin(&Context::system("throttle")).await?;
        let mut wait = 0;
        for (limit, subject) in limits {
            let hash = tokens::sha256(subject.as_bytes());
            if !store::count(&mut tx, &self.eased(*limit), &hash).await? {
                wait = wait.max(store::seconds_to_wait(&mut tx, limit, &hash).await?);
            }
        }
        tx.commit().await?;
        if wait > 0 { Err(ThrottleError::TooMany { retry_after_seconds: wait }) } else { Ok(()) }
    }

    /// The attempt was right: the subject starts afresh.
    pub async fn forget(&self, limit: Limit, subject: &str) -> Result<(), ThrottleError> {
        let mut tx = self.db.begin(&Context::system("throttle")).await?;
        store::forget(&mut tx, limit.name, &tokens::sha256(subject.as_bytes())).await?;
        Ok(tx.commit().await?)
    }

    /// In demonstration mode all visitors, browsers and benches come from one machine.
    fn eased(&self, limit: Limit) -> Limit {
        if self.demo_mode && limit.scope == Scope::Network {
            Limit { burst: limit.burst * 1000, ..limit }
        } else {
            limit
        }
    }
}

/// For the hourly sweep: counters that no longer hold anyone back.
pub(crate) async fn sweep(tx: &mut db::Tx) -> Result<u64, db::Error> {
    store::delete_passed(tx).await
}
