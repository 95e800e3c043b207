//! The kit that every page and every API call is made of.
//!
//! ```text
//! request ─▶ gate (who, language, zone) ─▶ guard (same site, form token) ─▶ audience ─▶ handler
//!                                                                                          │ Result<Response, Error>
//! response ◀─ headers (CSP, no-store, request id) ◀─ refusal as page or problem+json ◀─────┘
//! ```
//!
//! * `Routes` mounts a handler only under an audience that its first argument proves, or as public with a reason.
//! * `Ctx` is what one request knows: the app, the actor, language and zone. Every audience derefs to it.
//! * `PageFrame` is what every template is given: words, dates, money, icons, the user, errors by field.
//! * `Error` takes any `kernel::Fault` and renders it once, for both doors.
//! * `live` carries news between processes to the pages that are open.
//!
//! Nothing here knows a room. What a session token stands for is asked of `SessionDoor`, which identity provides.

mod answer;
mod app;
mod assets;
mod audience;
mod ctx;
mod download;
mod errors;
mod forms;
mod gate;
mod guard;
mod headers;
pub mod i18n;
mod idempotency;
mod language;
pub mod live;
mod page;
mod room;
mod routes;
mod whose;
pub mod words;

pub use answer::{created, json, json_status, no_content, render, render_status, see_other};
pub use app::{App, AppBuilder, AppConfig, Known, SessionDoor};
pub use audience::{Admin, Audience, Doctor, Patient, SignedIn, Staff, Visitor};
pub use ctx::{Ctx, session_cookie_name};
pub use download::{Download, Shown};
pub use errors::{Error, Result};
pub use forms::{File, Form, Incoming, Json, MultiForm, Part, Query, Upload};
pub use language::local_path;
pub use page::{Flash, OtherLocale, PageError, PageFrame, Person, User};
pub use room::{Jobs, Room, room, router};
pub use routes::{AFile, Declared, FirstIs, Routes, Who};
pub use whose::SpokenFor;
