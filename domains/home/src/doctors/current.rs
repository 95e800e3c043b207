//! The index of all doctors as the database has it now, kept between requests.
//!
//! Every search asks in one short statement which offers were written since the last look of this process, and reads those anew; mostly there
//! are none. So nothing is shown that lags behind what is saved, in this process or another (adr 0019).

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use db::Tx;
use kernel::{Timestamp, ids::PractitionerId};
use tokio::sync::Mutex;

use super::{
    index::Index,
    model::{Priced, Profile},
    store::{self, News},
};

/// News that a search looks through before it waits for its turn to bring the index up to date.
const MANY_NEWS: i64 = 256;
/// Profiles read by one statement.
const AT_ONCE: usize = 500;

/// What all requests of this process share: the index, and whose turn it is to replace it.
#[derive(Debug, Default)]
struct Shelf {
    current: RwLock<Arc<Current>>,
    turn: Mutex<()>,
}

/// An index, and what it was made of.
#[derive(Debug, Default)]
pub(super) struct Current {
    pub(super) index: Index,
    /// Under which number each doctor's offer was read; also of doctors who are not published.
    numbers: HashMap<PractitionerId, i64>,
    /// All that transactions before this one wrote is in here. 0: nothing was read yet.
    seen: AtomicI64,
    priced: Priced,
}

/// The index for this transaction. Changes of the transaction's own are in it, and are shown to nobody else.
pub(super) async fn current(tx: &mut Tx) -> Result<Arc<Current>, db::Error> {
    let shelf = tx.shelf::<Shelf>();
    let kept = shelf.get();
    let news = store::list_news(tx, kept.seen(), MANY_NEWS).await?;
    let is_whole = i64::try_from(news.numbers.len()).is_ok_and(|many| many < MANY_NEWS);
    if is_whole && kept.answers(&news, tx.now()) {
        return Ok(kept);
    }
    // One at a time, so that an older look never takes the place of a newer one.
    let _turn = shelf.turn.lock().await;
    let kept = shelf.get();
    let news = store::list_news(tx, kept.seen(), i64::MAX).await?;
    if kept.answers(&news, tx.now()) {
        return Ok(kept);
    }
    let made = Arc::new(kept.renewed(tx, &news).await?);
    if !news.writes {
        shelf.put(&made);
    }
    Ok(made)
}

impl Shelf {
    fn get(&self) -> Arc<Current> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, made: &Arc<Current>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(made);
    }
}

impl Current {
    fn seen(&self) -> i64 {
        self.seen.load(Ordering::Acquire)
    }

    /// Nothing of this is new, and prices hold: what the look saw is in here, so that the next one may begin at its horizon.
    fn answers(&self, news: &News, now: Timestamp) -> bool {
        let answers = self.seen() > 0 && self.priced.answers(now) && news.numbers.iter().all(|one| !self.is_new(one));
        if answers {
            self.seen.fetch_max(news.horizon, Ordering::AcqRel);
        }
        answers
    }

    fn is_new(&self, (doctor, number): &(PractitionerId, i64)) -> bool {
        self.numbers.get(doctor) != Some(number)
    }

    async fn renewed(&self, tx: &mut Tx, news: &News) -> Result<Self, db::Error> {
        let now = tx.now();
        let written = news.numbers.iter().filter(|one| self.is_new(one)).map(|(doctor, _)| *doctor);
        let repriced = self.index.profiles().iter().filter(|profile| !profile.priced.answers(now));
        let stale: HashSet<PractitionerId> = written.chain(repriced.map(|profile| profile.doctor.id)).collect();
        let kept = self.index.profiles().iter().filter(|profile| !stale.contains(&profile.doctor.id));
        let mut profiles: Vec<Arc<Profile>> = kept.cloned().collect();
        let mut numbers = self.numbers.clone();
        numbers.extend(news.numbers.iter().copied());
        let stale: Vec<PractitionerId> = stale.into_iter().collect();
        for some in stale.chunks(AT_ONCE) {
            for (number, profile) in store::list_profiles(tx, some).await? {
                numbers.insert(profile.doctor.id, number);
                profiles.push(Arc::new(profile));
            }
        }
        let priced = profiles.iter().fold(Priced::default(), |all, profile| all.and(profile.priced));
        let index = Index::new(profiles, &self.index);
        Ok(Self { index, numbers, seen: AtomicI64::new(news.horizon), priced })
    }
}
