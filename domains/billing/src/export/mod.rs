//! Files of rows, for whoever works with them elsewhere.
//!
//! A file is written while it is read, page by page of a keyset, so that a year of rows costs no more memory than an hour of them.

mod pages;

pub(crate) use pages::{CHUNK, csv_file, is_full};
