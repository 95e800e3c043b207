//! Writes the demonstration, a statement a table. It alone may write the tables of every room: it plays two months of all of
//! them at once, which their verbs, bound to the present, cannot.
//!
//! Rows come as JSON whose fields are named like the columns; sealed content comes in base64.

pub(super) mod care;
pub(super) mod meetings;
pub(super) mod money;
pub(super) mod people;
pub(super) mod queues;
pub(super) mod supervision;
pub(super) mod urgent;
