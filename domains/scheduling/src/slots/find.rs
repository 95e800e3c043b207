use std::collections::HashMap;

use db::Tx;
use kernel::{TimeSlot, Timestamp, ids::PractitionerId};

use super::{
    hours::open_hours,
    model::{Mode, Notice, Slot, Wanted},
    open::open_slots,
    store::{Doctors, rules_for},
};

/// More than any page shows and any week holds.
const MOST: usize = 5_000;

/// The open times of one published doctor that start in `[from, to)`, in order. Empty for a doctor who cannot be booked.
pub async fn free_for_doctor(
    tx: &mut Tx,
    doctor: PractitionerId,
    from: Timestamp,
    to: Timestamp,
    mode: Option<Mode>,
) -> Result<Vec<Slot>, db::Error> {
    let now = tx.now();
    let from = from.max(now);
    let rules = rules_for(tx, &[doctor], Doctors::Published, from, to).await?;
    let wanted = Wanted { from, to, mode, now, notice: Notice::AsOffered, at_most: MOST };
    Ok(rules.first().map(|rules| open_slots(rules, &wanted)).unwrap_or_default())
}

/// The next `per_doctor` open times of each of these published doctors, in one query. Doctors without one are not in the answer.
pub async fn next_free(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    from: Timestamp,
    to: Timestamp,
    mode: Option<Mode>,
    per_doctor: usize,
) -> Result<HashMap<PractitionerId, Vec<Slot>>, db::Error> {
    next_free_on(tx, doctors, (from, to), mode, Notice::AsOffered, per_doctor).await
}

/// As `next_free`, under these rules: what is urgent may also have minutes that are kept back, and at short notice.
pub async fn next_free_on(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    (from, to): (Timestamp, Timestamp),
    mode: Option<Mode>,
    notice: Notice,
    per_doctor: usize,
) -> Result<HashMap<PractitionerId, Vec<Slot>>, db::Error> {
    let now = tx.now();
    let from = from.max(now);
    let wanted = Wanted { from, to, mode, now, notice, at_most: per_doctor };
    let rules = rules_for(tx, doctors, Doctors::Published, from, to).await?;
    let found = rules.iter().map(|rules| (rules.practitioner, open_slots(rules, &wanted)));
    Ok(found.filter(|(_, slots)| !slots.is_empty()).collect())
}

/// When each of these published doctors is at work within a stretch, whoever has taken it. Who is not is not in the answer.
pub async fn at_work(
    tx: &mut Tx,
    doctors: &[PractitionerId],
    within: TimeSlot,
) -> Result<HashMap<PractitionerId, Vec<TimeSlot>>, db::Error> {
    let rules = rules_for(tx, doctors, Doctors::Published, within.starts_at(), within.ends_at()).await?;
    let found = rules.iter().map(|rules| (rules.practitioner, open_hours(rules, within)));
    Ok(found.filter(|(_, hours)| !hours.is_empty()).collect())
}
