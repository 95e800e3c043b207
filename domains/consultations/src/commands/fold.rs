//! What committed commands add to the note that is signed.

use super::{Command, CommandRow, Status};
use crate::notes::{Diagnosis, NoteContent};

/// Diagnoses are added once, instructions as lines of the plan, and the earliest follow-up where the note has none. What is staged or
/// withdrawn adds nothing, and what stands there already is not said twice.
pub fn fold(note: &mut NoteContent, commands: &[CommandRow]) {
    for row in commands.iter().filter(|row| row.status == Status::Committed) {
        match row.content.expose() {
            Command::Diagnose { code, name, .. } if !note.diagnoses.iter().any(|found| found.code == *code) => {
                note.diagnoses.push(Diagnosis { code: code.clone(), name: name.clone() });
            }
            Command::Instruct { text } => add_line(&mut note.plan, text),
            Command::FollowUp { text, .. } if !text.is_empty() => add_line(&mut note.plan, text),
            _ => {}
        }
    }
    if note.follow_up_on.is_none() {
        let days = commands.iter().filter(|row| row.status == Status::Committed).filter_map(|row| {
            match row.content.expose() {
                Command::FollowUp { on, .. } => Some(*on),
                _ => None,
            }
        });
        note.follow_up_on = days.min_by_key(|day| day.jiff());
    }
}

fn add_line(plan: &mut String, line: &str) {
    let stands = plan.lines().any(|known| known.trim() == line);
    if stands || plan.contains(line) && line.contains('\n') {
        return;
    }
    if !plan.is_empty() {
        plan.push('\n');
    }
    plan.push_str(line);
}

#[cfg(test)]
mod tests {
    use kernel::{
        LocalDate, Phi,
        ids::{CommandId, PatientId, PractitionerId, VisitId},
    };
    use uuid::Uuid;

    use super::*;

    fn row(status: Status, content: Command) -> CommandRow {
        CommandRow {
            id: CommandId::from_uuid(Uuid::nil()),
            visit: VisitId::from_uuid(Uuid::nil()),
            patient: PatientId::from_uuid(Uuid::nil()),
            practitioner: PractitionerId::from_uuid(Uuid::nil()),
            number: 1,
            kind: content.kind(),
            status,
            version: 2,
            content: Phi::new(content),
            committed_at: None,
            verify_code: None,
            ended_at: None,
        }
    }

    fn cold() -> Command {
        Command::Diagnose { code: "J00".into(), name: "Common cold".into(), on_list: false, problem: None }
    }

    fn next(day: &str) -> Command {
        Command::FollowUp { on: day.parse().expect("a day"), text: "Look at the ear again".into() }
    }

    #[test]
    fn committed_commands_stand_in_the_note_once() {
        let rows = [
            row(Status::Committed, cold()),
            row(Status::Committed, cold()),
            row(Status::Committed, Command::Instruct { text: "Rest".into() }),
            row(Status::Committed, next("2026-12-20")),
            row(Status::Committed, next("2026-12-04")),
        ];
        let mut note = NoteContent { plan: "Rest".into(), ..NoteContent::default() };
        fold(&mut note, &rows);
        fold(&mut note, &rows);
        assert_eq!(note.diagnoses.len(), 1);
        assert_eq!(note.plan, "Rest\nLook at the ear again");
        assert_eq!(note.follow_up_on, LocalDate::from_ymd(2026, 12, 4));
    }

    #[test]
    fn what_is_staged_or_withdrawn_adds_nothing() {
        let rows = [row(Status::Staged, cold()), row(Status::EnteredInError, next("2026-12-20"))];
        let mut note = NoteContent::default();
        fold(&mut note, &rows);
        assert_eq!(note, NoteContent::default());
    }

    #[test]
    fn the_doctors_own_day_stands() {
        let mut note = NoteContent { follow_up_on: LocalDate::from_ymd(2026, 12, 1), ..NoteContent::default() };
        fold(&mut note, &[row(Status::Committed, next("2026-11-30"))]);
        assert_eq!(note.follow_up_on, LocalDate::from_ymd(2026, 12, 1));
    }
}
