//! The recording, its states, who may move it, and how a part is laid out.

use kernel::{Timestamp, ids::RecordingId};
use serde::{Deserialize, Serialize};

use super::RecordingError;
use crate::visits::Side;

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingStatus {
    /// The doctor would like it; the patient has not answered.
    Asked,
    Running,
    Paused,
    Ended,
}

impl RecordingStatus {
    pub const ALL: [Self; 4] = [Self::Asked, Self::Running, Self::Paused, Self::Ended];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ended => "ended",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// Who paused it, or who in the room has agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Patient,
    Doctor,
    /// A third party; also a second guardian who came later.
    Guest,
}

impl Who {
    pub const ALL: [Self; 3] = [Self::Patient, Self::Doctor, Self::Guest];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Doctor => "doctor",
            Self::Guest => "guest",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }
}

impl From<Side> for Who {
    fn from(side: Side) -> Self {
        match side {
            Side::Patient => Self::Patient,
            Side::Doctor => Self::Doctor,
        }
    }
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingEnd {
    /// The patient said no.
    Refused,
    /// The patient took the consent back.
    Withdrawn,
    /// The doctor needs it no longer.
    Stopped,
    VisitOver,
    TooLong,
    /// The machine could not go on.
    Failed,
}

impl RecordingEnd {
    pub const ALL: [Self; 6] =
        [Self::Refused, Self::Withdrawn, Self::Stopped, Self::VisitOver, Self::TooLong, Self::Failed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::VisitOver => "visit_over",
            Self::TooLong => "too_long",
            Self::Failed => "failed",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.code() == code)
    }
}

/// What one of the two does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingStep {
    /// The patient's side: yes.
    Agree,
    /// The patient's side: no.
    Refuse,
    Pause,
    Resume,
    /// The doctor's side: no more of it.
    Stop,
    /// The patient's side: the consent is taken back.
    Withdraw,
    /// The same, and the sound is deleted.
    Forget,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub status: RecordingStatus,
    pub paused_by: Option<Who>,
    pub end: Option<RecordingEnd>,
}

impl Standing {
    pub(super) const fn running() -> Self {
        Self { status: RecordingStatus::Running, paused_by: None, end: None }
    }

    pub(super) const fn paused(who: Who) -> Self {
        Self { status: RecordingStatus::Paused, paused_by: Some(who), end: None }
    }

    pub(super) const fn ended(end: RecordingEnd) -> Self {
        Self { status: RecordingStatus::Ended, paused_by: None, end: Some(end) }
    }

    /// Sound is kept, or would be if everyone in the room had agreed.
    pub fn is_listening(self) -> bool {
        self.status == RecordingStatus::Running || self.paused_by == Some(Who::Guest)
    }

    /// Where `step` by `side` leads.
    pub(super) fn after(self, side: Side, step: RecordingStep) -> Result<Self, RecordingError> {
        use RecordingStatus as Status;
        use RecordingStep as Step;
        let whose = match step {
            Step::Agree | Step::Refuse | Step::Withdraw | Step::Forget => Some(Side::Patient),
            Step::Stop => Some(Side::Doctor),
            Step::Pause | Step::Resume => None,
        };
        if whose.is_some_and(|whose| whose != side) {
            return Err(RecordingError::NotYours);
        }
        match (step, self.status) {
            (Step::Agree, Status::Asked) => Ok(Self::running()),
            // Somebody else of the patient's side is in the room: it is for them to say, too.
            (Step::Agree, Status::Running | Status::Paused) => Ok(self),
            (Step::Refuse, Status::Asked) => Ok(Self::ended(RecordingEnd::Refused)),
            (Step::Refuse | Step::Withdraw | Step::Forget, Status::Running | Status::Paused | Status::Asked) => {
                Ok(Self::ended(RecordingEnd::Withdrawn))
            }
            // What is still on its way is not kept, either.
            (Step::Withdraw | Step::Forget, Status::Ended) => Ok(Self::ended(RecordingEnd::Withdrawn)),
            (Step::Pause, Status::Running) => Ok(Self::paused(side.into())),
            (Step::Pause, Status::Paused) if self.paused_by == Some(Who::Guest) => Ok(Self::paused(side.into())),
            (Step::Resume, Status::Paused) if self.paused_by == Some(side.into()) => Ok(Self::running()),
            (Step::Resume, Status::Paused) => Err(RecordingError::PausedByOther),
            (Step::Stop, Status::Asked | Status::Running | Status::Paused) => Ok(Self::ended(RecordingEnd::Stopped)),
            (_, status) => Err(RecordingError::Illegal(status)),
        }
    }
}

/// The recording of a visit, without its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    pub id: RecordingId,
    pub standing: Standing,
    /// Zero of the parts' times.
    pub started_at: Option<Timestamp>,
    pub keep_until: Timestamp,
    /// When it came to this state.
    pub changed_at: Timestamp,
    pub parts: i64,
    pub length_ms: i64,
}

/// Some seconds of sound, without the sound: what finds a moment in the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Milliseconds since the recording began.
    pub starts_ms: i64,
    pub length_ms: i64,
}

/// Milliseconds from the beginning of the file at which `ms` since the recording began is heard; `None` where it was not kept.
pub(crate) fn place_of(stretches: &[Stretch], ms: i64) -> Option<i64> {
    let mut before = 0;
    for stretch in stretches {
        let within = ms - stretch.starts_ms;
        if (0..stretch.length_ms).contains(&within) {
            return Some(before + within);
        }
        before += stretch.length_ms;
    }
    None
}

/// Packets as they are sealed: each behind its length, two octets.
pub(super) fn pack(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(packets.iter().map(|packet| packet.len() + 2).sum());
    for packet in packets {
        // An Opus packet of 20 ms has at most 1275 octets.
        let length = u16::try_from(packet.len()).unwrap_or(u16::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&packet[..usize::from(length)]);
    }
    bytes
}

/// `None` for what was not packed so.
pub(super) fn unpack(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut packets = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (packet, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        packets.push(packet.to_vec());
        bytes = rest;
    }
    bytes.is_empty().then_some(packets)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [RecordingStep; 7] = [
        RecordingStep::Agree,
        RecordingStep::Refuse,
        RecordingStep::Pause,
        RecordingStep::Resume,
        RecordingStep::Stop,
        RecordingStep::Withdraw,
        RecordingStep::Forget,
    ];

    fn asked() -> Standing {
        Standing { status: RecordingStatus::Asked, paused_by: None, end: None }
    }

    #[test]
    fn only_the_patients_yes_begins_it() {
        for step in STEPS {
            assert!(!asked().after(Side::Doctor, step).is_ok_and(Standing::is_listening), "{step:?}");
            let begins = asked().after(Side::Patient, step).is_ok_and(Standing::is_listening);
            assert_eq!(begins, step == RecordingStep::Agree, "{step:?}");
            for side in [Side::Patient, Side::Doctor] {
                let after = Standing::ended(RecordingEnd::Refused).after(side, step);
                assert!(!after.is_ok_and(Standing::is_listening), "{step:?}");
            }
        }
    }

    #[test]
    fn who_paused_goes_on_and_a_pause_is_stronger_than_waiting_for_a_guest() {
        let paused = Standing::running().after(Side::Patient, RecordingStep::Pause).expect("paused");
        assert!(matches!(paused.after(Side::Doctor, RecordingStep::Resume), Err(RecordingError::PausedByOther)));
        assert_eq!(paused.after(Side::Patient, RecordingStep::Resume).expect("goes on"), Standing::running());
        let held = Standing::paused(Who::Guest);
        assert!(held.is_listening() && !paused.is_listening());
        for side in [Side::Patient, Side::Doctor] {
            assert!(matches!(held.after(side, RecordingStep::Resume), Err(RecordingError::PausedByOther)));
            assert_eq!(held.after(side, RecordingStep::Pause).expect("paused"), Standing::paused(side.into()));
        }
    }

    #[test]
    fn a_moment_is_found_over_pauses() {
        let stretches = [
            Stretch { starts_ms: 0, length_ms: 5000 },
            Stretch { starts_ms: 5000, length_ms: 2000 },
            Stretch { starts_ms: 60_000, length_ms: 5000 },
        ];
        assert_eq!(place_of(&stretches, 4999), Some(4999));
        assert_eq!(place_of(&stretches, 6000), Some(6000));
        assert_eq!(place_of(&stretches, 30_000), None, "it was paused");
        assert_eq!(place_of(&stretches, 61_000), Some(8000));
    }

    #[test]
    fn packets_come_back_as_they_were() {
        let packets = vec![vec![1, 2, 3], vec![], vec![7; 1275]];
        assert_eq!(unpack(&pack(&packets)), Some(packets));
        assert_eq!(unpack(&[0, 5, 1]), None);
        assert_eq!(unpack(&[9]), None);
        for code in RecordingEnd::ALL.map(RecordingEnd::code) {
            assert!(RecordingEnd::parse(code).is_some());
        }
    }
}
