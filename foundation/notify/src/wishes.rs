//! What somebody wants to hear, and how. The rule is pure; the rows are in the store.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{Fault, FaultKind, Timestamp, Zone, ids::AccountId};

use crate::{
    daily::Daily,
    quiet::Quiet,
    store,
    topic::{Reach, Topic, Way},
};

/// What one person wants otherwise than usual, and when they sleep.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wishes {
    pub otherwise: BTreeMap<(Topic, Way), bool>,
    pub quiet: Option<Quiet>,
    /// What can be gathered comes in one letter, at this time of their day.
    pub digest: Option<Daily>,
    /// When the agenda comes, if it was asked for.
    pub agenda: Daily,
}

impl Wishes {
    /// Whether this reaches them so. What is mandatory always does somehow.
    pub fn wants(&self, topic: Topic, way: Way, reach: Reach) -> bool {
        if !reach.has(way) {
            return false;
        }
        if !topic.is_mandatory() {
            return self.chosen(topic, way, reach);
        }
        match way {
            Way::App => true,
            Way::Email => self.chosen(topic, Way::Email, reach) || !self.chosen(topic, Way::Sms, reach),
            Way::Sms => self.chosen(topic, Way::Sms, reach) || !reach.email,
        }
    }

    /// When a letter that can wait may be sent, if not now; `latest`: waiting longer would make it useless.
    pub fn wait_until(&self, zone: &Zone, now: Timestamp, latest: Option<Timestamp>) -> Option<Timestamp> {
        let end = self.quiet?.until(zone, now)?;
        latest.is_none_or(|latest| end <= latest).then_some(end)
    }

    /// Note a choice; what is as usual needs no note. A way that does not lead to them is not chosen about.
    pub fn choose(&mut self, topic: Topic, way: Way, reach: Reach, wanted: bool) {
        if !reach.has(way) || wanted == usual(topic, way, reach) {
            self.otherwise.remove(&(topic, way));
        } else {
            self.otherwise.insert((topic, way), wanted);
        }
    }

    /// Whether they said that they do not want this.
    pub(crate) fn is_switched_off(&self, topic: Topic, way: Way) -> bool {
        !topic.is_mandatory() && self.otherwise.get(&(topic, way)) == Some(&false)
    }

    /// As chosen, or as usual.
    fn chosen(&self, topic: Topic, way: Way, reach: Reach) -> bool {
        reach.has(way) && self.otherwise.get(&(topic, way)).copied().unwrap_or_else(|| usual(topic, way, reach))
    }
}

/// In the app and by mail, by text to those without mail; what must be asked for, not at all.
const fn usual(topic: Topic, way: Way, reach: Reach) -> bool {
    !topic.must_be_asked_for()
        && match way {
            Way::App | Way::Email => true,
            Way::Sms => !reach.email,
        }
}

#[derive(Debug, thiserror::Error)]
pub enum WishError {
    #[error("nobody is signed in")]
    NoAccount,
    /// Safety, security and money cannot be silenced.
    #[error("{} must reach its reader by mail or by text", .0.word())]
    Mandatory(Topic),
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for WishError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NoAccount => FaultKind::SignInNeeded,
            Self::Mandatory(topic) => FaultKind::invalid(topic.word(), "messaging-preferences-mandatory"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// What this person wants; works in every context, for whoever tells has to heed it.
pub async fn wishes(tx: &mut Tx, account: AccountId) -> Result<Wishes, db::Error> {
    let rows = store::wishes::list(tx, account).await?;
    let otherwise = rows
        .into_iter()
        .filter_map(|row| Some(((Topic::from_word(&row.topic)?, Way::from_word(&row.way)?), row.wanted)))
        .collect();
    let quiet = store::wishes::find_quiet(tx, account).await?.and_then(|(starts, ends)| Quiet::new(starts, ends));
    let habits = store::wishes::find_habits(tx, account).await?;
    let digest = habits.and_then(|(digest, _)| Daily::new(digest?));
    let agenda = habits.and_then(|(_, agenda)| Daily::new(agenda)).unwrap_or_default();
    Ok(Wishes { otherwise, quiet, digest, agenda })
}

/// Want this from now on, instead of whatever was wanted before. For the account of the transaction.
pub async fn wish(tx: &mut Tx, reach: Reach, wanted: &Wishes) -> Result<(), WishError> {
    let account = tx.context().account.ok_or(WishError::NoAccount)?;
    let is_silent = |topic: &Topic| {
        let outside = [Way::Email, Way::Sms].into_iter().filter(|way| reach.has(*way)).collect::<Vec<_>>();
        let in_app = wanted.otherwise.get(&(*topic, Way::App)).copied().unwrap_or(true);
        !in_app || (!outside.is_empty() && !outside.iter().any(|way| wanted.chosen(*topic, *way, reach)))
    };
    if let Some(topic) = Topic::ALL.into_iter().filter(|topic| topic.is_mandatory()).find(is_silent) {
        return Err(WishError::Mandatory(topic));
    }
    store::wishes::delete(tx, account).await?;
    for ((topic, way), on) in &wanted.otherwise {
        store::wishes::insert(tx, account, (*topic, *way), *on).await?;
    }
    match wanted.quiet {
        Some(quiet) => store::wishes::set_quiet(tx, account, quiet).await?,
        None => store::wishes::delete_quiet(tx, account).await?,
    }
    store::wishes::set_habits(tx, account, wanted.digest, wanted.agenda).await?;
    Ok(())
}

/// Everybody who has asked for this, and at which time of their day they want it. Needs a system context.
pub async fn accounts_asking_for(tx: &mut Tx, topic: Topic) -> Result<Vec<(AccountId, Daily)>, db::Error> {
    let asking = store::wishes::list_asking(tx, topic).await?;
    let time = |minute: Option<i16>| minute.and_then(Daily::new).unwrap_or_default();
    Ok(asking.into_iter().map(|(account, minute)| (account, time(minute))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Reach = Reach { email: true, phone: true };

    fn wanting(rows: &[(Topic, Way, bool)]) -> Wishes {
        let otherwise = rows.iter().map(|(topic, way, on)| ((*topic, *way), *on)).collect();
        Wishes { otherwise, ..Wishes::default() }
    }

    #[test]
    fn as_usual_one_is_told_in_the_app_and_by_mail_and_by_text_only_without_mail() {
        let usual = Wishes::default();
        let told = |topic, reach| Way::ALL.map(|way| usual.wants(topic, way, reach));
        assert_eq!(told(Topic::Reminders, BOTH), [true, true, false]);
        assert_eq!(told(Topic::Money, Reach { email: false, phone: true }), [true, false, true]);
        assert_eq!(told(Topic::Visits, Reach::default()), [true, false, false]);
        assert_eq!(told(Topic::Agenda, BOTH), [false, false, false], "the agenda is asked for");
    }

    #[test]
    fn what_is_mandatory_changes_its_way_but_never_falls_silent() {
        for topic in Topic::ALL.into_iter().filter(|topic| topic.is_mandatory()) {
            let by_text = wanting(&[(topic, Way::Email, false), (topic, Way::Sms, true)]);
            assert_eq!(Way::ALL.map(|way| by_text.wants(topic, way, BOTH)), [true, false, true]);
            // The phone that it went to is gone.
            let only_mail = Reach { email: true, phone: false };
            assert_eq!(Way::ALL.map(|way| by_text.wants(topic, way, only_mail)), [true, true, false]);
            let silent = wanting(&[(topic, Way::App, false), (topic, Way::Email, false), (topic, Way::Sms, false)]);
            assert_eq!(Way::ALL.map(|way| silent.wants(topic, way, BOTH)), [true, true, false]);
        }
    }

    #[test]
    fn what_is_not_mandatory_can_be_switched_off() {
        let off = wanting(&[(Topic::Reviews, Way::App, false), (Topic::Reviews, Way::Email, false)]);
        assert_eq!(Way::ALL.map(|way| off.wants(Topic::Reviews, way, BOTH)), [false, false, false]);
    }

    #[test]
    fn only_what_is_otherwise_than_usual_is_noted() {
        let mut wishes = Wishes::default();
        wishes.choose(Topic::Reviews, Way::Email, BOTH, true);
        wishes.choose(Topic::Reviews, Way::Sms, Reach { email: true, phone: false }, true);
        assert!(wishes.otherwise.is_empty());
        wishes.choose(Topic::Reviews, Way::Email, BOTH, false);
        assert_eq!(wishes.otherwise.len(), 1);
        wishes.choose(Topic::Reviews, Way::Email, BOTH, true);
        assert_eq!(wishes, Wishes::default());
    }

    #[test]
    fn an_unknown_kind_cannot_be_switched_off() {
        assert!(Topic::of("nobody.knows").is_mandatory());
        assert_eq!(Topic::of("scheduling.reminder"), Topic::Reminders);
        assert_eq!(Topic::of("scheduling.cancelled"), Topic::Visits);
    }
}
