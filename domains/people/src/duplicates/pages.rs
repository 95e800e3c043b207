//! The doors of people: the administrators' list, and the desk.

mod admin;
mod desk;

pub(super) use admin::{after, cursor};

pub(super) fn routes() -> web::Routes {
    use web::{Admin, Staff};
    web::Routes::new()
        .get::<Admin, _, _>("/admin/duplicates", admin::list)
        .post::<Admin, _, _>("/admin/duplicates/{duplicate}/decision", admin::judge)
        .get::<Staff, _, _>("/desk/people", desk::ask)
        .post::<Staff, _, _>("/desk/people", desk::answer)
}
