use db::{ResultExt, Tx};
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{FacilityId, PractitionerId},
};

use super::{model::NewPlace, store};

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("something must be corrected")]
    Invalid(Vec<FieldError>),
    #[error("a place of this name is in this city")]
    Exists,
    #[error("no such doctor or place")]
    NotFound,
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl Fault for OpenError {
    fn kind(&self) -> FaultKind {
        match self {
            Self::Invalid(errors) => FaultKind::Invalid(errors.clone()),
            Self::Exists => FaultKind::conflict("place_exists"),
            Self::NotFound => FaultKind::NotFound,
            Self::Db(_) => FaultKind::Internal,
        }
    }
}

/// Open a place to the public. An administrator's command: row-level security lets nobody else write here.
pub async fn open_place(tx: &mut Tx, new: &NewPlace) -> Result<FacilityId, OpenError> {
    let mut faults = Vec::new();
    for (text, longest, field, key) in [
        (&new.name, 120, "name", "facilities-error-name"),
        (&new.street, 200, "street", "facilities-error-street"),
        (&new.city, 100, "city", "facilities-error-city"),
    ] {
        if text.trim().is_empty() || text.chars().count() > longest {
            faults.push(FieldError::new(field, key));
        }
    }
    if !new.hours.is_well_formed() {
        faults.push(FieldError::new("hours", "facilities-error-hours"));
    }
    if !faults.is_empty() {
        return Err(OpenError::Invalid(faults));
    }
    store::insert(tx, new).await.on_constraint("facilities_name_city_country_key", || OpenError::Exists)
}

/// A doctor practises here from now on. Saying it twice is fine.
pub async fn let_practise(tx: &mut Tx, doctor: PractitionerId, place: FacilityId) -> Result<(), OpenError> {
    let written = store::insert_practice(tx, doctor, place).await;
    written.on_constraint("practice_places_facility_id_fkey", || OpenError::NotFound).map_err(|error| match error {
        OpenError::Db(db) if db.constraint() == Some("practice_places_practitioner_id_fkey") => OpenError::NotFound,
        other => other,
    })
}

/// A doctor no longer practises here; visits already booked stay.
pub async fn stop_practising(tx: &mut Tx, doctor: PractitionerId, place: FacilityId) -> Result<(), OpenError> {
    Ok(store::remove_practice(tx, doctor, place).await?)
}
