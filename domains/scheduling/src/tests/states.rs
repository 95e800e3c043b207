//! The state machine as a table: `docs/generated/states/appointments.md` is written from the code and must be what is committed.

use std::{fmt::Write as _, path::Path};

use crate::appointments::{State, Status, Verb, VisitStatus};

/// States that can occur: the visit only moves while the booking is confirmed, and stays where it ended.
fn states() -> Vec<State> {
    let mut states: Vec<State> = Status::ALL.iter().map(|booking| State::new(*booking, VisitStatus::NotOpen)).collect();
    states
        .extend([VisitStatus::Waiting, VisitStatus::InConsultation].map(|visit| State::new(Status::Confirmed, visit)));
    states.extend([VisitStatus::Ended, VisitStatus::Signed].map(|visit| State::new(Status::Fulfilled, visit)));
    states
}

fn name(state: State) -> String {
    match state.visit {
        VisitStatus::NotOpen => state.booking.code().to_owned(),
        visit => format!("{} · {visit}", state.booking),
    }
}

fn table() -> String {
    let mut text = String::from(
        "# Appointments: state × command\n\nWritten by `cargo nextest run -p scheduling the_table_of_states`; do not edit. \
         A command without a row for a state is refused with 409 `illegal_transition`.\n\n| state | command | state after |\n|---|---|---|\n",
    );
    for state in states() {
        for verb in Verb::ALL {
            if let Ok(after) = state.after(verb) {
                let _ = writeln!(text, "| {} | {} | {} |", name(state), verb.code(), name(after));
            }
        }
    }
    text
}

#[test]
fn the_table_of_states_is_the_one_in_the_docs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/states/appointments.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if written != table() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, table()).unwrap();
        assert!(written.is_empty(), "the table has changed and is written anew: look at it and commit it");
    }
}

#[test]
fn what_is_over_stays_over() {
    use Status as S;
    for over in [
        S::Rejected,
        S::Released,
        S::CancelledByPatient,
        S::CancelledByDoctor,
        S::CancelledByPlatform,
        S::NoShowDoctor,
        S::EnteredInError,
    ] {
        for verb in Verb::ALL {
            assert!(State::new(over, VisitStatus::NotOpen).after(verb).is_err(), "{} after {over}", verb.code());
        }
    }
}

#[test]
fn every_state_that_a_command_leads_to_is_in_the_table() {
    let known = states();
    for state in &known {
        for verb in Verb::ALL {
            if let Ok(after) = state.after(verb) {
                assert!(known.contains(&after), "{} leads to {}", verb.code(), name(after));
            }
        }
    }
}
