//! How long the two were in the media room together, from who came and went.

use kernel::Timestamp;

use super::Side;

/// A visit that failed before this is paid back by itself.
pub const FAILED_BEFORE_SECONDS: i64 = 5 * 60;

/// Somebody came into the media room, or left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub side: Side,
    pub joined: bool,
    pub at: Timestamp,
}

/// Seconds that both were in the room, until `ended`; the steps in order of time. Whoever comes again without having left was there all
/// the while: a broken connection is in the patient's favour only where it was never made.
pub fn joint_seconds(steps: &[Step], ended: Timestamp) -> i64 {
    let (mut patient, mut doctor) = (false, false);
    let (mut joint, mut since) = (0, None);
    for step in steps {
        match step.side {
            Side::Patient => patient = step.joined,
            Side::Doctor => doctor = step.joined,
        }
        match (patient && doctor, since) {
            (true, None) => since = Some(step.at),
            (false, Some(from)) => {
                joint += step.at.seconds_since(from);
                since = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    joint + since.map_or(0, |from| ended.seconds_since(from).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_790_000_000 + second)
    }

    fn step(side: Side, joined: bool, second: i64) -> Step {
        Step { side, joined, at: at(second) }
    }

    #[test]
    fn time_counts_while_both_are_there() {
        use Side::{Doctor, Patient};
        assert_eq!(joint_seconds(&[], at(900)), 0);
        assert_eq!(joint_seconds(&[step(Doctor, true, 0)], at(900)), 0, "one alone");
        assert_eq!(joint_seconds(&[step(Doctor, true, 0), step(Patient, true, 60)], at(100)), 40);
        let with_a_break = [
            step(Doctor, true, 0),
            step(Patient, true, 10),
            step(Patient, false, 30),
            step(Patient, true, 100),
            step(Patient, true, 110),
            step(Doctor, false, 150),
        ];
        assert_eq!(joint_seconds(&with_a_break, at(900)), 20 + 50);
    }
}
