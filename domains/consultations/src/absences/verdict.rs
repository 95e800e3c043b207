//! Pure: what is known of a visit that should have begun, and what follows.

use kernel::Timestamp;
use scheduling::appointments::{Absentee, policy::ARRIVE_AFTER_END_MINUTES};

/// Whoever was seen within this is still there.
const STILL_THERE_SECONDS: i64 = 120;

/// Minutes that the one who came waits for the other.
#[derive(Clone, Copy, Debug)]
pub struct Graces {
    pub patient: i64,
    pub doctor: i64,
}

/// What the heartbeats say of one visit.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// When the patient entered the waiting room.
    pub arrived_at: Option<Timestamp>,
    /// When the patient, or who acts for them, was last seen at this visit.
    pub patient_at: Option<Timestamp>,
    /// When the doctor was last seen anywhere.
    pub doctor_at: Option<Timestamp>,
}

/// Who counts as absent now, if anybody.
pub fn verdict(seen: &Seen, graces: Graces, now: Timestamp) -> Option<Absentee> {
    let since = |at: Option<Timestamp>, from: Timestamp| at.is_some_and(|at| at >= from);
    let doctor_came = since(seen.doctor_at, seen.starts_at);
    match seen.arrived_at {
        None => {
            let over = seen.starts_at.plus_minutes(graces.patient);
            let closed = seen.ends_at.plus_minutes(ARRIVE_AFTER_END_MINUTES);
            if now >= over && since(seen.doctor_at, over) {
                Some(Absentee::Patient)
            } else if now >= closed && !doctor_came {
                Some(Absentee::Doctor)
            } else {
                None
            }
        }
        Some(arrived) => {
            let over = seen.starts_at.max(arrived).plus_minutes(graces.doctor);
            let waits = since(seen.patient_at, now.plus_seconds(-STILL_THERE_SECONDS));
            (now >= over && waits && !doctor_came).then_some(Absentee::Doctor)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRACES: Graces = Graces { patient: 10, doctor: 15 };

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_790_000_000).plus_minutes(minutes)
    }

    /// Starts at minute 0 and ends at 30.
    fn seen(arrived: Option<i64>, patient: Option<i64>, doctor: Option<i64>) -> Seen {
        Seen {
            starts_at: at(0),
            ends_at: at(30),
            arrived_at: arrived.map(at),
            patient_at: patient.map(at),
            doctor_at: doctor.map(at),
        }
    }

    fn judged(seen: Seen, minute: i64) -> Option<Absentee> {
        verdict(&seen, GRACES, at(minute))
    }

    #[test]
    fn a_patient_is_absent_once_the_doctor_has_waited_out_the_grace() {
        assert_eq!(judged(seen(None, None, Some(9)), 9), None, "within the grace");
        assert_eq!(judged(seen(None, None, Some(9)), 12), None, "the doctor left before it was over");
        assert_eq!(judged(seen(None, None, Some(10)), 10), Some(Absentee::Patient));
        assert_eq!(judged(seen(None, None, Some(11)), 500), Some(Absentee::Patient), "a late job says the same");
        assert_eq!(judged(seen(Some(8), Some(9), Some(11)), 12), None, "who has arrived is not absent");
    }

    #[test]
    fn a_doctor_is_absent_when_the_patient_waits_and_nobody_was_seen_since_the_start() {
        assert_eq!(judged(seen(Some(-10), Some(14), None), 14), None, "within the grace");
        assert_eq!(judged(seen(Some(-10), Some(15), None), 15), Some(Absentee::Doctor));
        assert_eq!(
            judged(seen(Some(-10), Some(15), Some(-1)), 15),
            Some(Absentee::Doctor),
            "seen before the start only"
        );
        assert_eq!(judged(seen(Some(-10), Some(15), Some(3)), 15), None, "there, and late with another patient");
        assert_eq!(judged(seen(Some(10), Some(20), None), 20), None, "a late patient waits as long as any");
        assert_eq!(judged(seen(Some(-10), Some(5), None), 15), None, "the patient has gone");
    }

    #[test]
    fn when_nobody_came_the_house_answers_for_it_once_the_waiting_room_is_closed() {
        assert_eq!(judged(seen(None, None, None), 59), None);
        assert_eq!(judged(seen(None, None, None), 60), Some(Absentee::Doctor));
        assert_eq!(judged(seen(None, None, Some(2)), 60), None, "the doctor was there for a while: a person decides");
    }
}
