//! Pages of the record: the patient's own, the log of who opened it, the doctor's chart page.

pub(crate) mod access_log;
pub(crate) mod doctor;
pub(crate) mod patient;
