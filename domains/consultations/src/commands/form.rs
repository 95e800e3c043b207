//! A command as an HTML form: all text, so that what was typed is never lost.

use std::str::FromStr;

use kernel::{
    FieldError, LocalDate,
    ids::{CommandId, PractitionerId},
};
use serde::Deserialize;

use super::{Capacity, Command, Kind, Urgency};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CommandForm {
    pub(crate) kind: String,
    /// Of the staged command that is changed, and the version it was read at; empty for a new one.
    pub(crate) command: String,
    pub(crate) read_at: String,
    pub(crate) icd10: String,
    pub(crate) on_list: String,
    pub(crate) text: String,
    pub(crate) question: String,
    pub(crate) on: String,
    pub(crate) urgency: String,
    pub(crate) specialty: String,
    /// A doctor of this hospital, by id.
    pub(crate) to: String,
    pub(crate) to_name: String,
    pub(crate) agreed: String,
    pub(crate) from: String,
    pub(crate) until: String,
    pub(crate) capacity: String,
    pub(crate) diagnosis: String,
    /// `stage`, `commit` or `find`.
    pub(crate) action: String,
}

impl CommandForm {
    /// An empty form of a kind, with the day of today where one is asked for.
    pub(crate) fn blank(kind: Kind, today: LocalDate) -> Self {
        let day = if kind == Kind::SickNote { today.to_string() } else { String::new() };
        let urgency = Urgency::default().code().to_owned();
        Self { kind: kind.code().to_owned(), from: day.clone(), until: day, urgency, ..Self::default() }
    }

    /// The form of a staged command.
    pub(crate) fn of(command: &Command, (id, version): (CommandId, i32)) -> Self {
        let tick = |on: bool| if on { "on".to_owned() } else { String::new() };
        let kind = command.kind().code().to_owned();
        let form = Self { kind, command: id.to_string(), read_at: version.to_string(), ..Self::default() };
        match command.clone() {
            Command::Diagnose { code, on_list, .. } => Self { icd10: code, on_list: tick(on_list), ..form },
            Command::Instruct { text } | Command::Certificate { text } => Self { text, ..form },
            Command::FollowUp { on, text } => Self { on: on.to_string(), text, ..form },
            Command::Order { text, question, urgency } => {
                Self { text, question, urgency: urgency.code().to_owned(), ..form }
            }
            Command::Refer { specialty, to, to_name, question, urgency, agreed } => Self {
                specialty,
                to: to.map(|id| id.to_string()).unwrap_or_default(),
                to_name,
                question,
                urgency: urgency.code().to_owned(),
                agreed: tick(agreed),
                ..form
            },
            Command::SickNote { from, until, capacity, text, diagnosis } => Self {
                from: from.to_string(),
                until: until.to_string(),
                capacity: capacity.code().to_owned(),
                text,
                diagnosis,
                ..form
            },
        }
    }

    /// Which staged command is changed, as it was read.
    pub(crate) fn instead_of(&self) -> Option<(CommandId, i32)> {
        Some((self.command.parse().ok()?, self.read_at.parse().ok()?))
    }

    /// The command, or what to do about fields that cannot be read; their content is checked by [`Command::check`].
    pub(crate) fn read(&self) -> Result<Command, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut day = |field: &'static str, text: &str| {
            LocalDate::from_str(text.trim()).ok().or_else(|| {
                errors.push(FieldError::new(field, "consultations-error-date"));
                None
            })
        };
        let urgency = Urgency::from_code(&self.urgency).unwrap_or_default();
        let command = match Kind::from_code(&self.kind) {
            Some(Kind::Diagnose) => Some(Command::Diagnose {
                code: self.icd10.clone(),
                name: String::new(),
                on_list: !self.on_list.is_empty(),
                problem: None,
            }),
            Some(Kind::Instruct) => Some(Command::Instruct { text: self.text.clone() }),
            Some(Kind::Certificate) => Some(Command::Certificate { text: self.text.clone() }),
            Some(Kind::FollowUp) => day("on", &self.on).map(|on| Command::FollowUp { on, text: self.text.clone() }),
            Some(Kind::Order) => {
                Some(Command::Order { text: self.text.clone(), question: self.question.clone(), urgency })
            }
            Some(Kind::Refer) => Some(Command::Refer {
                specialty: self.specialty.clone(),
                to: self.to.parse::<PractitionerId>().ok(),
                to_name: self.to_name.clone(),
                question: self.question.clone(),
                urgency,
                agreed: !self.agreed.is_empty(),
            }),
            Some(Kind::SickNote) => {
                let (from, until) = (day("from", &self.from), day("until", &self.until));
                from.zip(until).map(|(from, until)| Command::SickNote {
                    from,
                    until,
                    capacity: Capacity::from_code(&self.capacity).unwrap_or_default(),
                    text: self.text.clone(),
                    diagnosis: self.diagnosis.clone(),
                })
            }
            None => {
                errors.push(FieldError::new("kind", "consultations-error-command-kind"));
                None
            }
        };
        command.ok_or(errors)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_staged_is_typed_again_as_it_was() {
        let id = CommandId::from_uuid(Uuid::nil());
        let day = LocalDate::from_ymd(2026, 12, 1).expect("a day");
        let commands = [
            Command::Diagnose { code: "J00".into(), name: String::new(), on_list: true, problem: None },
            Command::Instruct { text: "Rest".into() },
            Command::FollowUp { on: day, text: "Ear".into() },
            Command::Order { text: "Full blood count".into(), question: "Anaemia?".into(), urgency: Urgency::Stat },
            Command::Refer {
                specialty: "cardiology".into(),
                to: None,
                to_name: "Clinic".into(),
                question: "Murmur?".into(),
                urgency: Urgency::Urgent,
                agreed: false,
            },
            Command::SickNote {
                from: day,
                until: day,
                capacity: Capacity::Limited,
                text: "No lifting".into(),
                diagnosis: "Back pain".into(),
            },
            Command::Certificate { text: "Was here".into() },
        ];
        for command in commands {
            let form = CommandForm::of(&command, (id, 3));
            assert_eq!(form.instead_of(), Some((id, 3)));
            assert_eq!(form.read().expect("readable"), command);
        }
    }

    #[test]
    fn a_day_that_is_none_and_a_kind_that_is_none_are_said() {
        let wrong = |form: CommandForm| {
            form.read().expect_err("wrong").into_iter().map(|e| e.field.into_owned()).collect::<Vec<_>>()
        };
        let sick =
            CommandForm { kind: "sick_note".into(), from: "now".into(), until: "then".into(), ..Default::default() };
        assert_eq!(wrong(sick), ["from", "until"]);
        assert_eq!(wrong(CommandForm { kind: "wish".into(), ..Default::default() }), ["kind"]);
    }
}
