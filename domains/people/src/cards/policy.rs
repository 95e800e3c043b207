use access::{Actor, Role};
use kernel::Timestamp;

use super::model::Kind;

/// A code on a screen is shown anew after so many minutes …
pub(super) const SHOWN_MINUTES: i64 = 4;
/// … and the one before is good for so much longer: it may have been held up to a scanner just now.
pub(super) const GRACE_MINUTES: i64 = 1;
/// A card on paper.
const PRINTED_DAYS: i64 = 365;

pub(super) fn ends(kind: Kind, now: Timestamp) -> Timestamp {
    match kind {
        Kind::Screen => now.plus_minutes(SHOWN_MINUTES + GRACE_MINUTES),
        Kind::Printed => now.plus_days(PRINTED_DAYS),
    }
}

/// Who recognizes patients by their cards: reception, and doctors with a practice here. Whoever is staff elsewhere in the house, or a
/// doctor who was suspended, is not.
pub fn may_identify(actor: &Actor) -> bool {
    let treats = actor.is(Role::Doctor) && actor.practitioner.is_some();
    !actor.must_enrol && (treats || actor.is(Role::Nurse) || actor.is(Role::Administrator))
}

#[cfg(test)]
mod tests {
    use kernel::ids::PractitionerId;

    use super::*;

    #[test]
    fn reception_and_doctors_with_a_practice_identify_and_nobody_else() {
        let actor = |roles: &[Role], practice: bool| Actor {
            roles: roles.to_vec(),
            practitioner: practice.then(|| PractitionerId::from_uuid(uuid::Uuid::nil())),
            ..Actor::nobody()
        };
        assert!(may_identify(&actor(&[Role::Nurse], false)));
        assert!(may_identify(&actor(&[Role::Administrator], false)));
        assert!(may_identify(&actor(&[Role::Doctor], true)));
        assert!(!may_identify(&actor(&[Role::Doctor], false)), "suspended");
        for other in [Role::Patient, Role::Pharmacist, Role::LabTechnician, Role::SupportAgent] {
            assert!(!may_identify(&actor(&[other], false)), "{other}");
        }
        assert!(!may_identify(&Actor { must_enrol: true, ..actor(&[Role::Nurse], false) }));
        assert!(!may_identify(&Actor::nobody()));
    }
}
