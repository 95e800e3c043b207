use std::cmp::Reverse;

use db::Tx;
use kernel::{Money, Timestamp, ids::PractitionerId};

use super::store;
use crate::{
    appointments::{Appointment, Near, alternatives_under, doctor_of},
    slots::{Notice, Slot, next_free_on},
};

/// So many times are offered of the doctor, and so many of colleagues.
const EACH: usize = 3;
/// Colleagues whose times are looked at.
const COLLEAGUES: i64 = 40;
/// How far from the old time a colleague's may lie.
const EARLIER_HOURS: i64 = 3;
const LATER_HOURS: i64 = 48;

/// A time that can be taken instead.
#[derive(Clone, Debug)]
pub struct Offered {
    pub doctor: PractitionerId,
    pub doctor_slug: String,
    pub doctor_name: String,
    pub slot: Slot,
}

#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// Of the same doctor, those nearest to the old time, in the order of time; never the old time itself.
    pub same: Vec<Offered>,
    /// Of others of the same specialty and mode, at about the same time; those that cost the same first.
    pub others: Vec<Offered>,
}

/// What may be taken instead of an appointment that was called off.
pub async fn offers(tx: &mut Tx, called_off: &Appointment) -> Result<Offers, db::Error> {
    let wished = called_off.starts_at.max(tx.now());
    let notice = store::find(tx, called_off.id).await?.map_or(Notice::AsOffered, |choice| choice.cause.notice());
    let same = of_doctor(tx, called_off, wished, notice).await?;
    Ok(Offers { same, others: of_colleagues(tx, called_off, wished, notice).await? })
}

async fn of_doctor(
    tx: &mut Tx,
    called_off: &Appointment,
    wished: Timestamp,
    notice: Notice,
) -> Result<Vec<Offered>, db::Error> {
    let Some((slug, name)) = doctor_of(tx, called_off.practitioner).await? else { return Ok(Vec::new()) };
    let near = Near { doctor: called_off.practitioner, wished, mode: called_off.mode };
    // Two of them may touch the time that was called off: one from before it, one from behind.
    let slots = alternatives_under(tx, &near, notice, EACH + 2).await?.into_iter();
    let fits = |slot: &Slot| !slot.requires_approval && !slot.overlaps(called_off.starts_at, called_off.ends_at);
    let offered =
        |slot| Offered { doctor: called_off.practitioner, doctor_slug: slug.clone(), doctor_name: name.clone(), slot };
    let mut same: Vec<Offered> = slots.filter(fits).take(EACH).map(offered).collect();
    same.sort_by_key(|offered| offered.slot.starts_at);
    Ok(same)
}

async fn of_colleagues(
    tx: &mut Tx,
    called_off: &Appointment,
    wished: Timestamp,
    notice: Notice,
) -> Result<Vec<Offered>, db::Error> {
    let colleagues = store::list_colleagues(tx, called_off.practitioner, called_off.mode, COLLEAGUES).await?;
    if colleagues.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PractitionerId> = colleagues.iter().map(|colleague| colleague.id).collect();
    let range = (wished.plus_minutes(-EARLIER_HOURS * 60), wished.plus_minutes(LATER_HOURS * 60));
    let mut free = next_free_on(tx, &ids, range, Some(called_off.mode), notice, 24).await?;
    let mut found = Vec::new();
    for colleague in colleagues {
        let slots = free.remove(&colleague.id).unwrap_or_default();
        let nearest = slots.into_iter().filter(|slot| !slot.requires_approval).min_by_key(|slot| away(slot, wished));
        if let Some(slot) = nearest {
            found.push(Offered {
                doctor: colleague.id,
                doctor_slug: colleague.slug,
                doctor_name: colleague.name,
                slot,
            });
        }
    }
    found.sort_by_key(|offered| (Reverse(costs(offered, called_off.price)), away(&offered.slot, wished)));
    found.truncate(EACH);
    Ok(found)
}

fn costs(offered: &Offered, price: Money) -> bool {
    offered.slot.price == price
}

fn away(slot: &Slot, wished: Timestamp) -> i64 {
    slot.starts_at.seconds_since(wished).abs()
}
