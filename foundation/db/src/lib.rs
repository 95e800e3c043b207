//! The one database: pool, transactions with their context, constraint names as errors, migrations, a private server.
//!
//! A `Tx` is begun for a `Context` (who asks). Beginning it sets the settings that row-level security reads and returns the
//! database's time, in one round trip. Without a context no table shows a row.

mod context;
mod embedded;
mod error;
mod kept;
mod migrate;
mod parts;
mod pool;
mod standing;
mod turns;
mod tx;

pub use context::Context;
pub use embedded::{Durability, Embedded, EmbeddedConfig, EmbeddedError};
pub use error::{Error, ResultExt, retired_record};
pub use kept::Kept;
pub use migrate::{MIGRATOR, MigrateError, migrate};
pub use pool::{Clock, Db, DbConfig};
pub use standing::{Standing, Tick, Whose};
pub use tx::Tx;
