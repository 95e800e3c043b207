//! "Is this person here already?", asked at the desk.

use access::Actor;
use db::Tx;
use kernel::{Fault, FaultKind, ids::PatientId};
use serde_json::json;

use super::{
    config::Thresholds,
    keys::keys,
    model::{Band, Person, Reason},
    store,
    weights::weigh,
};
use crate::cards::may_identify;

/// Why a record is touched, as the access log says it.
const PURPOSE: &str = "identification";
/// Nobody browses by this.
const MOST_SHOWN: usize = 5;

/// What somebody says of themselves. A name alone is not enough: it would list everybody of that name.
#[derive(Clone, Debug)]
pub struct Asked(pub Person);

/// Somebody who is here, and what agrees.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: PatientId,
    pub record_no: String,
    pub person: Person,
    pub band: Band,
    pub reasons: Vec<Reason>,
}

#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    #[error("people are looked for by the staff")]
    NotStaff,
    #[error("a name alone is not enough")]
    TooLittle,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for ProbeError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotStaff => FaultKind::forbidden("web-only-staff", "web-who-gives-roles"),
            Self::TooLittle => FaultKind::invalid("birth_date", "people-find-error-more"),
            Self::Db(error) if error.is_unavailable() => FaultKind::Unavailable,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// The likeliest first, each written into their access log; what is unlikely is not shown. In the system's context, for whoever asks may
/// have nothing else to do with them.
pub async fn probe(
    tx: &mut Tx,
    actor: &Actor,
    Asked(asked): &Asked,
    thresholds: Thresholds,
) -> Result<Vec<Found>, ProbeError> {
    if !may_identify(actor) {
        return Err(ProbeError::NotStaff);
    }
    if asked.birth_date.is_none() && asked.phones.is_empty() {
        return Err(ProbeError::TooLittle);
    }
    let wanted = json!([{ "id": uuid::Uuid::nil(), "keys": keys(asked).wanted }]);
    let others = store::list_in_common(tx, &wanted).await?;
    let mut found: Vec<(i32, Found)> = others
        .into_iter()
        .filter_map(|other| {
            let weighed = weigh(asked, &other.person, thresholds);
            let band = weighed.band.filter(|band| *band >= Band::Medium)?;
            let store::Other { id, record_no, person, .. } = other;
            Some((weighed.score, Found { id, record_no, person, band, reasons: weighed.reasons }))
        })
        .collect();
    found.sort_by_key(|(score, found)| (std::cmp::Reverse(found.band), std::cmp::Reverse(*score), found.id));
    found.truncate(MOST_SHOWN);
    let shown: Vec<PatientId> = found.iter().map(|(_, found)| found.id).collect();
    store::record_shown(tx, &shown, PURPOSE).await?;
    Ok(found.into_iter().map(|(_, found)| found).collect())
}
