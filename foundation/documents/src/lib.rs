//! Paper: prescriptions, letters and invoices as PDF, QR codes, calendar files, CSV.
//!
//! Nothing here knows medicine, money or a language. A sheet is a struct of strings ready to print, labels included, and a
//! flag for the direction of writing; the room that fills it has already translated and formatted everything.
//!
//! PDFs are set by typst in this process from fixed templates ([`sheets`]) and are tagged as PDF/UA-1, so that a screen
//! reader can walk them. What people typed reaches a template only as data of a virtual JSON file, never as markup.
//!
//! Setting a page is pure work for a processor (some ten milliseconds): in a request, call it through
//! `tokio::task::spawn_blocking`.

mod calendar;
mod chart;
mod csv;
mod pdf;
mod qr;
mod sheets;

pub use calendar::{CalendarEvent, CalendarStatus, Organizer, calendar, calendar_feed};
pub use chart::{Bar, Reading, bar_chart};
pub use csv::{csv, csv_rows};
pub use pdf::DocumentError;
pub use qr::qr_svg;
pub use sheets::{
    Fact, InvoiceRow, InvoiceSheet, LetterSheet, Party, PrescribedLine, PrescriptionSheet, VerifyMark, invoice_pdf,
    letter_pdf, prescription_pdf,
};
