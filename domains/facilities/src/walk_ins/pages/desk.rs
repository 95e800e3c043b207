//! The desk: numbers are given out, called and done.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Fault, FaultKind, FieldError,
    ids::{FacilityId, QueueId, TokenId},
};
use serde::Deserialize;
use web::{Admin, Form, Staff};

use super::super::{
    issue::{IssueError, add_queue, issue},
    model::{Queue, State, Token},
    serve::{Step, StepError, call_next, step},
    store,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Staff, _, _>("/desk", places)
        .get::<Staff, _, _>("/desk/places/{facility}", show)
        .post::<Admin, _, _>("/admin/places/{facility}/queues", open)
        .post::<Staff, _, _>("/desk/queues/{queue}/tokens", give)
        .post::<Staff, _, _>("/desk/queues/{queue}/calls", call)
        .get::<Staff, _, _>("/desk/tokens/{number}", slip)
        .post::<Staff, _, _>("/desk/tokens/{number}/call", call_again)
        .post::<Staff, _, _>("/desk/tokens/{number}/service", serve)
        .post::<Staff, _, _>("/desk/tokens/{number}/skip", skip)
}

#[derive(Template)]
#[template(path = "walk_ins/pages/places.html")]
struct PlacesPage {
    page: web::PageFrame,
    places: Vec<(String, String)>,
}

async fn places(me: Staff) -> web::Result {
    let mut tx = me.begin().await?;
    let found = store::list_workplaces(&mut tx).await?;
    tx.commit().await?;
    let places = found.into_iter().map(|(id, name, city)| (format!("/desk/places/{id}"), format!("{name}, {city}")));
    web::render(&PlacesPage { places: places.collect(), page: me.page("facilities-desk-title") })
}

struct Line {
    id: TokenId,
    label: String,
}

struct Counter {
    id: QueueId,
    title: String,
    called: Vec<Line>,
    waiting: usize,
    next: String,
    skipped: Vec<Line>,
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct QueueForm {
    letter: String,
    name: String,
}

#[derive(Template)]
#[template(path = "walk_ins/pages/desk.html")]
struct DeskPage {
    page: web::PageFrame,
    id: FacilityId,
    place: String,
    counters: Vec<Counter>,
    may_open: bool,
    form: QueueForm,
}

async fn show(me: Staff, Path(id): Path<FacilityId>) -> web::Result {
    desk(&me, id, QueueForm::default(), Vec::new()).await
}

async fn desk(me: &web::Ctx, id: FacilityId, form: QueueForm, errors: Vec<FieldError>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let mut tx = me.begin().await?;
    let (place, zone) = store::find_workplace(&mut tx, id).await?.ok_or(IssueError::NotFound)?;
    let day = tx.now().date_in(&zone);
    let queues = store::list_queues(&mut tx, id).await?;
    let open = store::list_open(&mut tx, id, day).await?;
    tx.commit().await?;
    let page = me.page("facilities-desk-title").with_errors(errors);
    let counters = queues.iter().map(|queue| counter(queue, &open)).collect();
    let may_open = me.actor().is(access::Role::Administrator);
    web::render_status(status, &DeskPage { page, id, place, counters, may_open, form })
}

fn counter(queue: &Queue, open: &[Token]) -> Counter {
    let of = |state: State| open.iter().filter(move |token| token.queue == queue.id && token.state == state);
    let line = |token: &Token| Line { id: token.id, label: token.label() };
    Counter {
        id: queue.id,
        title: format!("{} · {}", queue.letter, queue.name),
        called: of(State::Called).map(line).collect(),
        waiting: of(State::Waiting).count(),
        next: of(State::Waiting).min_by_key(|token| token.number).map(Token::label).unwrap_or_default(),
        skipped: of(State::Skipped).map(line).collect(),
    }
}

async fn open(me: Admin, Path(id): Path<FacilityId>, Form(form): Form<QueueForm>) -> web::Result {
    let mut tx = me.begin().await?;
    match add_queue(&mut tx, me.actor(), id, &form.letter, &form.name).await {
        Ok(_) => {
            tx.commit().await?;
            me.flash_ok("facilities-queue-opened");
            Ok(me.redirect(&format!("/desk/places/{id}")))
        }
        Err(error) => {
            drop(tx);
            match error.kind() {
                FaultKind::Invalid(errors) => desk(&me, id, form, errors).await,
                _ => Err(error.into()),
            }
        }
    }
}

async fn give(me: Staff, Path(queue): Path<QueueId>) -> web::Result {
    let mut tx = me.begin().await?;
    let token = issue(&mut tx, queue).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/desk/tokens/{}", token.id)))
}

async fn call(me: Staff, Path(queue): Path<QueueId>) -> web::Result {
    let mut tx = me.begin().await?;
    match call_next(&mut tx, queue).await {
        Ok(token) => {
            tx.commit().await?;
            Ok(me.redirect(&format!("/desk/places/{}", token.facility)))
        }
        Err(StepError::Nobody) => {
            let place = store::find_queue(&mut tx, queue).await?.map(|(queue, _)| queue.facility);
            let place = place.ok_or(StepError::NotFound)?;
            me.flash_ok("facilities-desk-nobody");
            Ok(me.redirect(&format!("/desk/places/{place}")))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "walk_ins/pages/slip.html")]
struct SlipPage {
    page: web::PageFrame,
    label: String,
    place: String,
    when: String,
    back: String,
}

async fn slip(me: Staff, Path(id): Path<TokenId>) -> web::Result {
    let mut tx = me.begin().await?;
    let token = store::find_token(&mut tx, id).await?.ok_or(StepError::NotFound)?;
    let (place, zone) = store::find_workplace(&mut tx, token.facility).await?.ok_or(StepError::NotFound)?;
    tx.commit().await?;
    let page = me.page("facilities-slip-title");
    web::render(&SlipPage {
        label: token.label(),
        when: page.when_in(&zone, token.issued_at),
        back: format!("/desk/places/{}", token.facility),
        place,
        page,
    })
}

async fn call_again(me: Staff, Path(id): Path<TokenId>) -> web::Result {
    stepped(&me, id, Step::Call).await
}

async fn serve(me: Staff, Path(id): Path<TokenId>) -> web::Result {
    stepped(&me, id, Step::Serve).await
}

async fn skip(me: Staff, Path(id): Path<TokenId>) -> web::Result {
    stepped(&me, id, Step::Skip).await
}

async fn stepped(me: &web::Ctx, id: TokenId, wanted: Step) -> web::Result {
    let mut tx = me.begin().await?;
    let token = step(&mut tx, id, wanted).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/desk/places/{}", token.facility)))
}
