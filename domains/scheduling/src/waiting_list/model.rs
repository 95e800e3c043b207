use kernel::{
    LocalDate, Timestamp, Zone,
    ids::{AppointmentId, PatientId, PractitionerId, ServiceId, WaitingId},
};
use serde::{Deserialize, Serialize};

use crate::slots::{Mode, Slot, WallTime};

/// Whom the patient waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    Doctor {
        practitioner: PractitionerId,
        service: ServiceId,
    },
    /// Any doctor of it.
    Specialty(String),
}

/// Which times suit, on the patient's own calendar and clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suits {
    pub from_day: LocalDate,
    pub until_day: LocalDate,
    /// 1 Monday … 7 Sunday.
    pub weekdays: Vec<u8>,
    /// The visit starts at or after this.
    pub starts: WallTime,
    /// And before this; midnight is the end of the day.
    pub ends: WallTime,
    pub zone: Zone,
}

impl Suits {
    /// Minutes after midnight, of which the last is not meant.
    pub(super) const fn minutes(&self) -> (u16, u16) {
        let ends = self.ends.minutes();
        (self.starts.minutes(), if ends == 0 { 1440 } else { ends })
    }

    pub(super) fn has_hours(&self) -> bool {
        let (starts, ends) = self.minutes();
        starts < ends
    }

    pub fn includes(&self, at: Timestamp) -> bool {
        let local = at.in_zone(&self.zone);
        let day = LocalDate::from_jiff(local.date());
        let weekday = local.weekday().to_monday_one_offset();
        let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
        let (starts, ends) = self.minutes();
        self.from_day <= day
            && day <= self.until_day
            && self.weekdays.iter().any(|day| i32::from(*day) == i32::from(weekday))
            && (i32::from(starts)..i32::from(ends)).contains(&minute)
    }
}

macro_rules! written {
    ($(#[$doc:meta])* $name:ident { $($(#[$state_doc:meta])* $state:ident = $code:literal / $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$state_doc])* $state),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$state),+];
            pub const fn code(self) -> &'static str { match self { $(Self::$state => $code),+ } }
            pub const fn label_key(self) -> &'static str { match self { $(Self::$state => $key),+ } }
            pub(super) fn read(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|state| state.code() == code)
            }
        }
    };
}

written! {
    /// Where a place on the list stands.
    WaitingStatus {
        Waiting = "waiting" / "scheduling-waiting-waiting",
        Taken = "taken" / "scheduling-waiting-taken",
        Left = "left" / "scheduling-waiting-left",
        /// The last day that suited has passed.
        Over = "over" / "scheduling-waiting-over",
    }
}

written! {
    /// Where an offer stands.
    OfferStatus {
        Open = "open" / "scheduling-offer-open",
        Taken = "taken" / "scheduling-offer-taken",
        Declined = "declined" / "scheduling-offer-declined",
        Lapsed = "lapsed" / "scheduling-offer-lapsed",
    }
}

/// A place on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub id: WaitingId,
    pub patient: PatientId,
    pub sought: Sought,
    pub mode: Mode,
    pub suits: Suits,
    /// 1 is to be seen soonest, 5 last.
    pub acuity: u8,
    /// As written. What holds now is `status_at`.
    pub status: WaitingStatus,
    pub joined_at: Timestamp,
}

impl Waiting {
    /// Past its last day a place is over, whether or not anything has written that down.
    pub fn status_at(&self, now: Timestamp) -> WaitingStatus {
        let over = self.status == WaitingStatus::Waiting && self.suits.until_day < now.date_in(&self.suits.zone);
        if over { WaitingStatus::Over } else { self.status }
    }

    /// This open time is one that the patient waits for. Times for which the doctor wants to be asked are not offered.
    pub(super) fn wants(&self, slot: &Slot) -> bool {
        let service = match &self.sought {
            Sought::Doctor { service, .. } => slot.service == *service,
            Sought::Specialty(_) => true,
        };
        service && slot.mode == self.mode && !slot.requires_approval && self.suits.includes(slot.starts_at)
    }
}

/// A time that is kept for one of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub appointment: AppointmentId,
    pub waiting: WaitingId,
    pub patient: PatientId,
    pub practitioner: PractitionerId,
    /// As written. What holds now is `status_at`.
    pub status: OfferStatus,
    pub answer_until: Timestamp,
}

impl Offer {
    /// An offer past its end has lapsed, whether or not anything has written that down.
    pub fn status_at(&self, now: Timestamp) -> OfferStatus {
        if self.status == OfferStatus::Open && self.answer_until <= now { OfferStatus::Lapsed } else { self.status }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suits(zone: &str) -> Suits {
        Suits {
            from_day: "2026-11-23".parse().unwrap(),
            until_day: "2026-11-29".parse().unwrap(),
            weekdays: vec![1, 3],
            starts: "09:00".parse().unwrap(),
            ends: "12:00".parse().unwrap(),
            zone: zone.parse().unwrap(),
        }
    }

    #[test]
    fn a_time_suits_by_day_weekday_and_hour_of_the_patients_own_clock() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let utc = suits("UTC");
        assert!(utc.includes(at("2026-11-23T09:00:00Z")), "a Monday, the first minute");
        assert!(!utc.includes(at("2026-11-23T12:00:00Z")), "the end is not meant");
        assert!(!utc.includes(at("2026-11-24T09:00:00Z")), "a Tuesday");
        assert!(!utc.includes(at("2026-11-30T09:00:00Z")), "the week after");
        let dhaka = suits("Asia/Dhaka");
        assert!(dhaka.includes(at("2026-11-23T03:00:00Z")) && !dhaka.includes(at("2026-11-23T09:00:00Z")));
    }

    #[test]
    fn midnight_as_the_end_is_the_end_of_the_day() {
        let late = Suits { ends: WallTime::midnight(), ..suits("UTC") };
        assert!(late.has_hours() && late.includes("2026-11-23T23:59:00Z".parse().unwrap()));
        let none = Suits { starts: "12:00".parse().unwrap(), ..suits("UTC") };
        assert!(!none.has_hours());
    }
}
