use std::fmt;

use kernel::{
    LocalDate, Money, TimeSlot, Timestamp, Zone,
    ids::{FacilityId, PractitionerId, ServiceId},
};
use serde::{Deserialize, Serialize};

/// How patient and doctor meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Video,
    Audio,
    Chat,
    InPerson,
}

impl Mode {
    /// In the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Video, Self::Audio, Self::Chat, Self::InPerson];

    /// As stored and as the API writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Chat => "chat",
            Self::InPerson => "in_person",
        }
    }

    /// Fluent key of the label.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Video => "shared-mode-video",
            Self::Audio => "shared-mode-audio",
            Self::Chat => "shared-mode-chat",
            Self::InPerson => "shared-mode-in_person",
        }
    }

    /// Name of the icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Audio => "phone",
            Self::Chat => "message-circle",
            Self::InPerson => "map-pin",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Mode {
    type Err = UnknownMode;
    fn from_str(code: &str) -> Result<Self, UnknownMode> {
        Self::ALL.into_iter().find(|mode| mode.code() == code).ok_or(UnknownMode)
    }
}

/// The text names no mode of visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("video, audio, chat or in_person")]
pub struct UnknownMode;

/// A time of day on a wall clock, to the minute.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WallTime(u16);

impl WallTime {
    /// `None` from 24:00 on.
    pub fn from_minutes(minutes: i64) -> Option<Self> {
        u16::try_from(minutes).ok().filter(|m| *m < 1440).map(Self)
    }

    pub const fn midnight() -> Self {
        Self(0)
    }

    /// Minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl std::str::FromStr for WallTime {
    type Err = UnknownMode;
    /// "09:30", "9:30"; "24:00" is midnight.
    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        let (hours, minutes) = text.trim().split_once(':').ok_or(UnknownMode)?;
        let minutes = minutes.get(..2).ok_or(UnknownMode)?;
        let (hours, minutes): (u16, u16) =
            (hours.parse().map_err(|_| UnknownMode)?, minutes.parse().map_err(|_| UnknownMode)?);
        match (hours, minutes) {
            (24, 0) => Ok(Self(0)),
            (0..=23, 0..=59) => Ok(Self(hours * 60 + minutes)),
            _ => Err(UnknownMode),
        }
    }
}

impl fmt::Display for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for WallTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a doctor offers in one mode (and at one place).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Service {
    pub id: ServiceId,
    pub facility: Option<FacilityId>,
    pub mode: Mode,
    pub duration_min: i64,
    pub buffer_before_min: i64,
    pub buffer_after_min: i64,
    /// Starts are this many minutes apart, counted on the wall clock from the start of the window.
    pub grid_min: i64,
    /// Not bookable later than this before the start.
    pub lead_min: i64,
    /// Not bookable further ahead than this.
    pub horizon_days: i64,
    pub price: Money,
    pub requires_approval: bool,
}

/// A weekly window, keyed to the weekday on which it starts (1 Monday … 7 Sunday). `ends <= starts` ends on the next day.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Window {
    pub weekday: u8,
    pub starts: WallTime,
    pub ends: WallTime,
    /// `None`: every service.
    pub service: Option<ServiceId>,
}

/// Weekly windows on the wall clock of one zone, valid over a range of days of that zone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Timetable {
    pub zone: Zone,
    pub valid_from: LocalDate,
    pub valid_until: Option<LocalDate>,
    pub windows: Vec<Window>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// Taken out of the week.
    Closed,
    /// Extra hours; they win over a closure.
    Open,
}

impl ExceptionKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
        }
    }
}

/// Days that differ from the week: whole days when `part` is `None`, else that part of each day.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Exception {
    pub kind: ExceptionKind,
    pub service: Option<ServiceId>,
    pub starts_on: LocalDate,
    pub ends_on: LocalDate,
    pub part: Option<(WallTime, WallTime)>,
    pub zone: Zone,
}

/// Everything from which one doctor's open times follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    pub practitioner: PractitionerId,
    pub services: Vec<Service>,
    pub timetables: Vec<Timetable>,
    pub exceptions: Vec<Exception>,
    /// Taken times with the buffers of what takes them.
    pub busy: Vec<TimeSlot>,
}

/// An open time.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    pub service: ServiceId,
    pub facility: Option<FacilityId>,
    pub mode: Mode,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub price: Money,
    pub requires_approval: bool,
}

/// Which open times are wanted: those that start in `[from, to)`.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub from: Timestamp,
    pub to: Timestamp,
    pub mode: Option<Mode>,
    pub now: Timestamp,
    pub at_most: usize,
}

/// How far a service's lead and horizon bind: always for a patient who books, never for money that came late for a time it had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    AsOffered,
    Waived,
}
