//! The books, read by plain SQL (`sql/books.sql`).

use crate::Failed;
use crate::cluster::Cluster;

const BOOKS: &str = include_str!("../sql/books.sql");

/// Everything that is wrong; nothing, when all is well.
pub(crate) async fn faults(cluster: &Cluster, database: &str) -> Result<Vec<String>, Failed> {
    let mut found = Vec::new();
    for statement in BOOKS.split(';').map(str::trim).filter(|statement| statement.contains("select")) {
        found.extend(cluster.texts(database, statement).await?);
    }
    Ok(found)
}
