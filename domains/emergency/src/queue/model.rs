//! Pure: who is left for whom, and how long it takes.

use kernel::ids::PractitionerId;

/// A doctor who could be asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReadyDoctor {
    pub(crate) id: PractitionerId,
    /// Somebody before waits, asks nobody now, and has not asked this doctor.
    pub(crate) is_wanted: bool,
}

/// Whom a request may ask, in the order given: those that nobody before wants, then what those before, `wave` doctors each, leave over. The
/// second value says whether anybody was left to those before.
pub(crate) fn left_for(ready: &[ReadyDoctor], before: i64, wave: i64) -> (Vec<PractitionerId>, bool) {
    let size = |count: i64| usize::try_from(count).unwrap_or_default();
    let kept = size(before.saturating_mul(wave));
    let wanted = || ready.iter().filter(|doctor| doctor.is_wanted);
    let free = ready.iter().filter(|doctor| !doctor.is_wanted).chain(wanted().skip(kept));
    (free.take(size(wave)).map(|doctor| doctor.id).collect(), wanted().next().is_some() && kept > 0)
}

/// Where somebody stands in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Standing {
    /// How many are before them.
    pub ahead: i32,
    /// Doctors who are ready now.
    pub doctors_ready: i32,
    /// Minutes from asking to the yes of a doctor who was asked, as the middle half of the last thirty of this urgency waited within thirty days; none where
    /// fewer than five did.
    pub wait_min: Option<i32>,
    pub wait_max: Option<i32>,
}

impl Standing {
    /// What is left of the usual wait after so many minutes: nothing is said once it is over.
    pub(crate) fn left(&self, waited: i64) -> Option<(i64, i64)> {
        let (from, to) = (i64::from(self.wait_min?) - waited, i64::from(self.wait_max?) - waited);
        (to > 0).then_some((from.max(0), to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doctors(wanted: &[bool]) -> (Vec<ReadyDoctor>, Vec<PractitionerId>) {
        let ids: Vec<PractitionerId> =
            (1..=wanted.len()).map(|n| PractitionerId::from_uuid(uuid::Uuid::from_u128(n as u128))).collect();
        (ids.iter().zip(wanted).map(|(id, wanted)| ReadyDoctor { id: *id, is_wanted: *wanted }).collect(), ids)
    }

    #[test]
    fn who_is_behind_gets_what_those_before_leave() {
        let (ready, ids) = doctors(&[true, true, false, true]);
        assert_eq!(left_for(&ready, 1, 2), (vec![ids[2], ids[3]], true), "two are kept");
        assert_eq!(left_for(&ready, 2, 2), (vec![ids[2]], true));
        let (ready, ids) = doctors(&[false; 3]);
        assert_eq!(left_for(&ready, 0, 2), (ids[..2].to_vec(), false), "nobody is before");
        assert_eq!(left_for(&ready, 3, 2), (ids[..2].to_vec(), false), "those before have asked all of them");
        assert_eq!(left_for(&[], 1, 2), (Vec::new(), false));
    }

    #[test]
    fn what_is_left_of_a_wait_shrinks_and_then_nothing_is_said() {
        let standing = Standing { ahead: 0, doctors_ready: 1, wait_min: Some(4), wait_max: Some(9) };
        assert_eq!([0, 3, 6, 9].map(|waited| standing.left(waited)), [Some((4, 9)), Some((1, 6)), Some((0, 3)), None]);
        assert_eq!(Standing { wait_max: None, ..standing }.left(0), None, "nothing was measured");
    }
}
