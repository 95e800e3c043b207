//! The rules with numbers in them. Pure.

use kernel::{TimeSlot, Timestamp};

use super::model::{Request, Rung};
use crate::acuity::Acuity;

/// A person asks so often in a day.
pub const A_DAY: i64 = 3;
/// So many overrides found unjustified within this many days, and what one declares of oneself is lowered to the urgent queue.
pub const UNJUSTIFIED: i64 = 2;
pub const UNJUSTIFIED_DAYS: i64 = 180;
/// A doctor who said yes waits so long for a guest to say who they are.
pub const GUEST_MINUTES: i64 = 10;

/// Doctors asked at once, and how long they have; so many times.
pub const WAVE: i64 = 5;
pub const WAVE_SECONDS: i64 = 45;
pub const WAVES: i32 = 4;
/// So many doctors are looked at in one step, however many wait before.
pub const MOST_LOOKED_AT: i64 = 200;
/// Of levels 1 and 2, whoever finds all who are ready kept for those before looks again after so long, and so often; then nobody is before.
pub const KEPT_SECONDS: i64 = 5;
pub const KEPT_STEPS: i32 = 6;
/// In the urgent queue, the pool is looked at again after so long.
pub const LOOK_AGAIN_SECONDS: i64 = 60;
/// A page that was not seen for so long is closed.
pub const SEEN_SECONDS: i64 = 90;

/// Nobody can be in a visit sooner than this.
pub const SOONEST_MINUTES: i64 = 3;
/// How long a visit is that is squeezed in.
pub const SQUEEZED_MINUTES: i64 = 10;
/// Before the last rungs, this far ahead is looked.
pub const INSERT_WITHIN_MINUTES: i64 = 60;
/// Only visits that start later than this give way, and none that is further away than an hour's wait would be worth.
pub const DISPLACE_AFTER_MINUTES: i64 = 30;
pub const DISPLACE_WITHIN_MINUTES: i64 = 180;
/// Who gave way is left alone for so long.
pub const DISPLACED_REST_DAYS: i64 = 90;

/// How far ahead the first rung looks for a free or reserved time; for the urgent queue that is where the reserve begins to matter.
pub const fn reach_minutes(acuity: Acuity) -> i64 {
    match acuity.level() {
        1 => 15,
        2 => 30,
        _ => 240,
    }
}

/// What is known when a rung has given nothing.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub now: Timestamp,
    /// Steps on this rung until now, this one included.
    pub waves: i32,
    /// Doctors were asked in this step.
    pub asked: bool,
    /// Doctors are ready, and are for somebody before.
    pub kept: bool,
}

/// Whether doctors who are ready are left to those before: for some seconds in an emergency, and in the urgent queue until the promise.
pub fn gives_way(request: &Request, pool_steps: i32, now: Timestamp) -> bool {
    if request.acuity.overrides() { pool_steps < KEPT_STEPS } else { now < request.promised_by }
}

/// The rung after one that gave nothing, and from when on.
pub fn after(request: &Request, facts: Facts) -> (Rung, Timestamp) {
    let Facts { now, waves, asked, kept } = facts;
    match request.rung {
        Rung::Reserved => (Rung::Pool, now),
        Rung::Pool if asked && (waves < WAVES || !request.acuity.overrides()) => {
            (Rung::Pool, now.plus_seconds(WAVE_SECONDS))
        }
        Rung::Pool if asked => (past_pool(request), now.plus_seconds(WAVE_SECONDS)),
        Rung::Pool if kept && request.acuity.overrides() => (Rung::Pool, now.plus_seconds(KEPT_SECONDS)),
        Rung::Pool if kept => (Rung::Pool, now.plus_seconds(LOOK_AGAIN_SECONDS)),
        Rung::Pool if !request.acuity.overrides() && now < request.promised_by => {
            (Rung::Pool, now.plus_seconds(LOOK_AGAIN_SECONDS))
        }
        Rung::Pool => (past_pool(request), now),
        Rung::Insert => (Rung::Displace, now),
        Rung::Displace | Rung::Escalate => (Rung::Escalate, now),
    }
}

/// Only levels 1 and 2 override, and only for somebody who is known.
const fn past_pool(request: &Request) -> Rung {
    if request.acuity.overrides() && request.patient.is_some() { Rung::Insert } else { Rung::Escalate }
}

/// How a visit is squeezed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Squeeze {
    /// Between two visits, in what is a buffer.
    InBuffer(Timestamp),
    /// Over what is booked: the day slips.
    Over(Timestamp),
}

impl Squeeze {
    pub const fn starts_at(self) -> Timestamp {
        match self {
            Self::InBuffer(at) | Self::Over(at) => at,
        }
    }
}

/// The first gap between visits within working hours; where there is none, right after the visit that is running then.
pub fn squeeze(hours: &[TimeSlot], visits: &[TimeSlot], within: TimeSlot, minutes: i64) -> Option<Squeeze> {
    let mut starts: Vec<Timestamp> = hours.iter().map(|open| open.starts_at().max(within.starts_at())).collect();
    starts.extend(visits.iter().map(|visit| visit.ends_at()));
    starts.retain(|start| *start >= within.starts_at() && *start < within.ends_at());
    starts.sort_unstable();
    let at_work = |start: &Timestamp| {
        let time = TimeSlot::lasting(*start, minutes)?;
        hours.iter().any(|open| open.contains(time)).then_some(time)
    };
    let gap = starts.iter().find(|start| at_work(start).is_some_and(|time| !visits.iter().any(|v| v.overlaps(time))));
    if let Some(start) = gap {
        return Some(Squeeze::InBuffer(*start));
    }
    let running = |start: &Timestamp| visits.iter().any(|v| v.starts_at() < *start && *start < v.ends_at());
    starts.iter().find(|start| at_work(start).is_some() && !running(start)).map(|start| Squeeze::Over(*start))
}

#[cfg(test)]
mod tests {
    use kernel::{Locale, Zone, ids::PatientId};

    use super::*;
    use crate::requests::Status;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-26T{text}:00Z").parse().expect("an instant")
    }

    fn slot(from: &str, until: &str) -> TimeSlot {
        TimeSlot::new(at(from), at(until)).expect("a time")
    }

    fn request(level: i16, rung: Rung, known: bool) -> Request {
        Request {
            id: uuid::Uuid::nil().into(),
            patient: known.then(|| PatientId::from_uuid(uuid::Uuid::nil())),
            country: None,
            locale: Locale::En,
            zone: Zone::utc(),
            acuity: Acuity::try_from(level).expect("a level"),
            status: Status::Seeking,
            rung,
            step: 1,
            next_at: at("10:00"),
            promised_by: at("10:10"),
            practitioner: None,
            appointment: None,
            held_until: None,
            is_override: false,
            created_at: at("10:00"),
        }
    }

    fn next(level: i16, rung: Rung, known: bool, waves: i32, asked: bool) -> Rung {
        after(&request(level, rung, known), Facts { now: at("10:05"), waves, asked, kept: false }).0
    }

    #[test]
    fn the_ladder_has_one_order_and_only_levels_one_and_two_override() {
        assert_eq!(next(1, Rung::Reserved, true, 1, false), Rung::Pool);
        assert_eq!(next(2, Rung::Pool, true, 1, false), Rung::Insert, "nobody is online: on at once");
        assert_eq!(next(2, Rung::Insert, true, 1, false), Rung::Displace);
        assert_eq!(next(2, Rung::Displace, true, 1, false), Rung::Escalate);
        assert_eq!(next(3, Rung::Pool, true, 1, false), Rung::Pool, "the urgent queue waits until the promise");
        let late = Facts { now: at("10:11"), waves: 9, asked: false, kept: false };
        assert_eq!(after(&request(3, Rung::Pool, true), late).0, Rung::Escalate, "and takes nothing from others");
        assert_eq!(next(1, Rung::Pool, false, 1, false), Rung::Escalate, "a guest overrides nobody");
    }

    #[test]
    fn whoever_leaves_a_doctor_to_those_before_stays_and_not_for_ever() {
        let kept = Facts { now: at("10:05"), waves: 1, asked: false, kept: true };
        let (rung, from) = after(&request(1, Rung::Pool, true), kept);
        assert_eq!(
            (rung, from),
            (Rung::Pool, at("10:05").plus_seconds(KEPT_SECONDS)),
            "nobody's visit is taken meanwhile"
        );
        assert_eq!(after(&request(1, Rung::Pool, false), kept).0, Rung::Pool, "nor is a guest sent away");
        let late = Facts { now: at("10:11"), ..kept };
        assert_eq!(after(&request(3, Rung::Pool, true), late).0, Rung::Pool);
        let [emergency, urgent] = [1, 3].map(|level| request(level, Rung::Pool, true));
        assert!(gives_way(&emergency, KEPT_STEPS - 1, at("10:05")) && !gives_way(&emergency, KEPT_STEPS, at("10:05")));
        assert!(gives_way(&urgent, 99, at("10:09")) && !gives_way(&urgent, 0, at("10:10")), "the promise is for all");
    }

    #[test]
    fn a_wave_that_was_asked_gets_its_time_and_four_waves_are_enough() {
        let (rung, from) =
            after(&request(1, Rung::Pool, true), Facts { now: at("10:05"), waves: 1, asked: true, kept: false });
        assert_eq!((rung, from), (Rung::Pool, at("10:05").plus_seconds(WAVE_SECONDS)));
        let (rung, from) =
            after(&request(1, Rung::Pool, true), Facts { now: at("10:05"), waves: WAVES, asked: true, kept: false });
        assert_eq!((rung, from), (Rung::Insert, at("10:05").plus_seconds(WAVE_SECONDS)), "but not before its time");
    }

    #[test]
    fn a_gap_between_visits_comes_before_a_place_over_one() {
        let hours = [slot("09:00", "12:00")];
        let within = slot("10:00", "11:00");
        let gap = [slot("09:50", "10:10"), slot("10:20", "10:40"), slot("10:40", "11:00")];
        assert_eq!(squeeze(&hours, &gap, within, 10), Some(Squeeze::InBuffer(at("10:10"))));
        let full = [slot("09:50", "10:15"), slot("10:15", "10:40"), slot("10:40", "11:30")];
        assert_eq!(squeeze(&hours, &full, within, 10), Some(Squeeze::Over(at("10:15"))), "after the visit that runs");
        assert_eq!(squeeze(&hours, &[], within, 10), Some(Squeeze::InBuffer(at("10:00"))));
        assert_eq!(squeeze(&[], &[], within, 10), None, "nobody is at work");
        assert_eq!(squeeze(&[slot("10:00", "10:05")], &[], within, 10), None, "and none goes home late");
    }
}
