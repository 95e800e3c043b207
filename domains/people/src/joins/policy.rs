//! Who may be joined with whom: so that neither account ever reads of somebody else's record (adr/0033).

use std::ops::RangeInclusive;

use super::model::{Account, Identity, Side, Standing};

/// How long a reason is, in characters.
pub(super) const REASON: RangeInclusive<usize> = 10..=500;

/// Why two records are not joined, whatever is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// One of them is retired, or the one to retire has taken another up.
    OneLevel,
    /// Somebody acts for one of them and not for the other: a parent, or another.
    SomebodyActs,
    /// Somebody signs in for the one to retire, and nobody has seen them at the desk.
    IdentityUnchecked,
}

/// What is known of the retired record's account, or why the records are not joined.
pub(super) fn decide(survivor: &Side, retired: &Side, seen_in_person: bool) -> Result<Identity, Refusal> {
    if survivor.standing == Standing::Retired || retired.standing != Standing::Alone {
        return Err(Refusal::OneLevel);
    }
    // Who acts for the retired record would lose it; who acts for the survivor would read what its owner tells on their own.
    let acts_elsewhere = retired.speakers.iter().any(|account| !survivor.speakers.contains(account));
    let owner_is_overheard = !survivor.speakers.is_empty() && retired.account != Account::None;
    if acts_elsewhere || owner_is_overheard {
        return Err(Refusal::SomebodyActs);
    }
    match (retired.account, seen_in_person) {
        (Account::Active, false) => Err(Refusal::IdentityUnchecked),
        (Account::Active, true) => Ok(Identity::InPerson),
        // An account that is opened again later must not wake up in somebody else's record.
        (Account::None | Account::Disabled, _) => Ok(Identity::NoAccount),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{
        Sex, Timestamp,
        ids::{AccountId, PatientId},
    };
    use uuid::Uuid;

    use super::*;

    fn side(account: Account, speakers: &[u128]) -> Side {
        Side {
            id: PatientId::from_uuid(Uuid::nil()),
            record_no: "7K3M-9QXT".into(),
            full_name: "Amina Rahman".into(),
            birth_date: None,
            sex: Sex::Unknown,
            phones: Vec::new(),
            email: None,
            country: None,
            since: Timestamp::from_unix_seconds(0),
            account,
            speakers: speakers.iter().map(|id| AccountId::from_uuid(Uuid::from_u128(*id))).collect(),
            standing: Standing::Alone,
        }
    }

    #[test]
    fn an_account_in_use_is_joined_only_where_its_owner_was_seen() {
        let survivor = side(Account::Active, &[]);
        for (account, seen, answer) in [
            (Account::None, false, Ok(Identity::NoAccount)),
            (Account::Disabled, false, Ok(Identity::NoAccount)),
            (Account::Disabled, true, Ok(Identity::NoAccount)),
            (Account::Active, false, Err(Refusal::IdentityUnchecked)),
            (Account::Active, true, Ok(Identity::InPerson)),
        ] {
            assert_eq!(decide(&survivor, &side(account, &[]), seen), answer, "{account:?} {seen}");
        }
    }

    #[test]
    fn nobody_who_acts_for_one_reads_the_other_by_a_join() {
        let refused = Err(Refusal::SomebodyActs);
        assert_eq!(
            decide(&side(Account::None, &[1]), &side(Account::None, &[2]), true),
            refused,
            "two parents, two records"
        );
        assert_eq!(decide(&side(Account::Active, &[]), &side(Account::None, &[2]), true), refused);
        assert_eq!(
            decide(&side(Account::None, &[1]), &side(Account::Active, &[]), true),
            refused,
            "a child's own account"
        );
        assert_eq!(decide(&side(Account::None, &[1]), &side(Account::Disabled, &[]), true), refused);
        let own = Ok(Identity::NoAccount);
        assert_eq!(decide(&side(Account::None, &[1, 2]), &side(Account::None, &[2]), false), own, "one parent of both");
        assert_eq!(decide(&side(Account::None, &[1]), &side(Account::None, &[]), false), own);
    }

    #[test]
    fn joins_have_one_level() {
        let of = |standing| Side { standing, ..side(Account::None, &[]) };
        let alone = || of(Standing::Alone);
        assert!(decide(&of(Standing::Survivor), &alone(), false).is_ok(), "a second record of the same person");
        assert_eq!(decide(&of(Standing::Retired), &alone(), false), Err(Refusal::OneLevel));
        assert_eq!(decide(&alone(), &of(Standing::Retired), false), Err(Refusal::OneLevel));
        assert_eq!(decide(&alone(), &of(Standing::Survivor), false), Err(Refusal::OneLevel));
    }
}
