//! The rules with numbers in them. Pure.

use kernel::{Money, Timestamp};

use super::model::{Appointment, By};

/// A hold lasts this long, unless the visit is nearer.
pub const HOLD_MINUTES: i64 = 30;
/// Even a very near visit leaves this long to pay, as long as it has not begun.
const SHORTEST_HOLD_MINUTES: i64 = 5;
/// A doctor has this long to answer a request, unless the visit is nearer.
const DECISION_HOURS: i64 = 24;
/// A patient holds at most so many unpaid times at once.
pub const OPEN_HOLDS: usize = 2;
/// A patient may move a visit so often, until so many hours before it.
pub const SELF_MOVES: i32 = 3;
pub const MOVE_UNTIL_HOURS: i64 = 4;
/// The waiting room opens so long before the start, and takes latecomers until so long after the end.
pub const ARRIVE_BEFORE_MINUTES: i64 = 15;
pub const ARRIVE_AFTER_END_MINUTES: i64 = 30;
/// How long the one who came must have waited before the other counts as absent.
pub const PATIENT_ABSENT_MINUTES: i64 = 10;
pub const DOCTOR_ABSENT_MINUTES: i64 = 15;
/// An administrator may take a no-show back for so long.
pub const REINSTATE_HOURS: i64 = 24;

/// Full refund from so many hours before; half from so many; nothing after.
pub const FULL_REFUND_HOURS: i64 = 24;
pub const HALF_REFUND_HOURS: i64 = 4;

/// When a hold taken now ends: after half an hour, or when the service's lead before the start is used up.
pub(crate) fn hold_end(now: Timestamp, starts_at: Timestamp, lead_min: i64) -> Timestamp {
    let latest = now.plus_minutes(HOLD_MINUTES).min(starts_at.plus_minutes(-lead_min));
    latest.max(now.plus_minutes(SHORTEST_HOLD_MINUTES).min(starts_at))
}

/// Until when the doctor may say yes to a request made now; afterwards there must still be time to pay.
pub(crate) fn decision_end(now: Timestamp, starts_at: Timestamp, lead_min: i64) -> Timestamp {
    let latest = now.plus_minutes(DECISION_HOURS * 60).min(starts_at.plus_minutes(-lead_min));
    latest.max(now.plus_minutes(SHORTEST_HOLD_MINUTES).min(starts_at))
}

/// Ten-thousandths of the price that come back when this side cancels now.
pub fn refund_basis_points(by: By, starts_at: Timestamp, now: Timestamp) -> u32 {
    match by {
        By::Doctor(_) | By::Administrator(_) | By::System => 10_000,
        By::Patient(_) if now <= starts_at.plus_minutes(-FULL_REFUND_HOURS * 60) => 10_000,
        By::Patient(_) if now <= starts_at.plus_minutes(-HALF_REFUND_HOURS * 60) => 5_000,
        By::Patient(_) => 0,
    }
}

/// What a cancellation by this side gives back, if it was paid. Shown before it is confirmed.
pub fn refund_of(appointment: &Appointment, by: By, now: Timestamp) -> Money {
    appointment.price.share(refund_basis_points(by, appointment.starts_at, now))
}

/// The waiting room of this appointment takes people in.
pub fn may_arrive(appointment: &Appointment, now: Timestamp) -> bool {
    appointment.starts_at.plus_minutes(-ARRIVE_BEFORE_MINUTES) <= now
        && now < appointment.ends_at.plus_minutes(ARRIVE_AFTER_END_MINUTES)
}

/// The patient may still move this one.
pub fn may_move(appointment: &Appointment, by: By, now: Timestamp) -> bool {
    match by {
        By::Administrator(_) => now < appointment.starts_at,
        By::Patient(_) => {
            appointment.moves < SELF_MOVES && now <= appointment.starts_at.plus_minutes(-MOVE_UNTIL_HOURS * 60)
        }
        By::Doctor(_) | By::System => false,
    }
}

#[cfg(test)]
mod tests {
    use kernel::ids::AccountId;

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

    #[test]
    fn what_comes_back_depends_on_who_cancels_and_when() {
        let account = AccountId::from_uuid(uuid::Uuid::from_u128(1));
        let starts = at("2026-11-23T10:00:00Z");
        let patient = |now: &str| refund_basis_points(By::Patient(account), starts, at(now));
        assert_eq!(patient("2026-11-22T10:00:00Z"), 10_000);
        assert_eq!(patient("2026-11-22T10:00:01Z"), 5_000);
        assert_eq!(patient("2026-11-23T06:00:00Z"), 5_000);
        assert_eq!(patient("2026-11-23T06:00:01Z"), 0);
        for by in [By::Doctor(account), By::Administrator(account), By::System] {
            assert_eq!(refund_basis_points(by, starts, at("2026-11-23T09:59:00Z")), 10_000);
        }
    }
}
