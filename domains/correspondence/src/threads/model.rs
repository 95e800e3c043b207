//! What a conversation is, and the states it may be in.

use kernel::{
    FieldError, Phi, Timestamp,
    ids::{AccountId, AppointmentId, DocumentId, PatientId, PractitionerId, ThreadId, ThreadMessageId},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What it is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    #[default]
    MedicalQuestion,
    Prescription,
    TestResult,
    Appointment,
    Administrative,
}

impl Category {
    pub const ALL: [Self; 5] =
        [Self::MedicalQuestion, Self::Prescription, Self::TestResult, Self::Appointment, Self::Administrative];

    pub const fn code(self) -> &'static str {
        match self {
            Self::MedicalQuestion => "medical_question",
            Self::Prescription => "prescription",
            Self::TestResult => "test_result",
            Self::Appointment => "appointment",
            Self::Administrative => "administrative",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }
}

/// ```text
/// (patient begins) ─▶ open ──team answers──▶ waiting_patient ──patient writes──▶ waiting_team ──team answers──▶ waiting_patient
/// (doctor begins) ─▶ waiting_patient
/// any ──done──▶ closed ──a new message──▶ waiting_team or waiting_patient
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody of the team has answered yet.
    Open,
    WaitingTeam,
    WaitingPatient,
    Closed,
}

impl Status {
    pub const ALL: [Self; 4] = [Self::Open, Self::WaitingTeam, Self::WaitingPatient, Self::Closed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::WaitingTeam => "waiting_team",
            Self::WaitingPatient => "waiting_patient",
            Self::Closed => "closed",
        }
    }

    pub fn read(code: &str) -> Self {
        Self::ALL.into_iter().find(|status| status.code() == code).unwrap_or(Self::Closed)
    }

    /// Of a new conversation.
    pub const fn begun_by(side: Side) -> Self {
        match side {
            Side::Patient => Self::Open,
            Side::Team => Self::WaitingPatient,
        }
    }

    /// After a message from this side. A closed one is open again.
    #[must_use]
    pub const fn after_message(self, from: Side) -> Self {
        match (from, self) {
            (Side::Team, _) => Self::WaitingPatient,
            (Side::Patient, Self::Open) => Self::Open,
            (Side::Patient, Self::WaitingTeam | Self::WaitingPatient | Self::Closed) => Self::WaitingTeam,
        }
    }

    /// Somebody of the team has to answer.
    pub const fn team_owes(self) -> bool {
        matches!(self, Self::Open | Self::WaitingTeam)
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Open => "info",
            Self::WaitingTeam => "warn",
            Self::WaitingPatient => "brand",
            Self::Closed => "",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Patient,
    Team,
}

impl Side {
    /// As the tables say it.
    pub const fn role(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Team => "clinician",
        }
    }

    pub fn of_role(role: &str) -> Self {
        if role == "patient" { Self::Patient } else { Self::Team }
    }
}

/// In which capacity somebody has a thread before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The patient, or who acts for them.
    Patient,
    Doctor,
    /// Another doctor, while the thread's own is away.
    Cover,
}

impl Reader {
    pub const fn side(self) -> Side {
        match self {
            Self::Patient => Side::Patient,
            Self::Doctor | Self::Cover => Side::Team,
        }
    }
}

/// A conversation, without what is sealed.
#[derive(Debug, Clone)]
pub struct Thread {
    pub id: ThreadId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    pub appointment: AppointmentId,
    pub category: Category,
    pub status: Status,
    pub assignee: PractitionerId,
    pub last_number: i32,
    pub last_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub urgent: bool,
    pub opened_by: AccountId,
}

/// One line of a list. The subject is opened for the patient's side alone.
#[derive(Debug, Clone)]
pub struct Listed {
    pub thread: Thread,
    pub patient_name: String,
    pub doctor_name: String,
    pub assignee_name: String,
    pub subject: Option<Phi<String>>,
    pub unread: i64,
}

/// What is sealed of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub text: String,
    /// Codes of signs of an emergency that were found in it, and in which version of the list.
    #[serde(default)]
    pub flags: Vec<String>,
    #[serde(default)]
    pub flags_version: i32,
}

/// A document of the record beside a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Attached {
    pub id: DocumentId,
    /// `photo`, `laboratory_report`, …; nothing where the reader may not open the record.
    pub kind: Option<String>,
}

/// Who wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    Patient,
    /// Somebody who acts for the patient.
    Proxy,
    /// Of the team, by name.
    Doctor(String),
}

#[derive(Debug, Clone)]
pub struct Message {
    pub id: ThreadMessageId,
    /// In turn, from 1 on.
    pub number: i32,
    pub client_id: Uuid,
    pub from: Side,
    pub author: Author,
    pub mine: bool,
    pub body: Phi<Body>,
    pub documents: Vec<Attached>,
    pub sent_at: Timestamp,
}

/// What somebody wants to send.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The sender's own id of it: sent twice, it is kept once.
    pub client_id: Uuid,
    /// At most 5,000 characters.
    pub text: String,
    /// Clean documents of the patient's record, ten at most.
    #[serde(default)]
    pub documents: Vec<DocumentId>,
    /// Send although the words tell of an emergency.
    #[serde(default)]
    pub send_anyway: bool,
}

const LONGEST: usize = 5000;
const LONGEST_SUBJECT: usize = 120;
const MOST_DOCUMENTS: usize = 10;

impl Draft {
    /// The words as they are kept, or what to do about them.
    pub fn check(&self) -> Result<String, Vec<FieldError>> {
        let text = self.text.replace("\r\n", "\n").trim().to_owned();
        let mut errors = Vec::new();
        if text.is_empty() {
            errors.push(FieldError::new("text", "correspondence-error-empty"));
        }
        if text.chars().count() > LONGEST {
            errors.push(FieldError::new("text", "correspondence-error-long").with("most", LONGEST));
        }
        if self.documents.len() > MOST_DOCUMENTS {
            errors.push(FieldError::new("documents", "correspondence-error-documents").with("most", MOST_DOCUMENTS));
        }
        if errors.is_empty() { Ok(text) } else { Err(errors) }
    }
}

/// The subject in one line, or what to do about it.
pub(super) fn check_subject(subject: &str) -> Result<String, Vec<FieldError>> {
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if subject.is_empty() {
        return Err(vec![FieldError::new("subject", "correspondence-error-subject")]);
    }
    if subject.chars().count() > LONGEST_SUBJECT {
        return Err(vec![
            FieldError::new("subject", "correspondence-error-subject-long").with("most", LONGEST_SUBJECT),
        ]);
    }
    Ok(subject)
}

/// A doctor to whom a patient may write now.
#[derive(Debug, Clone)]
pub struct Relation {
    pub patient: PatientId,
    pub patient_name: String,
    pub practitioner: PractitionerId,
    pub doctor_name: String,
    /// The last visit that has begun, else the next.
    pub appointment: AppointmentId,
    /// The care link ends before a conversation could: it is to be lengthened.
    pub link_ends_soon: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_that_wrote_last_waits_for_the_other() {
        assert_eq!(Status::begun_by(Side::Patient), Status::Open);
        assert_eq!(Status::begun_by(Side::Team), Status::WaitingPatient);
        for status in Status::ALL {
            assert_eq!(status.after_message(Side::Team), Status::WaitingPatient);
            assert!(status.after_message(Side::Patient).team_owes(), "{status:?}");
            assert_eq!(Status::read(status.code()), status);
        }
        assert_eq!(Status::Open.after_message(Side::Patient), Status::Open, "still nobody has answered");
    }

    #[test]
    fn what_is_empty_or_too_long_is_not_sent() {
        let draft = |text: &str| Draft {
            client_id: Uuid::nil(),
            text: text.to_owned(),
            documents: Vec::new(),
            send_anyway: false,
        };
        assert_eq!(draft("  Hello\r\nthere ").check(), Ok("Hello\nthere".to_owned()));
        assert!(draft(" \n ").check().is_err() && draft(&"x".repeat(5001)).check().is_err());
        assert_eq!(check_subject("  The  rash\nagain "), Ok("The rash again".to_owned()));
        assert!(check_subject(" ").is_err() && check_subject(&"x".repeat(121)).is_err());
    }
}
