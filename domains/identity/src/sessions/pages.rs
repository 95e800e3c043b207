//! `/account/sessions`: where one is signed in, and signing out there.

use askama::Template;
use axum::extract::Path;
use kernel::{FaultKind, ids::SessionId};
use web::SignedIn;

use crate::door::Refused;

use super::{EndedWhy, clear_cookie, end, end_all, end_others, store};

pub fn routes() -> web::Routes {
    web::Routes::new()
        .get::<SignedIn, _, _>("/account/sessions", list)
        .post::<SignedIn, _, _>("/account/sessions/{session}/end", end_one)
        .post::<SignedIn, _, _>("/account/sessions/others/end", end_every_other)
        .post::<SignedIn, _, _>("/account/sessions/end", end_every)
}

#[derive(Template)]
#[template(path = "sessions/pages/sessions.html")]
struct SessionsPage {
    page: web::PageFrame,
    tab: &'static str,
    is_patient: bool,
    lines: Vec<Line>,
}

struct Line {
    device: String,
    network: String,
    since: String,
    seen: String,
    is_this: bool,
    end_path: String,
}

async fn list(me: SignedIn) -> web::Result {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    let sessions = store::list_open(&mut tx, actor.account).await?;
    tx.commit().await?;
    let page = me.page("identity-sessions-title");
    let unknown = me.t("identity-sessions-unknown-device");
    let lines = sessions
        .into_iter()
        .map(|session| Line {
            device: device(&session.user_agent).unwrap_or_else(|| unknown.clone()),
            network: session.network,
            since: page.when(session.created_at),
            seen: page.when(session.last_seen_at),
            is_this: session.id == actor.session,
            end_path: format!("/account/sessions/{}/end", session.id),
        })
        .collect();
    web::render(&SessionsPage { page, tab: "sessions", is_patient: actor.patient().is_some(), lines })
}

async fn end_one(me: SignedIn, Path(id): Path<SessionId>) -> web::Result {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    let ended = end(&mut tx, actor.account, id, EndedWhy::Revoked).await?;
    tx.commit().await?;
    if !ended {
        return Err(Refused(FaultKind::NotFound).into());
    }
    if id == actor.session {
        return Ok(clear_cookie(me.app(), me.redirect("/sign-in")));
    }
    me.flash_ok("identity-sessions-ended");
    Ok(me.redirect("/account/sessions"))
}

async fn end_every_other(me: SignedIn) -> web::Result {
    let actor = me.actor();
    let mut tx = me.begin().await?;
    end_others(&mut tx, actor.account, actor.session, EndedWhy::Revoked).await?;
    tx.commit().await?;
    me.flash_ok("identity-sessions-ended");
    Ok(me.redirect("/account/sessions"))
}

async fn end_every(me: SignedIn) -> web::Result {
    let mut tx = me.begin().await?;
    end_all(&mut tx, me.actor().account, EndedWhy::Revoked).await?;
    tx.commit().await?;
    Ok(clear_cookie(me.app(), me.redirect("/sign-in")))
}

/// "Firefox, Linux": the two words by which people know their devices.
fn device(user_agent: &str) -> Option<String> {
    let first = |known: &[(&'static str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => Some(format!("{browser}, {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn a_device_is_known_by_two_words() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(device(firefox).as_deref(), Some("Firefox, Linux"));
        let safari =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1";
        assert_eq!(device(safari).as_deref(), Some("Safari, iPhone"));
        assert_eq!(device("something"), None);
    }
}
