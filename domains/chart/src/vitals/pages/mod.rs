//! HTML: the charts and values of a patient, the form for a reading, the units somebody reads in.

pub(super) mod charts;
pub(super) mod form;
pub(super) mod units;

use kernel::ids::PatientId;
use web::Ctx;

/// Whose record, and whether a doctor has it open.
type Of = (PatientId, bool);

/// Where the pages of a patient's measurements begin.
fn base((patient, for_doctor): Of) -> String {
    if for_doctor { format!("/doctor/patients/{patient}/vitals") } else { "/record/vitals".to_owned() }
}

/// Whether the page is read from the right.
fn from_right(me: &Ctx) -> bool {
    me.locale().dir() == "rtl"
}
