//! A patient is a person with a medical record here. The record's number is random: it tells nothing about when or how many.
//!
//! Names fit any script and may be one word. Sex at birth is asked for reference ranges and dose rules, and may stay unknown.
//! Blood group is health content and sealed; everything else here identifies, and is shown to those who care for the person.

mod create;
mod model;
pub mod pages;
mod profile;
pub mod store;

pub(crate) use create::record_no;
pub use create::{CreateError, NewPatient, create_own};
pub use model::{BloodGroup, EmergencyContact, PatientProfile, birth_date_of};
pub use profile::{ProfileForm, UpdateError, update_own};
pub use store::{Brief, brief, find_for, list_briefs};
