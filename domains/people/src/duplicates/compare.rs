//! Compare what is new or changed with what has a key in common.

use std::collections::BTreeMap;

use db::{Context, Tx};
use jobs::When;
use kernel::ids::{DuplicateId, PatientId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use web::App;

use super::{
    config::{Config, Thresholds},
    keys::keys,
    store::{self, Subject},
    weights::{Weighed, weigh},
};

/// Records compared in one go.
const AT_ONCE: i64 = 200;
/// Goes of one job; what is left over is the next one's.
const GOES: usize = 50;

/// A record is new, or was changed.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct LookForDuplicates {}

impl jobs::Job for LookForDuplicates {
    const NAME: &'static str = "people.look_for_duplicates";
}

/// Have it compared after the commit.
pub(crate) async fn plan(tx: &mut Tx) -> Result<(), db::Error> {
    jobs::enqueue(tx, &LookForDuplicates {}, When::Now).await?;
    Ok(())
}

/// All that waits. Keys are committed before anybody looks: of two records that are new at once, at least the one whose keys came second
/// finds the other. Safe to run twice, and beside itself.
pub async fn look(app: &App) -> Result<(), db::Error> {
    let thresholds = app.part::<Config>().thresholds;
    for _ in 0..GOES {
        let mut tx = app.db().begin(&Context::system("people.look_for_duplicates")).await?;
        let subjects = store::list_to_compare(&mut tx, AT_ONCE).await?;
        if subjects.is_empty() {
            return tx.commit().await;
        }
        store::set_keys(&mut tx, &rows_of_keys(&subjects, Which::Kept)).await?;
        tx.commit().await?;
        let mut tx = app.db().begin(&Context::system("people.look_for_duplicates")).await?;
        compare(&mut tx, &subjects, thresholds).await?;
        tx.commit().await?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Which {
    Kept,
    Wanted,
}

fn rows_of_keys(subjects: &[Subject], which: Which) -> Value {
    let row = |subject: &Subject| {
        let keys = keys(&subject.person);
        json!({ "id": subject.id, "keys": match which { Which::Kept => keys.kept, Which::Wanted => keys.wanted } })
    };
    subjects.iter().map(row).collect()
}

async fn compare(tx: &mut Tx, subjects: &[Subject], thresholds: Thresholds) -> Result<(), db::Error> {
    let others = store::list_in_common(tx, &rows_of_keys(subjects, Which::Wanted)).await?;
    // Two subjects of one go find each other from both sides.
    let mut found: BTreeMap<(PatientId, PatientId), Weighed> = BTreeMap::new();
    for other in &others {
        let Some(subject) = subjects.iter().find(|subject| subject.id.uuid() == other.asked) else { continue };
        let pair = (subject.id.min(other.id), subject.id.max(other.id));
        found.entry(pair).or_insert_with(|| weigh(&subject.person, &other.person, thresholds));
    }
    let rows: Value = found
        .into_iter()
        .filter_map(|((one, other), weighed)| {
            let reasons: Vec<_> = weighed.reasons.iter().map(|reason| reason.code()).collect();
            let id = tx.id::<DuplicateId>();
            Some(json!({ "id": id, "one": one, "other": other, "score": weighed.score, "band": weighed.band?.code(), "reasons": reasons }))
        })
        .collect();
    let compared: Vec<PatientId> = subjects.iter().map(|subject| subject.id).collect();
    store::delete_others(tx, &compared, &rows).await?;
    store::upsert_pairs(tx, &rows).await?;
    let versions = subjects.iter().map(|subject| json!({ "id": subject.id, "version": subject.version })).collect();
    store::set_compared(tx, &versions).await
}
