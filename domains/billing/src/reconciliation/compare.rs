//! Laying the two sides beside each other. Pure.

use std::collections::{HashMap, HashSet};

use gateways::payment::{Movement, MovementKind};
use kernel::{
    Currency, Money, Timestamp,
    ids::{PaymentId, RefundId},
};
use uuid::Uuid;

/// What our books say of one movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ours {
    pub(crate) what: What,
    pub(crate) reference: Option<String>,
    /// What came in; what went out is negative.
    pub(crate) money: Money,
    /// When we took it for done.
    pub(crate) at: Timestamp,
    /// What the journal says the gateway holds more (or less) because of it.
    pub(crate) booked: Option<i64>,
}

/// A payment captured, or a refund made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum What {
    Capture(PaymentId),
    Refund(RefundId),
}

impl What {
    const fn kind(self) -> MovementKind {
        match self {
            Self::Capture(_) => MovementKind::Capture,
            Self::Refund(_) => MovementKind::Refund,
        }
    }

    pub(crate) const fn payment(self) -> Option<PaymentId> {
        match self {
            Self::Capture(payment) => Some(payment),
            Self::Refund(_) => None,
        }
    }

    pub(crate) const fn refund(self) -> Option<RefundId> {
        match self {
            Self::Refund(refund) => Some(refund),
            Self::Capture(_) => None,
        }
    }
}

/// What movements name, by kind: our ids and the gateway's references.
#[derive(Debug, Default)]
pub(crate) struct Named {
    pub(crate) payments: Vec<Uuid>,
    pub(crate) payment_references: Vec<String>,
    pub(crate) refunds: Vec<Uuid>,
    pub(crate) refund_references: Vec<String>,
}

impl Named {
    pub(crate) fn by(movements: &[Movement]) -> Self {
        let mut named = Self::default();
        for movement in movements {
            match movement.kind {
                MovementKind::Capture => {
                    named.payments.extend(movement.payment.map(PaymentId::uuid));
                    named.payment_references.push(movement.reference.clone());
                }
                MovementKind::Refund => {
                    named.refunds.extend(movement.refund.map(RefundId::uuid));
                    named.refund_references.push(movement.reference.clone());
                }
                MovementKind::Other => {}
            }
        }
        named
    }
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Matched,
    /// The gateway moved it and we know nothing of it.
    MissingHere,
    /// We took it for done and the gateway does not.
    MissingThere,
    AmountDiffers,
    /// The gateway moved it once more.
    Twice,
    /// Both agree, and the journal does not.
    NotBooked,
    /// Not between a patient and us: a fee, a payout.
    Outside,
}

impl Outcome {
    pub(crate) const ALL: [Self; 7] = [
        Self::Matched,
        Self::MissingHere,
        Self::MissingThere,
        Self::AmountDiffers,
        Self::Twice,
        Self::NotBooked,
        Self::Outside,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::MissingHere => "missing_here",
            Self::MissingThere => "missing_there",
            Self::AmountDiffers => "amount_differs",
            Self::Twice => "twice",
            Self::NotBooked => "not_booked",
            Self::Outside => "outside",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text).unwrap_or(Self::MissingHere)
    }

    pub(crate) const fn is_difference(self) -> bool {
        !matches!(self, Self::Matched | Self::Outside)
    }
}

/// What the two sides were matched by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MatchedBy {
    OurId,
    Reference,
    Nothing,
}

impl MatchedBy {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::OurId => "our_id",
            Self::Reference => "reference",
            Self::Nothing => "nothing",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: MovementKind,
    pub(crate) outcome: Outcome,
    pub(crate) matched_by: MatchedBy,
    pub(crate) movement: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) what: Option<What>,
    pub(crate) at: Timestamp,
    pub(crate) there: Option<i64>,
    pub(crate) here: Option<i64>,
    pub(crate) booked: Option<i64>,
    pub(crate) currency: Currency,
}

impl Line {
    pub(crate) const fn kind_word(&self) -> &'static str {
        match self.kind {
            MovementKind::Capture => "capture",
            MovementKind::Refund => "refund",
            MovementKind::Other => "other",
        }
    }
}

/// The two sides of a day, `from` until before `until`. `movements` may begin earlier: what we heard of on this day may have moved
/// before it, and is then a line of that earlier day. `seen_before` is what a run of an earlier day has matched.
pub(crate) fn compare(
    (from, until): (Timestamp, Timestamp),
    movements: &[Movement],
    ours: &[Ours],
    seen_before: &HashSet<What>,
) -> Vec<Line> {
    let of_day = |at: Timestamp| from <= at && at < until;
    let by_what: HashMap<What, &Ours> = ours.iter().map(|our| (our.what, our)).collect();
    let by_reference: HashMap<(MovementKindKey, &str), &Ours> =
        ours.iter().filter_map(|our| Some(((key(our.what.kind()), our.reference.as_deref()?), our))).collect();
    let mut met = HashSet::new();
    let mut lines = Vec::new();
    for movement in movements {
        let found =
            what(movement).and_then(|what| by_what.get(&what)).map(|our| (*our, MatchedBy::OurId)).or_else(|| {
                let at = (key(movement.kind), movement.reference.as_str());
                by_reference.get(&at).map(|our| (*our, MatchedBy::Reference))
            });
        let first = found.is_none_or(|(our, _)| met.insert(our.what));
        if of_day(movement.at) {
            lines.push(beside(movement, found, first));
        }
    }
    let alone =
        ours.iter().filter(|our| of_day(our.at) && !met.contains(&our.what) && !seen_before.contains(&our.what));
    lines.extend(alone.map(missing_there));
    lines
}

type MovementKindKey = u8;

const fn key(kind: MovementKind) -> MovementKindKey {
    match kind {
        MovementKind::Capture => 0,
        MovementKind::Refund => 1,
        MovementKind::Other => 2,
    }
}

fn what(movement: &Movement) -> Option<What> {
    match movement.kind {
        MovementKind::Capture => movement.payment.map(What::Capture),
        MovementKind::Refund => movement.refund.map(What::Refund),
        MovementKind::Other => None,
    }
}

fn beside(movement: &Movement, found: Option<(&Ours, MatchedBy)>, first: bool) -> Line {
    let outcome = match found {
        None if movement.kind == MovementKind::Other => Outcome::Outside,
        None => Outcome::MissingHere,
        Some(_) if !first => Outcome::Twice,
        Some((our, _)) if our.money != movement.money => Outcome::AmountDiffers,
        Some((our, _)) if our.booked != Some(our.money.amount) => Outcome::NotBooked,
        Some(_) => Outcome::Matched,
    };
    // Of two movements of one payment only the first has anything on our side.
    let our = found.filter(|_| first).map(|(our, _)| our);
    Line {
        kind: movement.kind,
        outcome,
        matched_by: found.map_or(MatchedBy::Nothing, |(_, by)| by),
        movement: Some(movement.id.clone()),
        reference: Some(movement.reference.clone()),
        what: found.map(|(our, _)| our.what),
        at: movement.at,
        there: Some(movement.money.amount),
        here: our.map(|our| our.money.amount),
        booked: our.and_then(|our| our.booked),
        currency: movement.money.currency,
    }
}

fn missing_there(our: &Ours) -> Line {
    Line {
        kind: our.what.kind(),
        outcome: Outcome::MissingThere,
        matched_by: MatchedBy::Nothing,
        movement: None,
        reference: our.reference.clone(),
        what: Some(our.what),
        at: our.at,
        there: None,
        here: Some(our.money.amount),
        booked: our.booked,
        currency: our.money.currency,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: (i64, i64) = (1000, 2000);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix_seconds(seconds)
    }

    fn payment(n: u128) -> PaymentId {
        PaymentId::from_uuid(uuid::Uuid::from_u128(n))
    }

    fn usd(amount: i64) -> Money {
        Money::new(amount, Currency::USD)
    }

    fn moved(n: u128, amount: i64, seconds: i64) -> Movement {
        Movement {
            id: format!("line_{n}_{seconds}"),
            kind: MovementKind::Capture,
            reference: format!("ref_{n}"),
            payment: Some(payment(n)),
            refund: None,
            money: usd(amount),
            at: at(seconds),
        }
    }

    fn ours(n: u128, amount: i64, seconds: i64) -> Ours {
        Ours {
            what: What::Capture(payment(n)),
            reference: Some(format!("ref_{n}")),
            money: usd(amount),
            at: at(seconds),
            booked: Some(amount),
        }
    }

    fn outcomes(movements: &[Movement], ours: &[Ours]) -> Vec<Outcome> {
        let lines = compare((at(DAY.0), at(DAY.1)), movements, ours, &HashSet::new());
        lines.iter().map(|line| line.outcome).collect()
    }

    #[test]
    fn everything_that_does_not_fit_has_a_name() {
        let not_booked = Ours { booked: None, ..ours(1, 100, 1100) };
        let fee = Movement { kind: MovementKind::Other, payment: None, ..moved(9, -3, 1100) };
        for (movements, ours, expected) in [
            (vec![moved(1, 100, 1100)], vec![ours(1, 100, 1101)], vec![Outcome::Matched]),
            (vec![moved(1, 100, 1100)], vec![], vec![Outcome::MissingHere]),
            (vec![], vec![ours(1, 100, 1101)], vec![Outcome::MissingThere]),
            (vec![moved(1, 101, 1100)], vec![ours(1, 100, 1101)], vec![Outcome::AmountDiffers]),
            (
                vec![moved(1, 100, 1100), moved(1, 100, 1200)],
                vec![ours(1, 100, 1101)],
                vec![Outcome::Matched, Outcome::Twice],
            ),
            (vec![moved(1, 100, 1100)], vec![not_booked], vec![Outcome::NotBooked]),
            (vec![fee], vec![], vec![Outcome::Outside]),
        ] {
            assert_eq!(outcomes(&movements, &ours), expected, "{movements:?} {ours:?}");
        }
    }

    #[test]
    fn a_movement_belongs_to_the_gateways_day_whenever_we_heard_of_it() {
        // Moved before midnight, heard of after it: a line of the first day alone.
        let (late, heard) = (moved(1, 100, DAY.0 - 5), ours(1, 100, DAY.0 + 5));
        assert_eq!(outcomes(std::slice::from_ref(&late), std::slice::from_ref(&heard)), []);
        let first_day = compare((at(0), at(DAY.0)), &[late], std::slice::from_ref(&heard), &HashSet::new());
        assert_eq!(first_day.len(), 1);
        assert_eq!(first_day[0].outcome, Outcome::Matched);
        // Long before: another day's run has met it.
        let before = HashSet::from([heard.what]);
        assert_eq!(compare((at(DAY.0), at(DAY.1)), &[], &[heard], &before), []);
    }

    #[test]
    fn a_line_without_our_id_is_found_by_its_reference() {
        let nameless = Movement { payment: None, ..moved(1, 100, 1100) };
        let lines = compare((at(DAY.0), at(DAY.1)), &[nameless], &[ours(1, 100, 1100)], &HashSet::new());
        assert_eq!((lines[0].outcome, lines[0].matched_by), (Outcome::Matched, MatchedBy::Reference));
    }

    #[test]
    fn the_sides_of_all_lines_sum_to_the_sides_of_the_day() {
        let movements = [moved(1, 100, 1100), moved(1, 100, 1200), moved(2, 70, 1300), moved(4, 9, 1400)];
        let ours = [ours(1, 100, 1100), ours(2, 60, 1300), ours(3, 5, 1500)];
        let lines = compare((at(DAY.0), at(DAY.1)), &movements, &ours, &HashSet::new());
        let sum = |side: fn(&Line) -> Option<i64>| lines.iter().filter_map(side).sum::<i64>();
        assert_eq!((sum(|line| line.there), sum(|line| line.here), sum(|line| line.booked)), (279, 165, 165));
    }
}
