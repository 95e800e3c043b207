//! `/urgent/queue`: nurses say how urgent something is. They see no names, only signs.

use askama::Template;
use web::{PageFrame, Staff};

use super::{
    admin::{Line, line},
    store,
};
use crate::requests::{Why, flags};

pub(super) fn routes() -> web::Routes {
    web::Routes::new().get::<Staff, _, _>("/urgent/queue", queue)
}

struct Waiting {
    line: Line,
    flags: Vec<String>,
}

#[derive(Template)]
#[template(path = "desk/pages/queue.html")]
struct QueuePage {
    page: PageFrame,
    lines: Vec<Waiting>,
    may_judge: bool,
    levels: Vec<(i16, String)>,
    whys: Vec<(&'static str, String)>,
}

/// Signs are shown to nurses alone: administrators have their board, doctors what they are asked.
async fn queue(me: Staff) -> web::Result {
    let may_judge = me.actor().is(access::Role::Nurse);
    let mut tx = me.begin_system("the staff looks at the urgent queue").await?;
    let now = tx.now();
    let page = me.page("emergency-queue-title");
    let mut lines = Vec::new();
    for one in store::list_open(&mut tx).await? {
        let codes = if may_judge { flags::read(&mut tx, me.app().vault(), one.id).await? } else { Vec::new() };
        let flags = codes.iter().map(|code| page.t(format!("emergency-flag-{code}"))).collect();
        lines.push(Waiting { line: line(&page, &one, now), flags });
    }
    tx.commit().await?;
    web::render(&QueuePage {
        lines,
        may_judge,
        levels: (1..=5).map(|level| (level, page.t(format!("emergency-acuity-{level}")))).collect(),
        whys: Why::ALL.iter().map(|why| (why.code(), page.t(format!("emergency-why-{}", why.code())))).collect(),
        page,
    })
}
