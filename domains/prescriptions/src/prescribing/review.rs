//! The alerts of a prescription, worked out now: of a draft before it is signed, of a signed one before it is dispensed.

use chart::purpose;
use db::Tx;
use kernel::{Timestamp, ids::PrescriptionId};
use vault::Vault;

use super::{
    ReadError,
    model::{Item, Prescription, Status},
    read,
};
use crate::{
    facts,
    formulary::{self, Drug, ingredients_meant},
    safety::{Alert, Checked, Taken, check},
};

/// Effects of what was stopped longer ago are over.
const LONGEST_WASHOUT_DAYS: u32 = 60;

/// What must be said about this prescription now: against the patient's allergies, age, weight, kidneys, pregnancy and milk, against
/// what other prescriptions hold and what the patient takes from elsewhere, and within itself. Each section that is read writes its
/// audit row.
pub async fn review(tx: &mut Tx, vault: &Vault, prescription: &Prescription) -> Result<Vec<Alert>, ReadError> {
    let patient = prescription.patient;
    let allergies = chart::allergies::list_for(tx, vault, patient, purpose::PRESCRIBING).await?;
    let known = facts::known(tx, vault, patient, purpose::PRESCRIBING).await?;
    let now = tx.now();
    let mut taken: Vec<Taken> = read::list_for_patient(tx, vault, patient, purpose::PRESCRIBING, 50)
        .await?
        .into_iter()
        .flatten()
        .filter(|other| other.id != prescription.id)
        // What it takes the place of, or renews, is not taken beside it.
        .filter(|other| Some(other.id) != prescription.replaces && Some(other.id) != prescription.renews)
        .flat_map(|other| taken_of(&other, now))
        .collect();
    taken.extend(from_elsewhere(&known.facts.other_medicines));
    let drugs: Vec<Option<&'static Drug>> =
        prescription.items.iter().map(|item| formulary::find(&item.content.code)).collect();
    let items: Vec<Checked<'_>> = prescription
        .items
        .iter()
        .zip(&drugs)
        .filter_map(|(item, drug)| {
            let position = u16::try_from(item.position).ok()?;
            drug.map(|drug| Checked { position, drug, directions: &item.content.directions })
        })
        .collect();
    Ok(check(&items, &allergies, &taken, &known.person))
}

/// The same checks for whoever is about to dispense: the patient may have become allergic, pregnant or another doctor's patient since
/// the signature.
pub async fn review_for_dispensing(tx: &mut Tx, vault: &Vault, id: PrescriptionId) -> Result<Vec<Alert>, ReadError> {
    let prescription = read::find_for(tx, vault, id, purpose::PRESCRIBING).await?;
    review(tx, vault, &prescription).await
}

/// What a prescription says the patient takes now, or took until lately. A valid one may still be fetched; one past its last day
/// lasts as long as its days; one that was signed by mistake was not taken.
fn taken_of(other: &Prescription, now: Timestamp) -> Vec<Taken> {
    let since = |item: &Item| {
        let last = match other.status {
            Status::Active | Status::OnHold => return Some(0),
            Status::Expired | Status::Completed => other.signed_at?.plus_days(i64::from(item.content.directions.days)),
            Status::Stopped | Status::Replaced => other.ended_at?,
            Status::Draft | Status::Cancelled => return None,
        };
        days_since(last, now)
    };
    other
        .items
        .iter()
        .filter_map(|item| {
            let days_since = since(item)?;
            Some(Taken {
                name: item.content.name(),
                ingredients: item.content.ingredients.clone(),
                systemic: item.content.directions.route.is_systemic(),
                days_since,
            })
        })
        .collect()
}

/// Days begun since then, 0 while it is to come; none when any effect is over.
fn days_since(last: Timestamp, now: Timestamp) -> Option<u32> {
    if now < last {
        return Some(0);
    }
    let days = u32::try_from(now.seconds_since(last) / 86_400 + 1).ok()?;
    (days <= LONGEST_WASHOUT_DAYS).then_some(days)
}

fn from_elsewhere(words: &str) -> Vec<Taken> {
    ingredients_meant(words)
        .into_iter()
        .map(|ingredient| Taken {
            name: ingredient.to_owned(),
            ingredients: vec![ingredient.to_owned()],
            systemic: true,
            days_since: 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_last_dose_until_any_effect_is_over() {
        let last = Timestamp::from_unix_seconds(0);
        assert_eq!(days_since(last, last.plus_seconds(-1)), Some(0));
        assert_eq!(days_since(last, last), Some(1));
        assert_eq!(days_since(last, last.plus_days(13)), Some(14));
        assert_eq!(days_since(last, last.plus_days(60)), None);
    }

    #[test]
    fn medicines_from_elsewhere_are_read_in_words() {
        let names: Vec<String> = from_elsewhere("Warfarin 5 mg, Panadol").into_iter().map(|taken| taken.name).collect();
        assert_eq!(names, ["acetaminophen", "warfarin"]);
    }
}
