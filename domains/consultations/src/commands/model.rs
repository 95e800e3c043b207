//! What a command says, and how far it has come.

use chart::icd10;
use kernel::{
    FieldError, LocalDate, Phi, Timestamp,
    ids::{CommandId, PatientId, PractitionerId, ProblemId, VisitId},
};
use people::specialties;
use serde::{Deserialize, Serialize};

/// What kind of command it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Diagnose,
    Instruct,
    FollowUp,
    Order,
    Refer,
    SickNote,
    Certificate,
}

impl Kind {
    pub const ALL: [Self; 7] =
        [Self::Diagnose, Self::Instruct, Self::FollowUp, Self::Order, Self::Refer, Self::SickNote, Self::Certificate];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Diagnose => "diagnose",
            Self::Instruct => "instruct",
            Self::FollowUp => "follow_up",
            Self::Order => "order",
            Self::Refer => "refer",
            Self::SickNote => "sick_note",
            Self::Certificate => "certificate",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// It is printed, has a page by which it can be checked, and may follow the note's signature.
    pub const fn is_paper(self) -> bool {
        matches!(self, Self::Order | Self::Refer | Self::SickNote | Self::Certificate)
    }
}

/// How far a command has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Staged,
    Committed,
    EnteredInError,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::Staged, Self::Committed, Self::EnteredInError];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Staged => "staged",
            Self::Committed => "committed",
            Self::EnteredInError => "entered_in_error",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// How soon: FHIR `request-priority`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    #[default]
    Routine,
    Urgent,
    Asap,
    Stat,
}

impl Urgency {
    pub const ALL: [Self; 4] = [Self::Routine, Self::Urgent, Self::Asap, Self::Stat];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Urgent => "urgent",
            Self::Asap => "asap",
            Self::Stat => "stat",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.code() == code)
    }
}

/// What somebody can do while they are ill.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// No work, no school.
    #[default]
    Unfit,
    /// Some of it: the text says what.
    Limited,
}

impl Capacity {
    pub const ALL: [Self; 2] = [Self::Unfit, Self::Limited];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Unfit => "unfit",
            Self::Limited => "limited",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.code() == code)
    }
}

/// What is sealed, and signed when it is committed. As it comes in, `name` and `problem` are not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// A diagnosis of this visit.
    Diagnose {
        /// ICD-10-CM code, with or without its dot.
        code: String,
        /// Its description at the time.
        #[serde(default)]
        name: String,
        /// It also goes on the problem list.
        #[serde(default)]
        on_list: bool,
        /// What it became on the problem list.
        #[serde(default)]
        problem: Option<ProblemId>,
    },
    /// What the patient is to do.
    Instruct { text: String },
    /// When to see each other again, and what for.
    FollowUp {
        on: LocalDate,
        #[serde(default)]
        text: String,
    },
    /// An examination elsewhere: laboratory, imaging.
    Order {
        /// What is to be done.
        text: String,
        /// What it is to answer.
        #[serde(default)]
        question: String,
        #[serde(default)]
        urgency: Urgency,
    },
    /// To somebody else.
    Refer {
        /// A code of the list of specialties.
        specialty: String,
        /// A doctor of this hospital, where it is one.
        #[serde(default)]
        to: Option<PractitionerId>,
        /// Whoever it is, by name; that of the doctor where it is one of this hospital.
        #[serde(default)]
        to_name: String,
        question: String,
        #[serde(default)]
        urgency: Urgency,
        /// The patient agrees that the doctor of this hospital reads the record.
        #[serde(default)]
        agreed: bool,
    },
    /// Why somebody stays at home. It says nothing of an illness unless `diagnosis` does.
    SickNote {
        from: LocalDate,
        until: LocalDate,
        #[serde(default)]
        capacity: Capacity,
        /// What is still possible, where something is.
        #[serde(default)]
        text: String,
        /// What the patient wants said of the illness; empty for nothing.
        #[serde(default)]
        diagnosis: String,
    },
    /// Something attested.
    Certificate { text: String },
}

/// A command as it stands.
#[derive(Debug, Clone)]
pub struct CommandRow {
    pub id: CommandId,
    pub visit: VisitId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    /// From 1 on, in the order of staging.
    pub number: i32,
    pub kind: Kind,
    pub status: Status,
    pub version: i32,
    pub content: Phi<Command>,
    pub committed_at: Option<Timestamp>,
    pub verify_code: Option<String>,
    pub ended_at: Option<Timestamp>,
}

/// Characters of a text.
const TEXT: usize = 4_000;
const LINE: usize = 200;
/// Days a sick note may reach back behind the day it is written: an operator whose law is narrower says so to its doctors.
const BACK: i32 = 7;
/// Days of one sick note: 13 weeks, as a statement of fitness for work in Great Britain (Social Security (Medical Evidence) Regulations
/// 1976, schedule 1, rule 8: three months within the first six).
const LONGEST_SICK: i32 = 91;

impl Command {
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Diagnose { .. } => Kind::Diagnose,
            Self::Instruct { .. } => Kind::Instruct,
            Self::FollowUp { .. } => Kind::FollowUp,
            Self::Order { .. } => Kind::Order,
            Self::Refer { .. } => Kind::Refer,
            Self::SickNote { .. } => Kind::SickNote,
            Self::Certificate { .. } => Kind::Certificate,
        }
    }

    /// The doctor of this hospital that a referral leads to.
    pub const fn referred_to(&self) -> Option<PractitionerId> {
        match self {
            Self::Refer { to, .. } => *to,
            _ => None,
        }
    }

    /// The doctor of this hospital whom the patient agreed to let read the record.
    pub const fn opens_to(&self) -> Option<PractitionerId> {
        match self {
            Self::Refer { to, agreed: true, .. } => *to,
            _ => None,
        }
    }

    /// The command as it is kept, or what to do about each field. `today` is the doctor's.
    pub fn check(self, today: LocalDate) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let checked = match self {
            Self::Diagnose { code, on_list, .. } => match icd10::find(&code) {
                Some(known) => {
                    Self::Diagnose { code: known.code.to_owned(), name: known.name.to_owned(), on_list, problem: None }
                }
                None => return Err(vec![FieldError::new("code", "consultations-error-command-code")]),
            },
            Self::Instruct { text } => Self::Instruct { text: needed("text", &text, &mut errors) },
            Self::FollowUp { on, text } => {
                if on.jiff() < today.jiff() {
                    errors.push(FieldError::new("on", "consultations-error-follow-up-past"));
                }
                Self::FollowUp { on, text: short("text", &text, TEXT, &mut errors) }
            }
            Self::Order { text, question, urgency } => Self::Order {
                text: needed("text", &text, &mut errors),
                question: short("question", &question, TEXT, &mut errors),
                urgency,
            },
            Self::Refer { specialty, to, to_name, question, urgency, agreed } => {
                if !specialties::is_known(&specialty) {
                    errors.push(FieldError::new("specialty", "consultations-error-command-specialty"));
                }
                if agreed && to.is_none() {
                    errors.push(FieldError::new("agreed", "consultations-error-command-agreed"));
                }
                let to_name = short("to_name", &to_name, LINE, &mut errors);
                Self::Refer {
                    specialty,
                    to,
                    to_name,
                    question: needed("question", &question, &mut errors),
                    urgency,
                    agreed,
                }
            }
            Self::SickNote { from, until, capacity, text, diagnosis } => {
                days(from, until, today, &mut errors);
                let text = match capacity {
                    Capacity::Limited => needed("text", &text, &mut errors),
                    Capacity::Unfit => String::new(),
                };
                let diagnosis = short("diagnosis", &diagnosis, LINE, &mut errors);
                Self::SickNote { from, until, capacity, text, diagnosis }
            }
            Self::Certificate { text } => Self::Certificate { text: needed("text", &text, &mut errors) },
        };
        if errors.is_empty() { Ok(checked) } else { Err(errors) }
    }
}

fn days(from: LocalDate, until: LocalDate, today: LocalDate, errors: &mut Vec<FieldError>) {
    if from.plus_days(BACK).jiff() < today.jiff() {
        errors.push(FieldError::new("from", "consultations-error-sick-back").with("most", BACK));
    }
    if until.jiff() < from.jiff() {
        errors.push(FieldError::new("until", "consultations-error-sick-order"));
    } else if today.plus_days(LONGEST_SICK).jiff() < from.jiff() {
        errors.push(FieldError::new("from", "consultations-error-sick-far").with("most", LONGEST_SICK));
    } else if from.plus_days(LONGEST_SICK - 1).jiff() < until.jiff() {
        errors.push(FieldError::new("until", "consultations-error-sick-long").with("most", LONGEST_SICK));
    }
}

fn short(field: &'static str, text: &str, most: usize, errors: &mut Vec<FieldError>) -> String {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > most {
        errors.push(FieldError::new(field, "consultations-error-section-long").with("most", most));
    }
    text
}

fn needed(field: &'static str, text: &str, errors: &mut Vec<FieldError>) -> String {
    let text = short(field, text, TEXT, errors);
    if text.is_empty() {
        errors.push(FieldError::new(field, "consultations-error-command-empty"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LocalDate {
        text.parse().expect("a day")
    }

    fn sick(from: &str, until: &str) -> Command {
        let (capacity, text, diagnosis) = (Capacity::Unfit, "kept to oneself".to_owned(), String::new());
        Command::SickNote { from: day(from), until: day(until), capacity, text, diagnosis }
    }

    fn wrong(command: Command) -> Vec<String> {
        match command.check(day("2026-11-27")) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|error| error.field.into_owned()).collect(),
        }
    }

    #[test]
    fn a_sick_note_has_a_beginning_an_end_and_bounds() {
        assert_eq!(wrong(sick("2026-11-27", "2026-11-27")), [""; 0]);
        assert_eq!(wrong(sick("2026-11-20", "2026-11-30")), [""; 0]);
        assert_eq!(wrong(sick("2026-11-19", "2026-11-30")), ["from"]);
        assert_eq!(wrong(sick("2026-11-27", "2026-11-26")), ["until"]);
        assert_eq!(wrong(sick("2026-11-27", "2027-02-25")), [""; 0]);
        assert_eq!(wrong(sick("2026-11-27", "2027-02-26")), ["until"]);
    }

    #[test]
    fn who_is_unfit_has_no_limits_to_tell() {
        let Ok(Command::SickNote { text, .. }) = sick("2026-11-27", "2026-11-28").check(day("2026-11-27")) else {
            panic!("a good note")
        };
        assert_eq!(text, "");
    }

    #[test]
    fn a_diagnosis_takes_its_name_from_the_list_and_never_a_problem_from_outside() {
        let problem = Some(ProblemId::from_uuid(uuid::Uuid::nil()));
        let sent = Command::Diagnose { code: "j189".into(), name: "Something else".into(), on_list: true, problem };
        let Ok(Command::Diagnose { code, name, problem, .. }) = sent.check(day("2026-11-27")) else { panic!("known") };
        assert_eq!((code.as_str(), problem), ("J18.9", None));
        assert!(name.to_lowercase().contains("pneumonia"), "{name}");
        let unknown = Command::Diagnose { code: "nonsense".into(), name: String::new(), on_list: false, problem: None };
        assert_eq!(wrong(unknown), ["code"]);
    }

    #[test]
    fn only_a_doctor_of_the_house_is_let_into_the_record() {
        let refer = |to, agreed, specialty: &str, question: &str| Command::Refer {
            specialty: specialty.into(),
            to,
            to_name: "Clinic".into(),
            question: question.into(),
            urgency: Urgency::Urgent,
            agreed,
        };
        let doctor = Some(PractitionerId::from_uuid(uuid::Uuid::nil()));
        assert_eq!(wrong(refer(doctor, true, "cardiology", "Murmur?")), [""; 0]);
        assert_eq!(wrong(refer(None, true, "magic", " ")), ["specialty", "agreed", "question"]);
    }
}
