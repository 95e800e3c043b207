//! The doctor's workspace: the call, the patient's storyboard, the note, and the prescription, on one page.

mod checklist;
mod note_pages;
mod pages;
mod story;

pub(crate) use pages::show;

pub(crate) fn routes() -> web::Routes {
    use web::Doctor;
    web::Routes::new()
        .get::<Doctor, _, _>("/visits/{visit}/note", note_pages::show)
        .post::<Doctor, _, _>("/visits/{visit}/note", note_pages::post)
        .get::<Doctor, _, _>("/visits/{visit}/checklist", checklist::show)
}
