//! What prescriptions say before two records are joined (`people::joins`): how many there are, and whether both prescribe one ingredient
//! now. Counts for an administrator, who reads no prescription; nothing of it is logged with a patient.

mod store;

use std::collections::BTreeSet;

use async_trait::async_trait;
use db::Tx;
use kernel::{Timestamp, ids::PatientId};
use people::joins::{Conflict, Held, Holdings, Pair, Seen};
use vault::Vault;

use crate::prescribing::{ItemContent, at_item};

/// Put into `people::joins::Parts` by the server.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrescriptionHoldings;

#[async_trait]
impl Holdings for PrescriptionHoldings {
    async fn look(&self, tx: &mut Tx, vault: &Vault, Pair { one, other }: Pair) -> Result<Seen, db::Error> {
        let (first, unread) = active(tx, vault, one).await?;
        let (second, unread_too) = active(tx, vault, other).await?;
        let twice = i64::try_from(first.intersection(&second).count()).unwrap_or(i64::MAX);
        Ok(Seen {
            holds: vec![Held {
                key: "prescriptions-join-signed",
                one: store::count(tx, one, None).await?,
                other: store::count(tx, other, None).await?,
            }],
            conflicts: vec![
                Conflict { key: "prescriptions-join-twice", count: twice },
                Conflict { key: "prescriptions-join-unread", count: unread + unread_too },
            ],
            obstacles: Vec::new(),
        })
    }

    async fn since(
        &self,
        tx: &mut Tx,
        survivor: PatientId,
        since: Timestamp,
    ) -> Result<Vec<(&'static str, i64)>, db::Error> {
        Ok(vec![("prescriptions-join-signed", store::count(tx, survivor, Some(since)).await?)])
    }
}

/// Ingredients of what is prescribed now, and how many items could not be opened.
async fn active(tx: &mut Tx, vault: &Vault, patient: PatientId) -> Result<(BTreeSet<String>, i64), db::Error> {
    let (mut ingredients, mut unread) = (BTreeSet::new(), 0);
    for item in store::list_active(tx, patient).await? {
        match vault.open_json::<ItemContent>(tx, patient, at_item(item.id), &item.content_sealed).await {
            Ok(content) => ingredients.extend(content.into_inner().ingredients),
            Err(error) => {
                tracing::error!(item = %item.id, %error, "prescription.item_unread");
                unread += 1;
            }
        }
    }
    Ok((ingredients, unread))
}
