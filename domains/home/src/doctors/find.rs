//! The search: filters in the database, free times in one more round trip, one order, one page by key.

use std::collections::HashMap;

use db::Tx;
use kernel::{Cursor, Page, PageRequest, Timestamp, Zone, ids::PractitionerId};
use scheduling::slots::{Slot, next_free};

use super::{
    criteria::{Criteria, Sort, When},
    model::{Doctor, Found},
    store::{self, Fitting},
};

/// Times shown on one card.
pub(crate) const TIMES: usize = 5;
/// Times asked for: the same time in two modes is one time, and some may cost too much.
const ASKED: usize = 16;

/// A page of doctors, and how many there are in all.
#[derive(Debug)]
pub(crate) struct Results {
    pub(crate) page: Page<Found>,
    pub(crate) total: usize,
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
    let doctors = store::list_fitting(tx, &wanted).await?;
    let mut times = HashMap::new();
    let mut ordered: Vec<(Key, Fitting)> = if wanted.needs_times() {
        times = times_of(tx, &doctors, &wanted, zone).await?;
        let free =
            doctors.into_iter().filter(|doctor| wanted.when == When::Any || times.contains_key(&doctor.doctor.id));
        free.map(|doctor| (key(&doctor, times.get(&doctor.doctor.id), &wanted), doctor)).collect()
    } else {
        doctors.into_iter().map(|doctor| (key(&doctor, None, &wanted), doctor)).collect()
    };
    ordered.sort_by_key(|(key, _)| *key);
    let total = ordered.len();
    let after = request.cursor.as_ref().and_then(read);
    let rest: Vec<(Key, Fitting)> =
        ordered.into_iter().filter(|(key, _)| after.is_none_or(|after| *key > after)).collect();
    let shown =
        Page::from_rows(rest.into_iter().take(request.limit_usize() + 1).collect(), request, |(key, _)| write(*key));
    if !wanted.needs_times() {
        let doctors: Vec<Fitting> = shown.items.iter().map(|(_, doctor)| doctor.clone()).collect();
        times = times_of(tx, &doctors, &wanted, zone).await?;
    }
    let page = shown.map(|(_, Fitting { doctor, distance_m })| {
        let next = times.remove(&doctor.id).unwrap_or_default();
        Found { doctor: Doctor { distance_m, ..(*doctor).clone() }, next }
    });
    Ok(Results { page, total })
}

/// How many doctors fit, without their times being shown.
pub(crate) async fn count(tx: &mut Tx, wanted: &Criteria, zone: &Zone) -> Result<usize, db::Error> {
    find(tx, wanted, zone, &PageRequest::of(1, None)).await.map(|results| results.total)
}

async fn times_of(
    tx: &mut Tx,
    doctors: &[Fitting],
    wanted: &Criteria,
    zone: &Zone,
) -> Result<HashMap<PractitionerId, Vec<Slot>>, db::Error> {
    let ids: Vec<PractitionerId> = doctors.iter().map(|fitting| fitting.doctor.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (from, to) = wanted.when.window(tx.now(), zone);
    let found = next_free(tx, &ids, from, to, wanted.mode, ASKED).await?;
    let shown = found.into_iter().map(|(id, slots)| (id, distinct(slots, wanted.max_fee)));
    Ok(shown.filter(|(_, slots)| !slots.is_empty()).collect())
}

/// One entry per start, the first mode of [`scheduling::slots::Mode::ALL`] winning, and nothing above the fee.
fn distinct(mut slots: Vec<Slot>, max_fee: Option<i64>) -> Vec<Slot> {
    slots.retain(|slot| max_fee.is_none_or(|most| slot.price.amount <= most));
    slots.sort_by_key(|slot| (slot.starts_at, slot.mode));
    slots.dedup_by_key(|slot| slot.starts_at);
    slots.truncate(TIMES);
    slots
}

/// Where a doctor stands in the order: a number that grows, and the id, so that no two are equal.
type Key = (i64, PractitionerId);

fn key(Fitting { doctor, distance_m }: &Fitting, times: Option<&Vec<Slot>>, wanted: &Criteria) -> Key {
    let first = times.and_then(|slots| slots.first()).map(|slot| slot.starts_at);
    let number = match wanted.order() {
        Sort::Soonest => first.map_or(i64::MAX, Timestamp::micros),
        Sort::Fee => doctor.cheapest(wanted.mode).map_or(i64::MAX, |offer| offer.price.amount),
        Sort::Distance => distance_m.map_or(i64::MAX, whole),
        Sort::Rating | Sort::Best => -whole(doctor.shown_score().unwrap_or(4.0) * 1000.0),
    };
    (number, doctor.id)
}

/// Metres or thousandths of a star: small numbers, so rounding loses nothing that matters.
#[expect(clippy::cast_possible_truncation, reason = "bounded by the circumference of the earth")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

fn write((number, id): Key) -> String {
    format!("{number}~{id}")
}

fn read(cursor: &Cursor) -> Option<Key> {
    let (number, id) = cursor.0.split_once('~')?;
    Some((number.parse().ok()?, id.parse().ok()?))
}
