//! Pages: the doctor's queue, and the patient's part of a prescription's page.

pub(crate) mod doctor;
pub(crate) mod patient;
