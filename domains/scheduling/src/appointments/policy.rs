//! The rules with numbers in them. Pure.

use kernel::Timestamp;

use super::model::{Appointment, By, Status};
use crate::cancellation::{Settlement, WHOLE_POINTS};

/// A hold lasts this long, unless the visit is nearer.
pub const HOLD_MINUTES: i64 = 30;
/// Even a very near visit leaves this long to pay, as long as it has not begun.
const SHORTEST_HOLD_MINUTES: i64 = 5;
/// A doctor has this long to answer a request, unless the visit is nearer.
const DECISION_HOURS: i64 = 24;
/// A patient holds at most so many unpaid times at once.
pub const OPEN_HOLDS: usize = 2;
/// The waiting room opens so long before the start, and takes latecomers until so long after the end.
pub const ARRIVE_BEFORE_MINUTES: i64 = 15;
pub const ARRIVE_AFTER_END_MINUTES: i64 = 30;
/// How long the one who came must have waited before the other counts as absent.
pub const PATIENT_ABSENT_MINUTES: i64 = 10;
pub const DOCTOR_ABSENT_MINUTES: i64 = 15;
/// An administrator may take a no-show back for so long.
pub const REINSTATE_HOURS: i64 = 24;

/// When a hold taken now ends: after half an hour, or when the service's lead before the start is used up.
pub(crate) fn hold_end(now: Timestamp, starts_at: Timestamp, lead_min: i64) -> Timestamp {
    kept_until(now, starts_at, lead_min, HOLD_MINUTES)
}

/// When a time that is kept for so many minutes is given up, unless the visit is nearer.
pub(crate) fn kept_until(now: Timestamp, starts_at: Timestamp, lead_min: i64, minutes: i64) -> Timestamp {
    let latest = now.plus_minutes(minutes).min(starts_at.plus_minutes(-lead_min));
    latest.max(now.plus_minutes(SHORTEST_HOLD_MINUTES).min(starts_at))
}

/// Until when the doctor may say yes to a request made now; afterwards there must still be time to pay.
pub(crate) fn decision_end(now: Timestamp, starts_at: Timestamp, lead_min: i64) -> Timestamp {
    let latest = now.plus_minutes(DECISION_HOURS * 60).min(starts_at.plus_minutes(-lead_min));
    latest.max(now.plus_minutes(SHORTEST_HOLD_MINUTES).min(starts_at))
}

/// Nothing more is to come, and what was paid and does not go back is the doctor's: the visit took place, or its patient missed it or
/// called it off.
pub(crate) const fn is_earned(status: Status) -> bool {
    matches!(status, Status::Fulfilled | Status::NoShowPatient | Status::CancelledByPatient)
}

/// Ten-thousandths of the price that come back when this side cancels now. Whoever is not the patient gives everything back.
pub fn refund_basis_points(appointment: &Appointment, by: By, now: Timestamp) -> u32 {
    match by {
        By::Doctor(_) | By::Administrator(_) | By::Reception(_) | By::System => WHOLE_POINTS,
        By::Patient(_) => appointment.policy.basis_points(appointment.starts_at, now),
    }
}

/// What a cancellation by this side gives back and what is kept, if it was paid. Shown before it is confirmed.
pub fn settlement(appointment: &Appointment, by: By, now: Timestamp) -> Settlement {
    Settlement::of(appointment.price, refund_basis_points(appointment, by, now))
}

/// The waiting room of this appointment takes people in.
pub fn may_arrive(appointment: &Appointment, now: Timestamp) -> bool {
    is_time_to_arrive(appointment.starts_at, appointment.ends_at, now)
}

/// The same of an appointment of which only the times are at hand.
pub(crate) fn is_time_to_arrive(starts_at: Timestamp, ends_at: Timestamp, now: Timestamp) -> bool {
    starts_at.plus_minutes(-ARRIVE_BEFORE_MINUTES) <= now && now < ends_at.plus_minutes(ARRIVE_AFTER_END_MINUTES)
}

/// The patient may still move this one.
pub fn may_move(appointment: &Appointment, by: By, now: Timestamp) -> bool {
    match by {
        By::Administrator(_) => now < appointment.starts_at,
        By::Patient(_) => {
            appointment.moves < appointment.policy.terms.free_moves
                && now <= appointment.policy.movable_until(appointment.starts_at)
        }
        By::Doctor(_) | By::Reception(_) | By::System => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_hold_lasts_half_an_hour_unless_the_visit_is_nearer() {
        let now = at("2026-11-22T10:00:00Z");
        assert_eq!(hold_end(now, at("2026-11-23T10:00:00Z"), 15), at("2026-11-22T10:30:00Z"));
        assert_eq!(hold_end(now, at("2026-11-22T10:35:00Z"), 15), at("2026-11-22T10:20:00Z"));
        assert_eq!(hold_end(now, at("2026-11-22T10:16:00Z"), 15), at("2026-11-22T10:05:00Z"), "time enough to pay");
        assert_eq!(hold_end(now, at("2026-11-22T10:03:00Z"), 0), at("2026-11-22T10:03:00Z"), "never past the start");
    }
}
