//! What went wrong, in the words of the domain, mapped once to page, problem+json and status.

use std::borrow::Cow;

/// Every verb's error says what kind of refusal it is; the doors render the kind.
pub trait Fault: std::error::Error + Send + Sync + 'static {
    fn kind(&self) -> FaultKind;
}

#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    /// 404. Also for what belongs to somebody else.
    NotFound,
    /// 409 with a stable machine code; `detail` is merged into problem+json.
    Conflict { code: &'static str, detail: Option<sqlx::types::JsonValue> },
    /// 422 with what to do about each field.
    Invalid(Vec<FieldError>),
    /// 403 that explains itself.
    Forbidden(Refusal),
    /// 401: sign in first.
    SignInNeeded,
    /// 429.
    RateLimited { retry_after_seconds: u32 },
    /// 413.
    TooLarge,
    /// 503: try again.
    Unavailable,
    /// 500: our fault; details go to the log only.
    Internal,
}

/// The rule that refused, the facts it saw, and who can change it. Fluent keys for pages, text for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub rule: &'static str,
    pub facts: Vec<(&'static str, String)>,
    pub who_can_change: &'static str,
}

/// One field that must be corrected. `message_key` is a Fluent key whose text says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: Cow<'static, str>,
    pub message_key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    pub fn new(field: impl Into<Cow<'static, str>>, message_key: &'static str) -> Self {
        Self { field: field.into(), message_key, args: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl FaultKind {
    pub const fn conflict(code: &'static str) -> Self {
        Self::Conflict { code, detail: None }
    }

    pub fn invalid(field: &'static str, message_key: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, message_key)])
    }

    pub fn forbidden(rule: &'static str, who_can_change: &'static str) -> Self {
        Self::Forbidden(Refusal { rule, facts: Vec::new(), who_can_change })
    }
}
