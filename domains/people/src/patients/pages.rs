//! `/account/profile`: what a patient tells about themselves.

use askama::Template;
use identity::door::Refused;
use kernel::{Fault as _, FaultKind, FieldError};
use web::{Form, Patient};

use super::{BloodGroup, PatientProfile, ProfileForm, UpdateError, find_for, update_own};
use crate::choices;

pub fn routes() -> web::Routes {
    web::Routes::new().get::<Patient, _, _>("/account/profile", show).post::<Patient, _, _>("/account/profile", save)
}

#[derive(Template)]
#[template(path = "patients/pages/profile.html")]
struct ProfilePage {
    page: web::PageFrame,
    tab: &'static str,
    is_patient: bool,
    record_no: String,
    form: ProfileForm,
    countries: Vec<(String, String)>,
    blood_groups: Vec<(String, String)>,
}

async fn show(me: Patient) -> web::Result {
    let profile = own(&me).await?;
    let form = ProfileForm::of(&profile);
    web::render(&profile_page(&me, profile.record_no, form, Vec::new()))
}

async fn save(me: Patient, Form(form): Form<ProfileForm>) -> web::Result {
    let record_no = own(&me).await?.record_no;
    let change = match form.check(me.today().await?) {
        Ok(change) => change,
        Err(errors) => return web::render_status(422, &profile_page(&me, record_no, form, errors)),
    };
    let mut tx = me.begin().await?;
    match update_own(&mut tx, me.app().vault(), me.actor().account, me.patient_id(), &change).await {
        Ok(()) => tx.commit().await?,
        Err(UpdateError::Changed) => {
            let error = FieldError::new("full_name", "people-changed-meanwhile");
            return web::render_status(409, &profile_page(&me, record_no, form, vec![error]));
        }
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            return web::render_status(422, &profile_page(&me, record_no, form, errors));
        }
    }
    me.flash_ok("people-profile-saved");
    Ok(me.redirect("/account/profile"))
}

async fn own(me: &Patient) -> Result<PatientProfile, web::Error> {
    let mut tx = me.begin().await?;
    let profile = find_for(&mut tx, me.app().vault(), me.actor(), me.patient_id()).await?;
    tx.commit().await?;
    profile.ok_or_else(|| Refused(FaultKind::NotFound).into())
}

fn profile_page(me: &Patient, record_no: String, form: ProfileForm, errors: Vec<FieldError>) -> ProfilePage {
    ProfilePage {
        page: me.page("people-profile-title").with_errors(errors),
        tab: "profile",
        is_patient: true,
        record_no,
        form,
        countries: choices::countries(me),
        blood_groups: BloodGroup::ALL.iter().map(|group| (group.code().to_owned(), group.code().to_owned())).collect(),
    }
}
