//! The doors of people: one's own cards, and the desk.

mod desk;
mod own;

const OPENED: &str =
    "a camera opens the address on a card; whoever is no staff is told to whom to give it, and nothing is looked up";

pub(super) fn routes() -> web::Routes {
    use web::{Patient, Staff};
    web::Routes::new()
        .get::<Patient, _, _>("/account/card", own::first)
        .get::<Patient, _, _>("/account/cards/{patient}", own::show)
        .post::<Patient, _, _>("/account/cards/{patient}/print", own::print)
        .post::<Patient, _, _>("/account/cards/{patient}/{card}/revocation", own::take_back)
        .get::<Staff, _, _>("/desk/scan", desk::ask)
        .post::<Staff, _, _>("/desk/scan", desk::typed)
        .public_get("/c/{card_token}", OPENED, desk::opened)
        .post::<Staff, _, _>("/c/{card_token}/arrivals/{appointment}", desk::arrived)
}
