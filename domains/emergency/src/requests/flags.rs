//! What was said yes to, sealed: a guest has no key of their own, so under the house's.

use db::Tx;
use kernel::ids::UrgentRequestId;
use vault::{At, Vault};

use super::store;

const fn place_of(id: UrgentRequestId) -> At {
    At::new("urgent_requests", "flags_sealed", id.uuid())
}

pub(super) async fn seal(
    tx: &mut Tx,
    vault: &Vault,
    id: UrgentRequestId,
    codes: &[String],
) -> Result<Option<Vec<u8>>, vault::Error> {
    if codes.is_empty() {
        return Ok(None);
    }
    vault.seal_platform_json(tx, place_of(id), &codes).await.map(Some)
}

/// The codes, for who asked and for doctors who are asked.
pub(crate) async fn read(tx: &mut Tx, vault: &Vault, id: UrgentRequestId) -> Result<Vec<String>, vault::Error> {
    match store::find_flags(tx, id).await? {
        Some(sealed) => Ok(vault.open_platform_json::<Vec<String>>(tx, place_of(id), &sealed).await?.into_inner()),
        None => Ok(Vec::new()),
    }
}
