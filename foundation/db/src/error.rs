/// What the database refused, or that it could not be asked.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] sqlx::Error);

impl Error {
    /// The name of the constraint that refused the row.
    pub fn constraint(&self) -> Option<&str> {
        self.0.as_database_error().and_then(sqlx::error::DatabaseError::constraint)
    }

    /// SQLSTATE.
    pub fn code(&self) -> Option<String> {
        self.0.as_database_error().and_then(sqlx::error::DatabaseError::code).map(std::borrow::Cow::into_owned)
    }

    /// A deadlock, a serialization failure, or a lock that did not come in time: the same transaction may succeed when run again.
    pub fn is_retryable(&self) -> bool {
        matches!(self.code().as_deref(), Some("40P01" | "40001" | "55P03"))
    }

    /// The database is away, starting, full, out of connections, or a lock of a crowd did not come in time: worth a 503.
    pub fn is_unavailable(&self) -> bool {
        match &self.0 {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
            _ => {
                self.code().is_some_and(|code| ["57P", "53", "08", "55P03"].iter().any(|class| code.starts_with(class)))
            }
        }
    }

    pub fn as_sqlx(&self) -> &sqlx::Error {
        &self.0
    }
}

/// Maps a constraint, by its name, to the domain's own word for it.
pub trait ResultExt<T> {
    /// The error of `make` when constraint `name` refused; every other error as it was.
    fn on_constraint<E: From<Error>>(self, name: &str, make: impl FnOnce() -> E) -> Result<T, E>;
}

impl<T> ResultExt<T> for Result<T, Error> {
    fn on_constraint<E: From<Error>>(self, name: &str, make: impl FnOnce() -> E) -> Result<T, E> {
        self.map_err(|error| if error.constraint() == Some(name) { make() } else { error.into() })
    }
}

impl<T> ResultExt<T> for Result<T, sqlx::Error> {
    fn on_constraint<E: From<Error>>(self, name: &str, make: impl FnOnce() -> E) -> Result<T, E> {
        self.map_err(Error::from).on_constraint(name, make)
    }
}

impl kernel::Fault for Error {
    fn kind(&self) -> kernel::FaultKind {
        if self.is_unavailable() { kernel::FaultKind::Unavailable } else { kernel::FaultKind::Internal }
    }
}

/// The constraint by which every table of a patient refuses what would begin in a retired record (migration 0552).
const RETIRED: &str = "record_retired";

/// The refusal of a write into a record that is joined with another, wherever in the chain of an error it stands: any verb may meet it, and
/// none has words of its own for it. Names the survivor, for whoever was allowed to write.
pub fn retired_record(error: &(dyn std::error::Error + 'static)) -> Option<kernel::FaultKind> {
    let mut next = Some(error);
    while let Some(cause) = next {
        let refused =
            match cause.downcast_ref::<Error>().map(Error::as_sqlx).or_else(|| cause.downcast_ref::<sqlx::Error>()) {
                Some(error) => error.as_database_error(),
                None => cause.downcast_ref::<Box<dyn sqlx::error::DatabaseError>>().map(AsRef::as_ref),
            };
        if let Some(refused) = refused.filter(|refused| refused.constraint() == Some(RETIRED)) {
            let survivor =
                refused.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().and_then(|error| error.detail());
            let detail = survivor.map(|survivor| sqlx::types::JsonValue::from_iter([("survivor", survivor)]));
            return Some(kernel::FaultKind::Conflict { code: RETIRED, detail });
        }
        next = cause.source();
    }
    None
}
