//! News of appointments, for rooms that stand to the right of this one.

use jobs::Event;
use kernel::ids::AppointmentId;
use serde::{Deserialize, Serialize};

macro_rules! news {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            pub appointment: AppointmentId,
        }
        impl Event for $name {
            const NAME: &'static str = $word;
        }
    )+};
}

news! {
    /// Paid, or free: the time is the patient's.
    AppointmentConfirmed = "scheduling.appointment_confirmed",
    /// A confirmed appointment was called off, by whomever.
    AppointmentCancelled = "scheduling.appointment_cancelled",
    /// A confirmed appointment has another time now.
    AppointmentMoved = "scheduling.appointment_moved",
    /// The visit took place and is over.
    AppointmentEnded = "scheduling.appointment_ended",
}
