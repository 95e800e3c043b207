//! `/doctor/profile`: the doctor's own profile and papers.

use askama::Template;
use axum::{extract::Path, response::Response};
use identity::door::Refused;
use kernel::{FaultKind, FieldError, ids::DocumentId};
use web::{Doctor, MultiForm, Upload};

use super::{Practitioner, ProfileForm, SubmitError, UpdateError, store, submit, update};
use crate::{
    choices,
    papers::{self, Paper, PaperError, PaperKind},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/profile", show)
        .post::<Doctor, _, _>("/doctor/profile", save)
        .post::<Doctor, _, _>("/doctor/profile/submission", send_for_checking)
        .post_files::<Doctor, _, _>("/doctor/profile/documents", add_paper)
        .get::<Doctor, _, _>("/doctor/profile/documents/{document}", download)
        .post::<Doctor, _, _>("/doctor/profile/documents/{document}/removal", remove_paper)
}

#[derive(Template)]
#[template(path = "practitioners/pages/profile.html")]
struct ProfilePage {
    page: web::PageFrame,
    form: ProfileForm,
    status_label: String,
    status_tone: String,
    is_draft: bool,
    public_path: Option<String>,
    suspended_why: Option<String>,
    papers: Vec<PaperLine>,
    genders: Vec<(String, String)>,
    languages: Vec<choices::Choice>,
    specialties: Vec<choices::Choice>,
    countries: Vec<(String, String)>,
    zones: Vec<(String, String)>,
}

/// One paper in a list.
pub(super) struct PaperLine {
    pub(super) kind: String,
    pub(super) filename: String,
    pub(super) text: String,
    pub(super) path: String,
    pub(super) removal_path: String,
}

async fn show(me: Doctor) -> web::Result {
    let (doctor, papers) = own(&me).await?;
    let form = ProfileForm::of(&doctor);
    web::render(&profile_page(&me, &doctor, &papers, form, Vec::new()))
}

async fn own(me: &Doctor) -> Result<(Practitioner, Vec<Paper>), web::Error> {
    let mut tx = me.begin().await?;
    let doctor = store::find(&mut tx, me.practitioner_id()).await?.ok_or(Refused(FaultKind::NotFound))?;
    let papers = papers::list(&mut tx, doctor.id).await?;
    tx.commit().await?;
    Ok((doctor, papers))
}

async fn save(me: Doctor, MultiForm(form): MultiForm<ProfileForm>) -> web::Result {
    let (doctor, papers) = own(&me).await?;
    let change = match form.check(me.today().await?) {
        Ok(change) => change,
        Err(errors) => return web::render_status(422, &profile_page(&me, &doctor, &papers, form, errors)),
    };
    let mut tx = me.begin().await?;
    match update(&mut tx, &doctor, &change).await {
        Ok(()) => tx.commit().await?,
        Err(UpdateError::Changed) => {
            let error = FieldError::new("full_name", "people-changed-meanwhile");
            return web::render_status(409, &profile_page(&me, &doctor, &papers, form, vec![error]));
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("people-profile-saved");
    Ok(me.redirect("/doctor/profile"))
}

async fn send_for_checking(me: Doctor) -> web::Result {
    let (doctor, papers) = own(&me).await?;
    let mut tx = me.begin().await?;
    match submit(&mut tx, &doctor).await {
        Ok(()) => tx.commit().await?,
        Err(SubmitError::Incomplete(missing)) => {
            let errors = missing.into_iter().map(|key| FieldError::new("", key)).collect();
            let form = ProfileForm::of(&doctor);
            return web::render_status(422, &profile_page(&me, &doctor, &papers, form, errors));
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("people-doctor-submitted");
    Ok(me.redirect("/doctor/profile"))
}

async fn add_paper(me: Doctor, upload: Upload) -> web::Result {
    let (doctor, papers) = own(&me).await?;
    let kind: Result<PaperKind, ()> = upload.field("kind").unwrap_or_default().parse();
    let result = match (kind, upload.file("file")) {
        (Err(()), _) => Err(PaperError::WrongKind),
        (Ok(_), None) => Err(PaperError::Missing),
        (Ok(kind), Some(file)) => {
            let mut tx = me.begin().await?;
            let added = papers::add(&mut tx, me.app().vault(), doctor.id, kind, &file.filename, &file.bytes).await;
            if added.is_ok() {
                tx.commit().await?;
            }
            added.map(|_| ())
        }
    };
    match result {
        Ok(()) => {
            me.flash_ok("people-paper-added");
            Ok(me.redirect("/doctor/profile#papers"))
        }
        Err(error) => match kernel::Fault::kind(&error) {
            FaultKind::Invalid(errors) => {
                let form = ProfileForm::of(&doctor);
                web::render_status(422, &profile_page(&me, &doctor, &papers, form, errors))
            }
            _ => Err(error.into()),
        },
    }
}

async fn download(me: Doctor, Path(id): Path<DocumentId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (paper, bytes) = papers::open(&mut tx, me.app().vault(), id).await?;
    tx.commit().await?;
    Ok(attachment(&paper, bytes.into_inner()))
}

/// As an attachment that no browser runs or keeps.
pub(super) fn attachment(paper: &Paper, bytes: Vec<u8>) -> Response {
    let mime = papers::mime_of(&paper.content_type);
    web::Download { filename: &paper.filename, mime, bytes, shown: web::Shown::Attachment }.into_response()
}

async fn remove_paper(me: Doctor, Path(id): Path<DocumentId>) -> web::Result {
    let mut tx = me.begin().await?;
    papers::remove(&mut tx, me.practitioner_id(), id).await?;
    tx.commit().await?;
    me.flash_ok("people-paper-removed");
    Ok(me.redirect("/doctor/profile#papers"))
}

/// Lines for a list of papers whose addresses begin with `base`.
pub(super) fn paper_lines(me: &web::Ctx, page: &web::PageFrame, papers: &[Paper], base: &str) -> Vec<PaperLine> {
    papers
        .iter()
        .map(|paper| PaperLine {
            kind: me.t(paper.kind.label_key()),
            filename: paper.filename.clone(),
            text: format!("{} kB, {}", (paper.bytes + 1023) / 1024, page.day(paper.created_at)),
            path: format!("{base}/{}", paper.id),
            removal_path: format!("{base}/{}/removal", paper.id),
        })
        .collect()
}

fn profile_page(
    me: &Doctor,
    doctor: &Practitioner,
    papers: &[Paper],
    form: ProfileForm,
    errors: Vec<FieldError>,
) -> ProfilePage {
    let page = me.page("people-doctor-profile-title").with_errors(errors);
    let is_published = doctor.status == super::Status::Published;
    ProfilePage {
        status_label: me.t(doctor.status.label_key()),
        status_tone: doctor.status.tone().to_owned(),
        is_draft: doctor.status == super::Status::Draft,
        public_path: is_published.then(|| format!("/doctors/{}", doctor.slug)),
        suspended_why: doctor.suspended_why.clone(),
        papers: paper_lines(me, &page, papers, "/doctor/profile/documents"),
        genders: choices::genders(me),
        languages: choices::languages(me, &form.languages),
        specialties: choices::specialties(me, &form.specialties),
        countries: choices::countries(me),
        zones: identity::door::zones(),
        page,
        form,
    }
}
