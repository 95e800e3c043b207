//! The search: who fits comes from the index, free times from the rules of no more doctors than a page needs.
//!
//! | order | what decides | exact |
//! |---|---|---|
//! | best, rating | score, then id | over all who fit |
//! | fee | the cheapest offer in the mode, then id | over all who fit |
//! | distance | metres to the nearest place, then id | over all who fit |
//! | soonest | the first free time, then id | within each [`HUNDRED`] of the best rated; the first hundred stands before the second |
//!
//! A day that is asked for leaves out who has no time then. The candidates are weighed in their order, a stretch after the other, until the
//! page is full; so every doctor who has a time is reached by turning pages, and none is shown twice. After [`MOST_WEIGHED`] the page
//! ends, however full, and the next one goes on from there. Up to a hundred who fit are weighed at once, and counted exactly.

use std::collections::HashMap;

use db::Tx;
use kernel::{Cursor, Page, PageRequest, Timestamp, Zone, ids::PractitionerId};
use scheduling::slots::{Mode, Slot, next_free};

use super::{
    criteria::{Criteria, Sort, When},
    current::current,
    index::{Key, Search, Start},
    model::{Doctor, Found},
    store,
};

/// Times shown on one card.
pub(crate) const TIMES: usize = 5;
/// Times asked for at most: the same time in two modes is one time, and some may cost too much.
const ASKED: usize = 16;
/// Most doctors have all the times of a card within so many days, and no more is read of them.
const SOON_DAYS: i64 = 4;
/// Doctors among whom the soonest stands first.
const HUNDRED: usize = 100;
/// Doctors whose times are worked out for one page at most.
const MOST_WEIGHED: usize = 600;

/// A page of doctors, and how many there are in all.
#[derive(Debug)]
pub(crate) struct Results {
    pub(crate) page: Page<Found>,
    pub(crate) total: Total,
}

/// How many doctors a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    Exactly(usize),
    /// So many fit apart from the time, which was not worked out for all of them.
    BeforeTimes(usize),
}

/// Doctors who fit. Where a day is asked for, only those who have a time then.
pub(crate) async fn find(
    tx: &mut Tx,
    wanted: &Criteria,
    zone: &Zone,
    request: &PageRequest,
) -> Result<Results, db::Error> {
    let mut wanted = wanted.clone();
    if let (Some(place), None) = (&wanted.place, wanted.near) {
        wanted.near = store::find_city(tx, place).await?;
        if wanted.near.is_none() {
            wanted.words.push(place.to_lowercase());
        }
    }
    let current = current(tx).await?;
    let search = current.index.search(&wanted);
    let times = Times { wanted: &wanted, window: wanted.when.window(tx.now(), zone) };
    let cursor = request.cursor.as_ref().and_then(Place::read).unwrap_or_default();
    let limit = request.limit_usize();
    let (rows, total) = match (wanted.order(), wanted.when) {
        (Sort::Soonest, _) => soonest(tx, &search, &times, cursor, limit).await?,
        (_, When::Any) => with_times_of_page(tx, &search, &times, cursor, limit).await?,
        (_, _) => with_times_only(tx, &search, &times, cursor, limit).await?,
    };
    let items = rows.shown.into_iter().map(|row| {
        let doctor = Doctor { distance_m: search.distance(row.place), ..(**search.doctor(row.place)).clone() };
        Found { doctor, next: row.next }
    });
    let page = Page { items: items.collect(), next_cursor: rows.next.map(|place| Cursor(place.written())) };
    Ok(Results { page, total })
}

/// How many doctors fit, without their times being shown. `None`: nobody does, as far as was looked.
pub(crate) async fn count(tx: &mut Tx, wanted: &Criteria, zone: &Zone) -> Result<Option<Total>, db::Error> {
    let results = find(tx, wanted, zone, &PageRequest::of(1, None)).await?;
    Ok(Some(results.total).filter(|_| !results.page.items.is_empty()))
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place {
    /// In the order of the index: what was last shown, or where a hundred begins.
    at: Option<Key>,
    /// Within that hundred, in the order of times.
    then: Option<Key>,
}

struct Row {
    place: usize,
    next: Vec<Slot>,
    /// The page may end here.
    end: Place,
}

/// The rows of a page, and where the next one begins, if there is one.
struct Rows {
    shown: Vec<Row>,
    next: Option<Place>,
}

impl Rows {
    /// From one row more than is shown, as proof that there are more; else the rest begins at `further`.
    fn new(mut shown: Vec<Row>, limit: usize, further: Option<Place>) -> Self {
        let more = shown.len() > limit;
        shown.truncate(limit);
        let next = if more { shown.last().map(|last| last.end) } else { further };
        Self { shown, next }
    }
}

/// The order is that of the index; times are wanted for what is shown.
async fn with_times_of_page(
    tx: &mut Tx,
    search: &Search<'_>,
    times: &Times<'_>,
    cursor: Place,
    limit: usize,
) -> Result<(Rows, Total), db::Error> {
    let found: Vec<(Key, usize)> = search.walk(cursor.after()).take(limit + 1).collect();
    let mut next = times.of(tx, search, &found[..found.len().min(limit)]).await?;
    let row = |(key, place): (Key, usize)| {
        let next = next.remove(&key.1).unwrap_or_default();
        Row { place, next, end: Place { at: Some(key), then: None } }
    };
    let rows = found.into_iter().map(row).collect();
    Ok((Rows::new(rows, limit, None), Total::Exactly(search.count())))
}

/// The order is that of the index; who has no time is left out.
async fn with_times_only(
    tx: &mut Tx,
    search: &Search<'_>,
    times: &Times<'_>,
    cursor: Place,
    limit: usize,
) -> Result<(Rows, Total), db::Error> {
    let fitting = search.count();
    if fitting <= HUNDRED {
        let all: Vec<(Key, usize)> = search.walk(Start::Top).collect();
        let rows = weighed(tx, search, times, &all).await?;
        let total = Total::Exactly(rows.len());
        let rest = rows.into_iter().filter(|row| cursor.at.is_none_or(|last| row.end.at > Some(last)));
        return Ok((Rows::new(rest.take(limit + 1).collect(), limit, None), total));
    }
    let (mut rows, mut left) = (Vec::new(), search.walk(cursor.after()).peekable());
    let mut last = None;
    for _ in 0..MOST_WEIGHED / HUNDRED {
        let some: Vec<(Key, usize)> = left.by_ref().take(HUNDRED).collect();
        last = some.last().map(|(key, _)| *key).or(last);
        rows.extend(weighed(tx, search, times, &some).await?);
        if left.peek().is_none() || rows.len() > limit {
            break;
        }
    }
    let further = left.peek().map(|_| Place { at: last, then: None });
    Ok((Rows::new(rows, limit, further), Total::BeforeTimes(fitting)))
}

/// Those of these who have a time.
async fn weighed(
    tx: &mut Tx,
    search: &Search<'_>,
    times: &Times<'_>,
    some: &[(Key, usize)],
) -> Result<Vec<Row>, db::Error> {
    let mut next = times.of(tx, search, some).await?;
    let row = |(key, place): &(Key, usize)| {
        let next = next.remove(&key.1)?;
        Some(Row { place: *place, next, end: Place { at: Some(*key), then: None } })
    };
    Ok(some.iter().filter_map(row).collect())
}

/// The soonest first within each hundred of the best rated.
async fn soonest(
    tx: &mut Tx,
    search: &Search<'_>,
    times: &Times<'_>,
    cursor: Place,
    limit: usize,
) -> Result<(Rows, Total), db::Error> {
    let fitting = search.count();
    // All of them are one hundred, wherever the cursor says that it begins.
    let from = cursor.at.filter(|_| fitting > HUNDRED).map_or(Start::Top, Start::At);
    let mut left = search.walk(from).peekable();
    let (mut rows, mut counted, mut after) = (Vec::new(), 0, cursor.then);
    for _ in 0..MOST_WEIGHED / HUNDRED {
        let some: Vec<(Key, usize)> = left.by_ref().take(HUNDRED).collect();
        let found = by_time(tx, search, times, &some).await?;
        counted += found.len();
        rows.extend(found.into_iter().filter(|row| after.is_none_or(|last| row.end.then > Some(last))));
        after = None;
        if left.peek().is_none() || rows.len() > limit {
            break;
        }
    }
    let further = left.peek().map(|(key, _)| Place { at: Some(*key), then: None });
    let total = match times.wanted.when {
        When::Any => Total::Exactly(fitting),
        _ if fitting <= HUNDRED => Total::Exactly(counted),
        _ => Total::BeforeTimes(fitting),
    };
    Ok((Rows::new(rows, limit, further), total))
}

/// These by their first time; who has none comes last, unless a day is asked for.
async fn by_time(
    tx: &mut Tx,
    search: &Search<'_>,
    times: &Times<'_>,
    some: &[(Key, usize)],
) -> Result<Vec<Row>, db::Error> {
    let mut next = times.of(tx, search, some).await?;
    let hundred = some.first().map(|(key, _)| *key);
    let row = |((_, id), place): &(Key, usize)| {
        let next = next.remove(id).unwrap_or_default();
        let first = next.first().map_or(i64::MAX, |slot| slot.starts_at.micros());
        Row { place: *place, next, end: Place { at: hundred, then: Some((first, *id)) } }
    };
    let mut rows: Vec<Row> = some.iter().map(row).collect();
    rows.retain(|row| times.wanted.when == When::Any || !row.next.is_empty());
    rows.sort_by_key(|row| row.end.then);
    Ok(rows)
}

/// Which times are looked for.
struct Times<'a> {
    wanted: &'a Criteria,
    window: (Timestamp, Timestamp),
}

impl Times<'_> {
    /// The next free times of these doctors; who has none is not in the answer.
    async fn of(
        &self,
        tx: &mut Tx,
        search: &Search<'_>,
        doctors: &[(Key, usize)],
    ) -> Result<HashMap<PractitionerId, Vec<Slot>>, db::Error> {
        let ids: Vec<PractitionerId> = doctors.iter().map(|(_, place)| search.doctor(*place).id).collect();
        let asked = self.asked(doctors.iter().map(|(_, place)| search.doctor(*place).as_ref()));
        let (from, to) = self.window;
        let soon = to.min(from.plus_days(SOON_DAYS));
        let mut found = self.between(tx, &ids, (from, soon), asked).await?;
        let has_few = |id: &PractitionerId| found.get(id).is_none_or(|slots| slots.len() < TIMES);
        let few: Vec<PractitionerId> = ids.iter().copied().filter(has_few).collect();
        if soon < to {
            found.extend(self.between(tx, &few, (from, to), asked).await?);
        }
        Ok(found)
    }

    async fn between(
        &self,
        tx: &mut Tx,
        doctors: &[PractitionerId],
        (from, to): (Timestamp, Timestamp),
        asked: usize,
    ) -> Result<HashMap<PractitionerId, Vec<Slot>>, db::Error> {
        if doctors.is_empty() {
            return Ok(HashMap::new());
        }
        let found = next_free(tx, doctors, from, to, self.wanted.mode, asked).await?;
        let shown = found.into_iter().map(|(id, slots)| (id, distinct(slots, self.wanted.max_fee)));
        Ok(shown.filter(|(_, slots)| !slots.is_empty()).collect())
    }

    /// Enough for the times of a card, if each has all offers of the doctor and none costs too much.
    fn asked<'a>(&self, doctors: impl Iterator<Item = &'a Doctor>) -> usize {
        if self.wanted.max_fee.is_some() {
            return ASKED;
        }
        let fitting = |mode: Mode| self.wanted.mode.is_none_or(|wanted| wanted == mode);
        let offers = doctors.map(|doctor| doctor.offers.iter().filter(|offer| fitting(offer.mode)).count());
        ASKED.min(TIMES * offers.max().unwrap_or(1).max(1))
    }
}

/// One entry per start, the first mode of [`scheduling::slots::Mode::ALL`] winning, and nothing above the fee.
fn distinct(mut slots: Vec<Slot>, max_fee: Option<i64>) -> Vec<Slot> {
    slots.retain(|slot| max_fee.is_none_or(|most| slot.price.amount <= most));
    slots.sort_by_key(|slot| (slot.starts_at, slot.mode));
    slots.dedup_by_key(|slot| slot.starts_at);
    slots.truncate(TIMES);
    slots
}

impl Place {
    fn after(self) -> Start {
        self.at.map_or(Start::Top, Start::After)
    }

    /// "number~id", and the same once more within a hundred.
    fn written(self) -> String {
        let keys = [self.at, self.then].into_iter().flatten();
        keys.map(|(number, id)| format!("{number}~{id}")).collect::<Vec<_>>().join("~")
    }

    fn read(cursor: &Cursor) -> Option<Self> {
        let mut parts = cursor.0.split('~');
        let mut key = || Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?));
        Some(Self { at: Some(key()?), then: key() })
    }
}
