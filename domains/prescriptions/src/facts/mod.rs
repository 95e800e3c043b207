//! What the safety checks know of a patient, and where it comes from.
//!
//! Age and sex come from the person, weight and height from the vital signs, a chronic kidney disease, a pregnancy and breast-feeding
//! also from the problem list. What else must be asked before prescribing (creatinine, pregnancy, breast-feeding, medicines from
//! elsewhere) a prescriber writes down here. Answers grow old ([`model::Facts::at`]): a pregnancy ends, kidneys change.

mod api;
mod known;
mod model;
mod record;
mod store;

pub(crate) use known::{Known, known};
pub use model::{CreatinineUnit, Facts, NewFacts};
pub use record::{RecordError, record};

pub(crate) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .api_get::<Doctor, (), api::View, _, _>(
            "/api/v1/patients/{patient}/prescribing-facts",
            "What the safety checks know of a patient",
            api::show,
        )
        .api_post::<Doctor, NewFacts, api::View, _, _>(
            "/api/v1/patients/{patient}/prescribing-facts",
            "Write down creatinine, pregnancy, breast-feeding, medicines from elsewhere",
            api::add,
        )
}
