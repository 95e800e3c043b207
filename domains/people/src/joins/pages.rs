//! `/admin/record-joins`: two records side by side before they are joined, the joined ones, and the way back.

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, FieldError, Sex, ids::RecordJoinId};
use serde::Deserialize;
use web::{Admin, Ctx, Form, PageFrame, Query};

use super::{
    Join, Part, Parts, Preview, api,
    list::{Whole, list as look_through, one},
    look,
    model::{Account, Joined, Side, Standing},
};

const ROWS: usize = 20;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>("/admin/record-joins", list)
        .post::<Admin, _, _>("/admin/record-joins", create)
        .get::<Admin, _, _>("/admin/record-joins/new", new)
        .get::<Admin, _, _>("/admin/record-joins/{join}", show)
        .post::<Admin, _, _>("/admin/record-joins/{join}/ending", end)
}

/// Which records, and what was typed; the code is never shown again.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct JoinFields {
    one: String,
    other: String,
    survivor: String,
    reason: String,
    in_person: String,
    code: String,
}

/// One field of both.
struct Row {
    label: String,
    one: String,
    other: String,
    /// Left to right, whatever the page.
    ltr: bool,
    differs: bool,
}

#[derive(Template)]
#[template(path = "joins/pages/new.html")]
struct NewPage {
    page: PageFrame,
    form: JoinFields,
    /// Both numbers are known, and there is something to compare.
    is_compared: bool,
    rows: Vec<Row>,
    holds: Vec<Row>,
    conflicts: Vec<String>,
    obstacles: Vec<String>,
    /// Number, name and what follows, of the records that may survive.
    choices: Vec<(String, String, String)>,
    /// Why these two are not joined at all; empty otherwise.
    never: String,
    /// Somebody signs in for at least one of them.
    asks_identity: bool,
    in_person: bool,
}

/// `GET /admin/record-joins/new?one=&other=`
pub(super) async fn new(me: Admin, Query(form): Query<JoinFields>) -> web::Result {
    if form.one.trim().is_empty() && form.other.trim().is_empty() {
        return web::render(&empty(&me, form, Vec::new()));
    }
    match compared(&me, form, Vec::new()).await? {
        (422, page) => web::render_status(422, &page),
        (_, page) => web::render(&page),
    }
}

/// `POST /admin/record-joins`
pub(super) async fn create(me: Admin, Form(form): Form<JoinFields>) -> web::Result {
    let [one, other] = [&form.one, &form.other].map(|number| number.trim().to_uppercase());
    let survivor = form.survivor.trim().to_uppercase();
    let retired = match &survivor {
        chosen if *chosen == one => other,
        chosen if *chosen == other => one,
        _ => {
            let error = FieldError::new("survivor", "people-join-error-survivor");
            return web::render_status(422, &compared(&me, form, vec![error]).await?.1);
        }
    };
    let command = Join {
        survivor,
        retired,
        reason: form.reason.clone(),
        seen_in_person: form.in_person == "on",
        code: form.code.clone(),
    };
    match api::join(&me, command).await? {
        Ok(id) => {
            me.flash_ok("people-join-done");
            Ok(me.redirect(&format!("/admin/record-joins/{id}")))
        }
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            web::render_status(422, &compared(&me, form, errors).await?.1)
        }
    }
}

fn empty(me: &Ctx, form: JoinFields, errors: Vec<FieldError>) -> NewPage {
    NewPage {
        page: me.page("people-join-title").with_errors(errors),
        form,
        is_compared: false,
        rows: Vec::new(),
        holds: Vec::new(),
        conflicts: Vec::new(),
        obstacles: Vec::new(),
        choices: Vec::new(),
        never: String::new(),
        asks_identity: false,
        in_person: false,
    }
}

/// Both records, or the two fields again with what is wrong about them.
async fn compared(me: &Ctx, form: JoinFields, errors: Vec<FieldError>) -> Result<(u16, NewPage), web::Error> {
    let mut tx = me.begin_system("compare two records").await?;
    let parts = me.app().part::<Parts>();
    let found = look(&mut tx, me.app().vault(), &parts, me.actor(), (&form.one, &form.other)).await;
    tx.commit().await?;
    match found {
        Ok(preview) => Ok((200, preview_page(me, form, errors, &preview))),
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            Ok((422, empty(me, form, errors)))
        }
    }
}

fn preview_page(me: &Ctx, mut form: JoinFields, errors: Vec<FieldError>, preview: &Preview) -> NewPage {
    let page = me.page("people-join-title").with_errors(errors);
    let [one, other] = &preview.sides;
    (form.one, form.other) = (one.record_no.clone(), other.record_no.clone());
    let stands_in_the_way = |of: &Side| preview.seen.obstacles.iter().any(|obstacle| obstacle.of == of.id);
    // Which survives: the other must be free to be retired.
    let may = |survivor: &Side, retired: &Side| {
        survivor.standing != Standing::Retired && retired.standing == Standing::Alone && !stands_in_the_way(retired)
    };
    let choice = |survivor: &Side, retired: &Side| {
        let args = [("retired", retired.record_no.as_str())];
        (
            survivor.record_no.clone(),
            format!("{} · {}", survivor.record_no, survivor.full_name),
            page.tr("people-join-choice", args),
        )
    };
    let pairs = [(one, other), (other, one)];
    let choices: Vec<_> =
        pairs.iter().filter(|(survivor, retired)| may(survivor, retired)).map(|(a, b)| choice(a, b)).collect();
    let acts = |a: &Side, b: &Side| a.speakers.iter().any(|account| !b.speakers.contains(account));
    let level = pairs.iter().all(|(a, b)| a.standing == Standing::Retired || b.standing != Standing::Alone);
    let never = match () {
        () if preview.told_apart => page.t("people-join-never-told-apart"),
        () if level => page.t("people-join-never-level"),
        () if acts(one, other) && acts(other, one) => page.t("people-join-never-acts"),
        () => String::new(),
    };
    let counted = |key: &str, count: i64| page.tr(key, [("count", page.number(count).as_str())]);
    NewPage {
        rows: rows(&page, one, other),
        holds: preview
            .seen
            .holds
            .iter()
            .map(|held| Row {
                label: page.t(held.key),
                one: page.number(held.one),
                other: page.number(held.other),
                ltr: false,
                differs: false,
            })
            .collect(),
        conflicts: preview.seen.conflicts.iter().map(|conflict| counted(conflict.key, conflict.count)).collect(),
        obstacles: preview
            .seen
            .obstacles
            .iter()
            .map(|obstacle| {
                let of = if obstacle.of == one.id { one } else { other };
                format!("{}: {}", of.record_no, counted(obstacle.key, obstacle.count))
            })
            .collect(),
        choices,
        never,
        asks_identity: [one, other].iter().any(|side| side.account == Account::Active),
        in_person: form.in_person == "on",
        is_compared: true,
        form,
        page,
    }
}

fn rows(page: &PageFrame, one: &Side, other: &Side) -> Vec<Row> {
    let row = |key: &str, of: &dyn Fn(&Side) -> String, ltr: bool| {
        let (one, other) = (of(one), of(other));
        Row { label: page.t(key), differs: one != other, one, other, ltr }
    };
    let said = |text: String| if text.is_empty() { page.t("people-scan-not-said") } else { text };
    vec![
        row("people-full-name", &|side| side.full_name.clone(), false),
        row("people-birth-date", &|side| said(side.birth_date.map(|day| page.date(day)).unwrap_or_default()), false),
        row("people-sex", &|side| page.t(sex_key(side.sex)), false),
        row("people-phone", &|side| said(side.phones.join(", ")), true),
        row("people-duplicates-email", &|side| said(side.email.clone().unwrap_or_default()), true),
        row("people-country", &|side| said(side.country.clone().unwrap_or_default()), false),
        row("people-duplicates-account", &|side| page.t(account_key(side.account)), false),
        row("people-join-speakers", &|side| page.number(i64::try_from(side.speakers.len()).unwrap_or_default()), false),
        row("people-duplicates-since", &|side| page.day(side.since), false),
    ]
}

const fn account_key(account: Account) -> &'static str {
    match account {
        Account::None => "people-duplicates-no-account",
        Account::Active => "people-duplicates-own-account",
        Account::Disabled => "people-join-account-disabled",
    }
}

const fn sex_key(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "people-sex-female",
        Sex::Male => "people-sex-male",
        Sex::Intersex => "people-sex-intersex",
        Sex::Unknown => "people-sex-unknown",
    }
}

/// One join.
struct Line {
    href: String,
    survivor: String,
    survivor_no: String,
    retired: String,
    retired_no: String,
    joined: String,
    /// When and by whom they were taken apart; empty while they are joined.
    ended: String,
}

fn line(page: &PageFrame, join: &Joined) -> Line {
    let by = |at: String, by: &str| if by.is_empty() { at } else { format!("{at} · {by}") };
    Line {
        href: format!("/admin/record-joins/{}", join.id),
        survivor: join.survivor_name.clone(),
        survivor_no: join.survivor_no.clone(),
        retired: join.retired_name.clone(),
        retired_no: join.retired_no.clone(),
        joined: by(page.when(join.at), &join.by),
        ended: join
            .ended_at
            .map(|at| by(page.when(at), join.ended_by.as_deref().unwrap_or_default()))
            .unwrap_or_default(),
    }
}

#[derive(Template)]
#[template(path = "joins/pages/list.html")]
struct ListPage {
    page: PageFrame,
    lines: Vec<Line>,
    next: String,
    first: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    cursor: String,
}

/// `GET /admin/record-joins?cursor=`
pub(super) async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let (joins, more) = look_through(&mut tx, me.actor(), wanted.cursor.parse().ok(), ROWS).await?;
    tx.commit().await?;
    let page = me.page("people-joins-title");
    let next = joins.last().filter(|_| more).map(|last| format!("/admin/record-joins?cursor={}", last.id));
    web::render(&ListPage {
        lines: joins.iter().map(|join| line(&page, join)).collect(),
        next: next.unwrap_or_default(),
        first: if wanted.cursor.is_empty() { String::new() } else { "/admin/record-joins".to_owned() },
        page,
    })
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct PartFields {
    reason: String,
    code: String,
}

#[derive(Template)]
#[template(path = "joins/pages/show.html")]
struct ShowPage {
    page: PageFrame,
    line: Line,
    identity: String,
    reason: String,
    ending: String,
    since: Vec<String>,
    form: PartFields,
}

/// `GET /admin/record-joins/{join}`
pub(super) async fn show(me: Admin, Path(id): Path<RecordJoinId>) -> web::Result {
    web::render(&show_page(&me, id, PartFields::default(), Vec::new()).await?)
}

/// `POST /admin/record-joins/{join}/ending`
pub(super) async fn end(me: Admin, Path(id): Path<RecordJoinId>, Form(form): Form<PartFields>) -> web::Result {
    let command = Part { reason: form.reason.clone(), code: form.code.clone() };
    match api::part(&me, id, command).await? {
        Ok(()) => {
            me.flash_ok("people-join-parted");
            Ok(me.redirect(&format!("/admin/record-joins/{id}")))
        }
        Err(error) => {
            let FaultKind::Invalid(errors) = error.kind() else { return Err(error.into()) };
            web::render_status(422, &show_page(&me, id, form, errors).await?)
        }
    }
}

async fn show_page(
    me: &Ctx,
    id: RecordJoinId,
    form: PartFields,
    errors: Vec<FieldError>,
) -> Result<ShowPage, web::Error> {
    let mut tx = me.begin_system("look at a join").await?;
    let parts = me.app().part::<Parts>();
    let Whole { join, reason, ending, since } = one(&mut tx, me.app().vault(), &parts, me.actor(), id).await?;
    tx.commit().await?;
    let page = me.page("people-join-one-title").with_errors(errors);
    Ok(ShowPage {
        line: line(&page, &join),
        identity: page.t(format!("people-join-identity-{}", join.identity.code())),
        since: since.iter().map(|(key, count)| format!("{}: {}", page.t(key), page.number(*count))).collect(),
        reason,
        ending,
        form,
        page,
    })
}
