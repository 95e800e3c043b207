//! Appointments.
//!
//! ```text
//! booking   requested ─approve─▶ held ─money─▶ confirmed ─end─▶ fulfilled      (held ─money under way─▶ held, 10 min longer, once)
//!           (kept for one of the waiting list) held ─accept─▶ held
//!           requested ─▶ rejected              held ─▶ expired (30 min) | released
//!           confirmed ─▶ cancelled_by_{patient,doctor,platform} | no_show_{patient,doctor}
//!           confirmed ─reschedule─▶ confirmed (same id)      expired ─late money, time still free─▶ confirmed
//! visit     not_open ─arrive─▶ waiting ─admit─▶ in_consultation ─end─▶ ended ─sign─▶ signed
//! ```
//!
//! States change by named commands only (`model::Verb`); every transition is a row of `appointment_events`. Every command takes the
//! advisory lock of the practitioner, then of the patient, then the row. Two exclusion constraints stand behind the locks. That a hold
//! has lapsed is a matter of the database's time (`Appointment::status_at`), never of a job having run.

mod absent;
mod api;
mod attend;
mod book;
mod cancel;
pub(crate) mod care;
mod change;
mod confirm;
mod decide;
mod desk;
mod door;
pub(crate) mod grace;
mod model;
mod offered;
mod pages;
pub mod policy;
mod reason;
mod reschedule;
mod served;
pub(crate) mod store;
pub(crate) mod tidy;
mod urgent;
mod voucher;

pub use absent::{AbsentError, Absentee, miss_by_clock, no_show, reinstate};
pub use attend::{ArriveError, Queue, admit, arrive, end, fail, mark_signed, queue_for};
pub use book::{BookAppointment, BookError, Wish, book};
pub use cancel::{CancelError, CancelReason, Cancelled, cancel, displace, release};
pub use change::ChangeError;
pub use confirm::{ConfirmError, Outcome, confirm};
pub use decide::{DecideError, Decline, approve, reject};
pub use desk::Desk;
pub use model::{Appointment, By, IllegalTransition, State, Status, Verb, VisitStatus};
pub use reason::{ReasonError, read as read_reason, write as write_reason};
pub use reschedule::{RescheduleError, reschedule};
pub use served::tell_of_ended;
pub use store::find_for;
pub use urgent::{BookUrgent, ChargeLaterError, Placement, book_urgent, charge_after_visit};
pub use voucher::{VoucherError, drop_voucher, use_voucher};

pub(crate) use api::{AppointmentView, view};
pub(crate) use book::{book_instead, keep_for};
pub(crate) use cancel::cancel_held;
pub(crate) use change::hold;
pub(crate) use decide::accept;
pub(crate) use offered::{Near, alternatives, alternatives_under};
pub(crate) use pages::{Fact, cancellation_rule, facts, next_page};
pub(crate) use store::{
    find, list_times, lock_people, lock_practitioner,
    people::{Parties, doctor_of, find_parties},
};

pub(crate) fn routes() -> web::Routes {
    api::routes().merge(pages::routes())
}
