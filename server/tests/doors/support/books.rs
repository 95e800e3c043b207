//! The books, read by somebody who does not trust the program: plain SQL over the journal and what it is about.

use super::Hospital;

const BOOKS: &str = include_str!("../../../../bench/sql/books.sql");

impl Hospital {
    /// Nothing was lost, doubled or kept for nothing, and the ledger sums to zero.
    pub(crate) async fn books_are_sound(&self) {
        let mut found = Vec::new();
        for statement in BOOKS.split(';').map(str::trim).filter(|statement| statement.contains("select")) {
            found.extend(self.test.texts(statement).await);
        }
        assert!(found.is_empty(), "{found:#?}");
    }
}
