use access::Role;
use askama::Template;
use axum::extract::Path;
use kernel::{PageRequest, Timestamp, ids::NoticeId};
use notify::inbox::{self, Told};
use web::{Ctx, PageFrame, Query, SignedIn};

/// A notice as it is shown.
struct Line {
    id: NoticeId,
    icon: &'static str,
    subject: String,
    told_at: Timestamp,
    unread: bool,
    leads_on: bool,
}

#[derive(Template)]
#[template(path = "notices/pages/list.html")]
struct PatientPage {
    page: PageFrame,
    lines: Vec<Line>,
    unread: i64,
    next: String,
}

#[derive(Template)]
#[template(path = "notices/pages/desk.html")]
struct DeskPage {
    page: PageFrame,
    lines: Vec<Line>,
    unread: i64,
    next: String,
}

/// `GET /notifications`
pub(crate) async fn list(me: SignedIn, Query(wanted): Query<PageRequest>) -> web::Result {
    let mut tx = me.begin().await?;
    let unread = inbox::unread(&mut tx).await?;
    let told = inbox::list(&mut tx, &wanted).await?;
    tx.commit().await?;
    let next = told.next_cursor.map(|cursor| format!("/notifications?cursor={}", cursor.0)).unwrap_or_default();
    let lines = told.items.into_iter().map(line).collect();
    let page = me.page("messaging-notices-title");
    if at_a_desk(&me) {
        web::render(&DeskPage { page, lines, unread, next })
    } else {
        web::render(&PatientPage { page, lines, unread, next })
    }
}

/// `POST /notifications/{notice}/reading`: reads it and goes where it leads.
pub(crate) async fn read(me: SignedIn, Path(id): Path<NoticeId>) -> web::Result {
    let mut tx = me.begin().await?;
    let told = inbox::read(&mut tx, id).await?.ok_or(super::api::NoNotice)?;
    tx.commit().await?;
    Ok(me.redirect(told.link.as_deref().unwrap_or("/notifications")))
}

/// `POST /notifications/reading`
pub(crate) async fn read_all(me: SignedIn) -> web::Result {
    let mut tx = me.begin().await?;
    inbox::read_all(&mut tx).await?;
    tx.commit().await?;
    Ok(me.redirect("/notifications"))
}

/// Clinicians and administrators have the workspace around them.
fn at_a_desk(me: &Ctx) -> bool {
    let actor = me.actor();
    actor.is(Role::Doctor) || actor.is(Role::Administrator)
}

fn line(told: Told) -> Line {
    let icon = match told.kind.split('.').next().unwrap_or_default() {
        "scheduling" => "calendar-days",
        "billing" => "receipt",
        "consultations" => "video",
        "prescriptions" => "pill",
        "chart" => "folder-heart",
        "identity" | "people" => "shield-check",
        "community" => "star",
        _ => "bell",
    };
    Line {
        id: told.id,
        icon,
        subject: told.subject,
        told_at: told.told_at,
        unread: told.read_at.is_none(),
        leads_on: told.link.is_some(),
    }
}
