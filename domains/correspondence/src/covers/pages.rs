//! The page on which a doctor names who answers meanwhile.

use askama::Template;
use axum::extract::Path;
use kernel::{
    FieldError,
    ids::{PractitionerId, ThreadCoverId},
};
use serde::Deserialize;
use web::{Doctor, Form, PageFrame};

use super::{Cover, SetCover, end, set, store};
use crate::MessageError;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    cover_id: String,
    from: String,
    until: String,
}

struct Row {
    id: ThreadCoverId,
    words: String,
    state: String,
    tone: &'static str,
    may_end: bool,
}

#[derive(Template)]
#[template(path = "covers/pages/show.html")]
struct CoverPage {
    page: PageFrame,
    rows: Vec<Row>,
    colleagues: Vec<(String, String)>,
    form: Typed,
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Doctor, _, _>("/doctor/cover", show)
        .post::<Doctor, _, _>("/doctor/cover", add)
        .post::<Doctor, _, _>("/doctor/cover/{cover}/ending", stop)
}

async fn show(me: Doctor) -> web::Result {
    web::render(&page(&me, Typed::default(), Vec::new()).await?)
}

async fn add(me: Doctor, Form(typed): Form<Typed>) -> web::Result {
    let errors = match parse(&typed) {
        Ok(command) => {
            let mut tx = me.begin().await?;
            match set(&mut tx, me.actor(), command).await {
                Ok(_) => {
                    tx.commit().await?;
                    me.flash_ok("correspondence-flash-cover");
                    return Ok(me.redirect("/doctor/cover"));
                }
                Err(MessageError::Invalid(errors)) => errors,
                Err(MessageError::CoverOverlaps) => {
                    vec![FieldError::new("from", "correspondence-error-cover-overlaps")]
                }
                Err(other) => return Err(other.into()),
            }
        }
        Err(errors) => errors,
    };
    web::render_status(422, &page(&me, typed, errors).await?)
}

fn parse(typed: &Typed) -> Result<SetCover, Vec<FieldError>> {
    let cover = typed.cover_id.parse::<PractitionerId>();
    let (from, until) = (typed.from.trim().parse(), typed.until.trim().parse());
    match (cover, from, until) {
        (Ok(cover_id), Ok(from), Ok(until)) => Ok(SetCover { cover_id, from, until }),
        (cover, from, until) => {
            let wrong = [
                (cover.is_err(), "cover_id", "correspondence-error-cover"),
                (from.is_err(), "from", "correspondence-error-cover-from"),
                (until.is_err(), "until", "correspondence-error-cover-until"),
            ];
            let wrong = wrong.into_iter().filter(|(is_wrong, ..)| *is_wrong);
            Err(wrong.map(|(_, field, key)| FieldError::new(field, key)).collect())
        }
    }
}

async fn stop(me: Doctor, Path(id): Path<ThreadCoverId>) -> web::Result {
    let mut tx = me.begin().await?;
    end(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-cover-ended");
    Ok(me.redirect("/doctor/cover"))
}

async fn page(me: &Doctor, form: Typed, errors: Vec<FieldError>) -> Result<CoverPage, web::Error> {
    let doctor = me.actor().practitioner.ok_or(MessageError::NotFound)?;
    let mut tx = me.begin().await?;
    let now = tx.now();
    let covers = store::list(&mut tx, doctor).await?;
    let colleagues = store::list_colleagues(&mut tx, doctor).await?;
    tx.commit().await?;
    let page = me.page("correspondence-cover-title").with_errors(errors);
    Ok(CoverPage {
        rows: covers.into_iter().map(|cover| row(&page, doctor, cover, now)).collect(),
        colleagues: colleagues.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        form,
        page,
    })
}

fn row(page: &PageFrame, me: PractitionerId, cover: Cover, now: kernel::Timestamp) -> Row {
    let key = if cover.doctor_id == me { "correspondence-cover-mine" } else { "correspondence-cover-theirs" };
    let (from, until) = (page.when(cover.starts_at), page.when(cover.ends_at));
    let other = if cover.doctor_id == me { &cover.cover } else { &cover.doctor };
    let (state, tone) = if cover.is_over(now) {
        ("correspondence-cover-over", "")
    } else if cover.is_running(now) {
        ("correspondence-cover-running", "ok")
    } else {
        ("correspondence-cover-coming", "info")
    };
    Row {
        id: cover.id,
        words: page.tr(key, [("doctor", other.as_str()), ("from", from.as_str()), ("until", until.as_str())]),
        state: page.t(state),
        tone,
        may_end: !cover.is_over(now),
    }
}
