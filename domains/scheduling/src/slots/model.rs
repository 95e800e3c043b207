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
    /// Starts are this many minutes apart, counted on the wall clock from `align_min`.
    pub grid_min: i64,
    /// `None`: the grid begins with each window. Else so many minutes after midnight, whatever the window.
    pub align_min: Option<i64>,
    /// Not bookable later than this before the start.
    pub lead_min: i64,
    /// Not bookable further ahead than this.
    pub horizon_days: i64,
    /// Starts on one day, and in one week from Monday, of the timetable's zone; appointments that were made count.
    pub daily_cap: Option<i64>,
    pub weekly_cap: Option<i64>,
    /// The last minutes of each day's hours are kept back for what is urgent, from all services, until an hour before.
    pub reserve_min: i64,
    pub price: Money,
    pub requires_approval: bool,
}

impl Service {
    pub(super) const fn terms(&self) -> Terms {
        Terms {
            duration_min: self.duration_min,
            buffer_before_min: self.buffer_before_min,
            buffer_after_min: self.buffer_after_min,
            grid_min: self.grid_min,
            align_min: self.align_min,
            lead_min: self.lead_min,
            horizon_days: self.horizon_days,
        }
    }
}

/// What a timetable may change of a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Terms {
    pub(super) duration_min: i64,
    pub(super) buffer_before_min: i64,
    pub(super) buffer_after_min: i64,
    pub(super) grid_min: i64,
    pub(super) align_min: Option<i64>,
    pub(super) lead_min: i64,
    pub(super) horizon_days: i64,
}

impl Terms {
    /// What a visit that starts then takes from the doctor.
    pub(super) fn busy(self, starts_at: Timestamp) -> TimeSlot {
        TimeSlot::lasting(starts_at, self.duration_min.max(1))
            .expect("it lasts at least a minute")
            .widened(self.buffer_before_min, self.buffer_after_min)
    }
}

/// One timetable's values for a service, field by field in place of the service's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Fields {
    pub service: ServiceId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buffer_before_min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buffer_after_min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid_min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon_days: Option<i64>,
}

impl Fields {
    pub(super) fn over(&self, terms: Terms) -> Terms {
        Terms {
            duration_min: self.duration_min.unwrap_or(terms.duration_min),
            buffer_before_min: self.buffer_before_min.unwrap_or(terms.buffer_before_min),
            buffer_after_min: self.buffer_after_min.unwrap_or(terms.buffer_after_min),
            grid_min: self.grid_min.unwrap_or(terms.grid_min),
            align_min: terms.align_min,
            lead_min: self.lead_min.unwrap_or(terms.lead_min),
            horizon_days: self.horizon_days.unwrap_or(terms.horizon_days),
        }
    }
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
    /// For services at this place only, which then takes nothing from other timetables. `None`: for everything else.
    pub facility: Option<FacilityId>,
    pub zone: Zone,
    pub valid_from: LocalDate,
    pub valid_until: Option<LocalDate>,
    pub windows: Vec<Window>,
    pub fields: Vec<Fields>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// Taken out of the week, and of hours in place of it.
    Closed,
    /// Extra hours; they win over a closure.
    Open,
    /// Hours in place of the weekly ones of these days; none, where no part is said.
    Override,
    /// Away: nothing at all, whatever else is said.
    Leave,
    /// No weekly hours on this day, on each timetable's own clock. Hours in place and extra hours stand.
    Holiday,
    /// The doctor is in another zone.
    Travel,
}

impl ExceptionKind {
    pub const ALL: [Self; 6] = [Self::Closed, Self::Open, Self::Override, Self::Leave, Self::Holiday, Self::Travel];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Override => "override",
            Self::Leave => "leave",
            Self::Holiday => "holiday",
            Self::Travel => "travel",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// On whose clock the weekly windows are read during a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WindowsRead {
    /// Nine o'clock is nine o'clock there. Hours of a place stay on the clock of the place.
    Abroad,
    Home,
}

/// What becomes of weekly hours in person during a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InPerson {
    GoesOn,
    Stops,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Journey {
    pub windows: WindowsRead,
    pub in_person: InPerson,
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
    /// Exactly for travel.
    pub journey: Option<Journey>,
}

/// A taken start that counts against the limits of its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub service: ServiceId,
    pub starts_at: Timestamp,
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
    /// For services that have a limit, over whole weeks.
    pub counted: Vec<Counted>,
}

impl Rules {
    /// As if nobody had taken anything.
    pub fn clear_taken(&mut self) {
        self.busy.clear();
        self.counted.clear();
    }

    /// As if this one appointment were not there: it does not stand in its own way.
    pub fn without(&mut self, busy: TimeSlot, service: ServiceId, starts_at: Timestamp) {
        if let Some(own) = self.busy.iter().position(|taken| *taken == busy) {
            self.busy.swap_remove(own);
        }
        if let Some(own) = self.counted.iter().position(|one| one.service == service && one.starts_at == starts_at) {
            self.counted.swap_remove(own);
        }
    }
}

/// An open time.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    pub service: ServiceId,
    pub facility: Option<FacilityId>,
    pub mode: Mode,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// With the buffers on both sides: what the doctor cannot give to anyone else.
    pub busy: TimeSlot,
    pub price: Money,
    pub requires_approval: bool,
}

impl Slot {
    /// Whether the patient would be somewhere else in a part of it.
    pub(crate) fn overlaps(&self, from: Timestamp, until: Timestamp) -> bool {
        self.starts_at < until && from < self.ends_at
    }
}

/// Which open times are wanted: those that start in `[from, to)`.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub from: Timestamp,
    pub to: Timestamp,
    pub mode: Option<Mode>,
    pub now: Timestamp,
    pub notice: Notice,
    pub at_most: usize,
}

/// Which rules bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// All: for a patient who books.
    AsOffered,
    /// Neither lead nor reserve: for what is urgent, and for who gave way to it.
    Urgent,
    /// Neither lead nor horizon nor reserve: for money that came late for a time it had.
    Waived,
}
