//! `/admin/doctors`: inviting, checking, publishing and suspending doctors.

use askama::Template;
use axum::extract::Path;
use identity::{
    accounts::Address,
    door::{self, Refused},
};
use kernel::{
    Fault, FaultKind, FieldError, Locale,
    ids::{DocumentId, PractitionerId},
};
use serde::Deserialize;
use web::{Admin, Form};

use super::{
    CheckForm, NewPractitioner, Practitioner, PublishError, Status, SuspendError, admin_list, check, create,
    doctor::{PaperLine, attachment, paper_lines},
    publish, reinstate, store, suspend,
};
use crate::{
    papers::{self, Paper, PaperKind},
    text::{self, Kept},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>("/admin/doctors", admin_list::list)
        .get::<Admin, _, _>("/admin/doctors/new", new_show)
        .post::<Admin, _, _>("/admin/doctors/new", new_save)
        .get::<Admin, _, _>("/admin/doctors/{doctor}", show)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/checks", record_check)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/publication", put_online)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/suspension", suspend_one)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/reinstatement", reinstate_one)
        .post::<Admin, _, _>("/admin/doctors/{doctor}/invitation", invite_again)
        .get::<Admin, _, _>("/admin/doctors/{doctor}/documents/{document}", download)
}

#[derive(Template)]
#[template(path = "practitioners/pages/new.html")]
struct NewPage {
    page: web::PageFrame,
    form: NewForm,
    locales: Vec<(String, String)>,
    zones: Vec<(String, String)>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct NewForm {
    full_name: String,
    email: String,
    locale: String,
    time_zone: String,
}

impl NewForm {
    fn check(&self) -> Result<NewPractitioner, Vec<FieldError>> {
        let mut kept = Kept::default();
        let full_name = kept.take(text::name("full_name", &self.full_name));
        let email = kept.take(Address::email(&self.email).map_err(|error| error.for_field("email")));
        let locale = self.locale.parse().map_err(|()| FieldError::new("locale", "identity-locale-wrong"));
        let locale = kept.take(locale);
        let zone = self.time_zone.parse().map_err(|_| FieldError::new("time_zone", "identity-zone-wrong"));
        let zone = kept.take(zone);
        match (full_name, email, locale, zone) {
            (Some(full_name), Some(email), Some(locale), Some(zone)) => {
                Ok(NewPractitioner { email, full_name, locale, zone })
            }
            _ => Err(kept.errors),
        }
    }
}

async fn new_show(me: Admin) -> web::Result {
    let form =
        NewForm { locale: me.locale().tag().to_owned(), time_zone: me.zone().name().to_owned(), ..NewForm::default() };
    web::render(&new_page(&me, form, Vec::new()))
}

async fn new_save(me: Admin, Form(form): Form<NewForm>) -> web::Result {
    let new = match form.check() {
        Ok(new) => new,
        Err(errors) => return web::render_status(422, &new_page(&me, form, errors)),
    };
    let mut tx = me.begin_system("an administrator invites a doctor").await?;
    match create(&mut tx, &door::sender(&me), &new).await {
        Ok(id) => {
            tx.commit().await?;
            me.flash_ok("people-doctor-invited");
            Ok(me.redirect(&format!("/admin/doctors/{id}")))
        }
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => web::render_status(422, &new_page(&me, form, errors)),
            _ => Err(error.into()),
        },
    }
}

fn new_page(me: &Admin, form: NewForm, errors: Vec<FieldError>) -> NewPage {
    NewPage {
        page: me.page("people-doctor-new-title").with_errors(errors),
        form,
        locales: Locale::ALL.iter().map(|locale| (locale.tag().to_owned(), locale.endonym().to_owned())).collect(),
        zones: door::zones(),
    }
}

#[derive(Template)]
#[template(path = "practitioners/pages/show.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each button of the page")]
struct ShowPage {
    page: web::PageFrame,
    path: String,
    facts: Vec<(String, String)>,
    biography: String,
    status_label: String,
    status_tone: String,
    suspended_why: Option<String>,
    public_path: Option<String>,
    can_publish: bool,
    can_suspend: bool,
    can_reinstate: bool,
    can_invite: bool,
    hindrances: Vec<String>,
    papers: Vec<PaperLine>,
    paper_choices: Vec<(String, String)>,
    checks: Vec<CheckLine>,
    form: CheckForm,
    why: String,
}

struct CheckLine {
    what: String,
    passed: bool,
    outcome: String,
    looked_at: String,
    remark: String,
    valid_until: String,
    by: String,
    at: String,
}

async fn show(me: Admin, Path(id): Path<PractitionerId>) -> web::Result {
    web::render(&show_page(&me, id, CheckForm::default(), String::new(), Vec::new()).await?)
}

async fn load(me: &Admin, id: PractitionerId) -> Result<Practitioner, web::Error> {
    let mut tx = me.begin().await?;
    let doctor = store::find(&mut tx, id).await?;
    tx.commit().await?;
    doctor.ok_or_else(|| Refused(FaultKind::NotFound).into())
}

async fn record_check(me: Admin, Path(id): Path<PractitionerId>, Form(form): Form<CheckForm>) -> web::Result {
    let today = me.today().await?;
    let found = match form.check(today) {
        Ok(found) => found,
        Err(errors) => return web::render_status(422, &show_page(&me, id, form, String::new(), errors).await?),
    };
    let doctor = load(&me, id).await?;
    let mut tx = me.begin().await?;
    check(&mut tx, me.actor().account, &doctor, &found, today).await?;
    tx.commit().await?;
    me.flash_ok("people-check-recorded");
    Ok(me.redirect(&format!("/admin/doctors/{id}#checks")))
}

async fn put_online(me: Admin, Path(id): Path<PractitionerId>) -> web::Result {
    let doctor = load(&me, id).await?;
    let mut tx = me.begin().await?;
    match publish(&mut tx, &door::sender(&me), &doctor).await {
        Ok(()) => tx.commit().await?,
        Err(PublishError::NotReady(missing)) => {
            let errors = missing.into_iter().map(|key| FieldError::new("", key)).collect();
            return web::render_status(422, &show_page(&me, id, CheckForm::default(), String::new(), errors).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("people-doctor-published");
    Ok(me.redirect(&format!("/admin/doctors/{id}")))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WhyForm {
    why: String,
}

async fn suspend_one(me: Admin, Path(id): Path<PractitionerId>, Form(form): Form<WhyForm>) -> web::Result {
    let why = match text::required("why", &form.why, 500, "people-suspend-why-missing") {
        Ok(why) => why,
        Err(error) => {
            return web::render_status(422, &show_page(&me, id, CheckForm::default(), form.why, vec![error]).await?);
        }
    };
    let doctor = load(&me, id).await?;
    let mut tx = me.begin_system("an administrator suspends a doctor").await?;
    suspend(&mut tx, &door::sender(&me), &doctor, &why).await?;
    tx.commit().await?;
    me.flash_ok("people-doctor-suspended");
    Ok(me.redirect(&format!("/admin/doctors/{id}")))
}

async fn reinstate_one(me: Admin, Path(id): Path<PractitionerId>) -> web::Result {
    let doctor = load(&me, id).await?;
    let mut tx = me.begin().await?;
    match reinstate(&mut tx, &door::sender(&me), &doctor).await {
        Ok(()) => tx.commit().await?,
        Err(SuspendError::NotReady(PublishError::NotReady(missing))) => {
            let errors = missing.into_iter().map(|key| FieldError::new("", key)).collect();
            return web::render_status(422, &show_page(&me, id, CheckForm::default(), String::new(), errors).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("people-doctor-published");
    Ok(me.redirect(&format!("/admin/doctors/{id}")))
}

/// The first link was lost or is too old.
async fn invite_again(me: Admin, Path(id): Path<PractitionerId>) -> web::Result {
    let doctor = load(&me, id).await?;
    let mut tx = me.begin_system("an administrator invites a doctor again").await?;
    if identity::accounts::has_password(&mut tx, doctor.account).await? {
        return Err(Refused(FaultKind::conflict("illegal_transition")).into());
    }
    identity::links::send_invitation(&mut tx, &door::sender(&me), doctor.account).await?;
    tx.commit().await?;
    me.flash_ok("people-doctor-invited");
    Ok(me.redirect(&format!("/admin/doctors/{id}")))
}

async fn download(me: Admin, Path((doctor, id)): Path<(PractitionerId, DocumentId)>) -> web::Result {
    let mut tx = me.begin().await?;
    let (paper, bytes) = papers::open(&mut tx, me.app().vault(), id).await?;
    if paper.practitioner != doctor {
        return Err(Refused(FaultKind::NotFound).into());
    }
    tx.commit().await?;
    Ok(attachment(&paper, bytes.into_inner()))
}

async fn show_page(
    me: &Admin,
    id: PractitionerId,
    form: CheckForm,
    why: String,
    errors: Vec<FieldError>,
) -> Result<ShowPage, web::Error> {
    let mut tx = me.begin().await?;
    let doctor = store::find(&mut tx, id).await?.ok_or(Refused(FaultKind::NotFound))?;
    let papers = papers::list(&mut tx, id).await?;
    let checks = store::list_checks(&mut tx, id).await?;
    let to = identity::accounts::recipient(&mut tx, doctor.account).await?;
    let has_password = identity::accounts::has_password(&mut tx, doctor.account).await?;
    tx.commit().await?;
    let page = me.page("people-doctor-title").titled(&doctor.full_name).with_errors(errors);
    let path = format!("/admin/doctors/{id}");
    let hindrances = super::publish::hindrances(&doctor).into_iter().map(|key| me.t(key)).collect();
    Ok(ShowPage {
        facts: facts(me, &doctor, to.and_then(|to| to.email)),
        biography: doctor.biography.clone(),
        status_label: me.t(doctor.status.label_key()),
        status_tone: doctor.status.tone().to_owned(),
        suspended_why: doctor.suspended_why.clone(),
        public_path: (doctor.status == Status::Published).then(|| format!("/doctors/{}", doctor.slug)),
        can_publish: doctor.status.publish().is_some(),
        can_suspend: doctor.status.suspend().is_some(),
        can_reinstate: doctor.status.reinstate().is_some(),
        can_invite: !has_password,
        hindrances,
        papers: paper_lines(me, &page, &papers, &format!("{path}/documents")),
        paper_choices: paper_choices(me, &papers),
        checks: checks.iter().map(|one| check_line(me, &page, one)).collect(),
        form,
        why,
        path,
        page,
    })
}

fn paper_choices(me: &Admin, papers: &[Paper]) -> Vec<(String, String)> {
    papers
        .iter()
        .map(|paper| (paper.id.to_string(), format!("{}: {}", me.t(paper.kind.label_key()), paper.filename)))
        .collect()
}

fn facts(me: &Admin, doctor: &Practitioner, email: Option<String>) -> Vec<(String, String)> {
    let list = |codes: &[String], prefix: &str| {
        codes.iter().map(|code| me.t(format!("{prefix}-{code}"))).collect::<Vec<_>>().join(", ")
    };
    let country = if doctor.country.is_empty() { String::new() } else { me.t(format!("country-{}", doctor.country)) };
    [
        ("identity-account-email", email.unwrap_or_default()),
        ("people-specialties", list(&doctor.specialties, "specialty")),
        ("people-languages", list(&doctor.languages, "language")),
        ("people-qualification", doctor.qualification.clone()),
        ("people-registration-no", doctor.registration_no.clone()),
        ("people-registration-body", doctor.registration_body.clone()),
        ("people-practising-since", doctor.practising_since.map(|year| year.to_string()).unwrap_or_default()),
        ("people-city", doctor.city.clone()),
        ("people-country", country),
        ("identity-zone", doctor.zone.name().to_owned()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (me.t(key), value))
    .collect()
}

fn check_line(me: &Admin, page: &web::PageFrame, one: &store::Check) -> CheckLine {
    let kind = match one.kind {
        PaperKind::Licence | PaperKind::Identity => me.t(one.kind.label_key()),
    };
    CheckLine {
        what: kind,
        passed: one.passed,
        outcome: me.t(if one.passed { "people-check-passed" } else { "people-check-failed" }),
        looked_at: one.looked_at.clone(),
        remark: one.remark.clone(),
        valid_until: one.valid_until.map(|date| page.date(date)).unwrap_or_default(),
        by: one.checked_by.clone(),
        at: page.when(one.checked_at),
    }
}
