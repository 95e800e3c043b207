//! Prescriptions: what a doctor orders at a visit, checked for safety, signed, printed, and verified by a pharmacy.
//!
//! * [`formulary`]: what may be prescribed, and the search in it
//! * [`directions`]: dose, route, how often, how long; as a sentence and as a quantity
//! * [`facts`]: what the safety checks know of a patient
//! * [`safety`]: alerts from allergies, interactions, duplicates, doses, kidneys, age, pregnancy and milk
//! * [`fills`]: what was dispensed, and the claim that lets nothing be dispensed twice
//! * [`leaflets`]: medicines in plain words
//! * [`refills`]: asked for by patients, answered by doctors
//! * `oversight`: how often alerts are overridden
//! * [`prescribing`]: draft, signature, end; pages of doctor and patient, the PDF, the news to the patient
//! * [`verification`]: the public page behind the QR code

pub mod directions;
pub mod facts;
pub mod fills;
pub mod formulary;
mod holdings;
pub mod leaflets;
mod oversight;
pub mod prescribing;
pub mod refills;
pub mod safety;
mod verification;

pub use holdings::PrescriptionHoldings;
pub use prescribing::{PrescriptionSigned, PrescriptionsPanel, VisitMedicines};

/// This room, for the server.
pub fn room() -> web::Room {
    web::Room { name: "prescriptions", routes: routes(), jobs: prescribing::jobs().merge(refills::jobs()) }
}

fn routes() -> web::Routes {
    formulary::routes()
        .merge(facts::routes())
        .merge(prescribing::routes())
        .merge(refills::routes())
        .merge(oversight::routes())
        .merge(verification::routes())
}
