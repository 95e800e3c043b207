use documents::{CalendarEvent, CalendarStatus, Organizer, calendar};
use kernel::{Locale, Timestamp, ids::AppointmentId};

use crate::appointments::{Appointment, Parties};

/// The same in letters and feeds, so that a program that has both shows one.
pub(crate) fn uid(app: &web::App, appointment: AppointmentId) -> String {
    format!("{appointment}@{}", app.base_url().host_str().unwrap_or("localhost"))
}

/// The appointment as a calendar file. It lands in calendars that others may see: it names the doctor and the place, never why.
pub(crate) fn calendar_file(
    app: &web::App,
    locale: Locale,
    appointment: &Appointment,
    parties: &Parties,
    now: Timestamp,
) -> String {
    let host = app.base_url().host_str().unwrap_or("localhost").to_owned();
    let place = [parties.place.as_deref(), parties.address.as_deref()].into_iter().flatten().collect::<Vec<_>>();
    calendar(&CalendarEvent {
        uid: uid(app, appointment.id),
        sequence: u32::try_from(appointment.version).unwrap_or_default(),
        written_at: now,
        starts_at: appointment.starts_at,
        ends_at: appointment.ends_at,
        summary: web::words::tr(locale, "scheduling-calendar-summary", &[("doctor", &parties.doctor)]),
        description: web::words::t(locale, "scheduling-calendar-description"),
        location: place.join(", "),
        url: format!("{}/appointments/{}", app.base_url().as_str().trim_end_matches('/'), appointment.id),
        organizer: Some(Organizer { name: app.brand().to_owned(), email: format!("no-reply@{host}") }),
        status: if appointment.state.booking.is_active() {
            CalendarStatus::Confirmed
        } else {
            CalendarStatus::Cancelled
        },
        alarm_minutes: Some(15),
    })
}
