//! The states as a table: `docs/generated/states/prescriptions.md` is written from the code and must be what is committed.

use std::{fmt::Write as _, path::Path};

use super::model::Status;

type Verb = (&'static str, fn(Status) -> bool, fn(Status) -> &'static str);

const STATES: [Status; 8] = [
    Status::Draft,
    Status::Active,
    Status::OnHold,
    Status::Expired,
    Status::Completed,
    Status::Replaced,
    Status::Stopped,
    Status::Cancelled,
];

const VERBS: [Verb; 9] = [
    ("edit", Status::may_edit, |_| "draft"),
    ("sign", Status::may_sign, |_| "active"),
    ("dispense", Status::may_dispense, |_| "active, completed when nothing remains"),
    ("hold", Status::may_hold, |_| "on_hold"),
    ("release", Status::may_release, |_| "active"),
    ("replace (a copy is signed)", Status::may_replace, |_| "replaced"),
    ("renew (a copy is signed)", Status::may_renew, Status::as_str),
    ("stop", Status::may_stop, |_| "stopped"),
    ("cancel", Status::may_cancel, |_| "cancelled"),
];

fn table() -> String {
    let mut text = String::from(
        "# Prescriptions: state × command\n\nWritten by `cargo nextest run -p prescriptions the_table_of_states`; do not edit. \
         Active and on_hold become expired by the clock. A command without a row for a state is refused with 409.\n\n\
         | state | command | state after |\n|---|---|---|\n",
    );
    for state in STATES {
        for (verb, may, after) in VERBS {
            if may(state) {
                let _ = writeln!(text, "| {} | {verb} | {} |", state.as_str(), after(state));
            }
        }
    }
    text
}

#[test]
fn the_table_of_states_is_the_one_in_the_docs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/states/prescriptions.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if written != table() {
        std::fs::write(&path, table()).expect("the docs can be written");
        assert!(written.is_empty(), "the table has changed and is written anew: look at it and commit it");
    }
}
