//! HTML: conversations, for the patient's side (`/messages`) and for the team (`/doctor/messages`).

mod doctor;
mod patient;
mod view;

pub(crate) use doctor::refused;

pub(super) fn routes() -> web::Routes {
    use web::{Doctor, Patient};
    web::Routes::new()
        .get::<Patient, _, _>("/messages", patient::list)
        .get::<Patient, _, _>("/messages/new", patient::new)
        .post::<Patient, _, _>("/messages", patient::start)
        .get::<Patient, _, _>("/messages/{thread}", patient::show)
        .post::<Patient, _, _>("/messages/{thread}/replies", patient::reply)
        .post::<Patient, _, _>("/messages/{thread}/closing", patient::finish)
        .post::<Patient, _, _>("/messages/{thread}/visit-reason", patient::carry_over)
        .get::<Patient, _, _>("/messages/{thread}/export.txt", patient::export_text)
        .get::<Patient, _, _>("/messages/{thread}/export.json", patient::export_json)
        .get::<Doctor, _, _>("/doctor/messages", doctor::inbox)
        .get::<Doctor, _, _>("/doctor/messages/{thread}", doctor::show)
        .post::<Doctor, _, _>("/doctor/messages/{thread}/replies", doctor::reply)
        .post::<Doctor, _, _>("/doctor/messages/{thread}/closing", doctor::finish)
        .post::<Doctor, _, _>("/doctor/messages/{thread}/assignment", doctor::take)
        .get::<Doctor, _, _>("/doctor/patients/{patient}/messages/new", doctor::new)
        .post::<Doctor, _, _>("/doctor/patients/{patient}/messages", doctor::start)
}
