//! The public page behind the QR code: is this prescription valid, whose is it, how much may still be dispensed.
//!
//! Whoever holds the paper holds the code, 100 bits that nobody guesses. The page says what a pharmacist needs to tell a real paper from
//! a forged or an old one, and nothing of the content: state, prescriber with registration, dates, the patient's initials, and
//! per item the quantity that remains.

mod pages;
mod store;

pub(crate) use pages::bare;

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().public_get("/verify", "a pharmacy types in the code of a prescription", pages::ask).public_get(
        "/verify/{code}",
        "a pharmacy checks a prescription by its QR code",
        pages::show,
    )
}
