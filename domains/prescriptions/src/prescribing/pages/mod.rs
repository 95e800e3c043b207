//! Pages: the doctor's prescribing panel, and the patient's prescriptions.

pub(crate) mod doctor;
mod facts;
pub(crate) mod life;
pub(crate) mod patient;
pub(crate) mod shared;
