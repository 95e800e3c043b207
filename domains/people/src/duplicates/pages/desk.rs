//! `/desk/people`: is this person here already?

use askama::Template;
use identity::{door::throttle, throttle::DESK};
use kernel::{Fault, FaultKind, FieldError, Sex};
use serde::Deserialize;
use web::{Ctx, Form, PageFrame, Staff};

use super::{
    super::{
        config::Config,
        model::Person,
        probe::{Asked, Found, probe},
    },
    admin::{band_key, tone},
};
use crate::{
    patients::birth_date_of,
    text::{self, Kept},
};

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
pub(super) struct FindForm {
    full_name: String,
    birth_date_day: String,
    birth_date_month: String,
    birth_date_year: String,
    phone: String,
}

struct Line {
    name: String,
    born: String,
    record_no: String,
    band: String,
    tone: &'static str,
    reasons: String,
}

#[derive(Template)]
#[template(path = "duplicates/pages/find.html")]
struct FindPage {
    page: PageFrame,
    form: FindForm,
    /// None before anything was asked.
    found: Option<Vec<Line>>,
}

/// `GET /desk/people`
pub(super) async fn ask(me: Staff) -> web::Result {
    show(&me, FindForm::default(), Vec::new(), None)
}

/// `POST /desk/people`: by a form, so that names stand in no address.
pub(super) async fn answer(me: Staff, Form(form): Form<FindForm>) -> web::Result {
    let today = me.today().await?;
    let mut kept = Kept::default();
    let full_name = kept.take(text::name("full_name", &form.full_name));
    let born = birth_date_of(&form.birth_date_day, &form.birth_date_month, &form.birth_date_year, today);
    let birth_date = kept.take(born);
    let phone = kept.take(text::phone("phone", &form.phone, None));
    let (Some(full_name), Some(birth_date), Some(phone)) = (full_name, birth_date, phone) else {
        return show(&me, form, kept.errors, None);
    };
    let phones = phone.into_iter().collect();
    let asked = Asked(Person { full_name, birth_date, sex: Sex::Unknown, phones, email: None });
    throttle(&me).pass(&[(DESK, &me.actor().account.to_string())]).await?;
    let mut tx = me.begin_system("look for somebody at the desk").await?;
    match probe(&mut tx, me.actor(), &asked, me.app().part::<Config>().thresholds).await {
        Ok(found) => {
            tx.commit().await?;
            show(&me, form, Vec::new(), Some(found))
        }
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => show(&me, form, errors, None),
            _ => Err(error.into()),
        },
    }
}

fn show(me: &Ctx, form: FindForm, errors: Vec<FieldError>, found: Option<Vec<Found>>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let page = me.page("people-find-title").with_errors(errors);
    let found = found.map(|found| found.iter().map(|one| line(&page, one)).collect());
    web::render_status(status, &FindPage { page, form, found })
}

fn line(page: &PageFrame, found: &Found) -> Line {
    let reasons: Vec<String> = found.reasons.iter().map(|reason| page.t(reason.label_key())).collect();
    Line {
        name: found.person.full_name.clone(),
        born: found.person.birth_date.map(|day| page.date(day)).unwrap_or_default(),
        record_no: found.record_no.clone(),
        band: page.t(band_key(found.band)),
        tone: tone(found.band),
        reasons: reasons.join(" · "),
    }
}
