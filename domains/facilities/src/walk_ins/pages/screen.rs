//! The screen in the hall: numbers, no names. It is fetched again every few seconds, with a script or without.

use askama::Template;
use axum::extract::Path;
use kernel::ids::FacilityId;
use web::Visitor;

use super::super::{
    issue::IssueError,
    model::{State, Token},
    store,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .public_get("/health-centres/{facility}/queue", "a number says nothing of who holds it", show)
        .public_get("/health-centres/{facility}/queue/numbers", "a number says nothing of who holds it", numbers)
}

/// Numbers that the screen has room for.
const CALLED: usize = 6;
const WAITING: usize = 12;

#[derive(Template)]
#[template(path = "walk_ins/pages/screen.html")]
struct ScreenPage {
    page: web::PageFrame,
    id: FacilityId,
    place: String,
    place_href: String,
    called: Vec<String>,
    waiting: Vec<String>,
}

#[derive(Template)]
#[template(path = "walk_ins/pages/numbers.html")]
struct Numbers {
    page: web::PageFrame,
    called: Vec<String>,
    waiting: Vec<String>,
}

async fn open(me: &Visitor, id: FacilityId) -> Result<(String, Vec<String>, Vec<String>), web::Error> {
    let mut tx = me.begin().await?;
    let found = crate::places::find(&mut tx, id).await?.ok_or(IssueError::NotFound)?;
    let day = tx.now().date_in(&found.zone);
    let tokens = store::list_open(&mut tx, id, day).await?;
    tx.commit().await?;
    let of = |state: State, most: usize| -> Vec<String> {
        tokens.iter().filter(|token| token.state == state).take(most).map(Token::label).collect()
    };
    Ok((found.name, of(State::Called, CALLED), of(State::Waiting, WAITING)))
}

async fn show(me: Visitor, Path(id): Path<FacilityId>) -> web::Result {
    let (place, called, waiting) = open(&me, id).await?;
    let page = me.page("facilities-screen-title");
    web::render(&ScreenPage { id, place_href: format!("/health-centres/{id}"), place, called, waiting, page })
}

async fn numbers(me: Visitor, Path(id): Path<FacilityId>) -> web::Result {
    let (_, called, waiting) = open(&me, id).await?;
    let page = me.page("facilities-screen-title");
    web::render(&Numbers { page, called, waiting })
}
