use access::{Actor, Role};
use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind,
    ids::{FacilityId, PractitionerId},
};

use super::store;

/// A place that sells in its own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace {
    pub facility: FacilityId,
    /// As it is printed on invoices.
    pub name: String,
    pub registration_no: String,
    pub registration_body: String,
    /// Where the gateway writes to about payouts.
    pub email: String,
    /// Two letters, or nothing.
    pub country: String,
}

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("administrators say who sells")]
    NotAllowed,
    #[error("this place is a supplier already")]
    Known,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for RegisterError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::NotAllowed => FaultKind::NotFound,
            Self::Known => FaultKind::conflict("supplier_known"),
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// From now on charges may name it. It is paid once the gateway has verified its account.
pub async fn register(tx: &mut Tx, actor: &Actor, new: &NewPlace) -> Result<PractitionerId, RegisterError> {
    if !actor.is(Role::Administrator) {
        return Err(RegisterError::NotAllowed);
    }
    let id = tx.id::<PractitionerId>();
    store::insert(tx, id, new).await.on_constraint("suppliers_facility_id_key", || RegisterError::Known)?;
    let (action, object_id) = ("supplier_registered", id.uuid());
    audit::record(tx, audit::Entry { action, object: "supplier", object_id, patient: None, purpose: "operations" })
        .await?;
    Ok(id)
}
