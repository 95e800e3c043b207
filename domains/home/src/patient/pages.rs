use askama::Template;
use web::{PageFrame, Patient};

use super::{
    store::{self, Gaps, Past, Prescribed},
    view::{Step, Visit, visit},
};
use crate::doctors::doctor_name;

#[derive(Template)]
#[template(path = "patient/pages/home.html")]
struct HomePage {
    page: PageFrame,
    greeting: String,
    next: Option<Visit>,
    later: Vec<Visit>,
    todo: Vec<ToDo>,
    prescriptions: Vec<Paper>,
    vitals: Vec<(String, String)>,
    vitals_on: String,
    /// "2 new" messages; empty when all are read.
    unread: String,
}

struct ToDo {
    icon: &'static str,
    label: String,
    href: String,
    action: String,
}

struct Paper {
    href: String,
    title: String,
    note: String,
}

pub(super) async fn show(me: Patient) -> web::Result {
    let page = me.page("home-patient-title");
    // One's own home is about oneself, and says when those one acts for have a visit; another's is about them alone.
    let (patients, of_all) = (&me.actor().patients, page.acting_for().is_none());
    let (zone, mut tx) = (me.zone(), me.begin().await?);
    let coming = store::list_coming(&mut tx, (patients, of_all)).await?;
    let unrated = store::list_unrated(&mut tx, me.patient_id()).await?;
    let prescribed = store::list_prescribed(&mut tx, me.patient_id()).await?;
    let gaps = store::find_gaps(&mut tx, me.patient_id()).await?;
    let vitals = chart::vitals::latest_for(&mut tx, me.app().vault(), me.patient_id(), chart::purpose::OWN).await?;
    let unread =
        correspondence::threads::count_unread(&mut tx, me.actor(), correspondence::threads::Side::Patient).await?;
    let now = tx.now();
    tx.commit().await?;
    let mut visits = coming.iter().map(|coming| visit(&page, coming, zone, now));
    let (next, later) = (visits.next(), visits.collect());
    let name = gaps.as_ref().map(|gaps| gaps.name.clone()).unwrap_or_default();
    let measured = vitals.as_ref().map(|vitals| vitals.signs.printed()).unwrap_or_default();
    web::render(&HomePage {
        greeting: greeting(&page, &name),
        next,
        later,
        todo: todo(&page, gaps.as_ref(), &unrated),
        prescriptions: prescribed.iter().map(|paper| prescription(&page, paper)).collect(),
        vitals: measured.into_iter().map(|(sign, value)| (page.t(format!("chart-vital-{sign}")), value)).collect(),
        unread: unread_words(&page, unread),
        vitals_on: vitals.map(|vitals| page.day(vitals.taken_at)).unwrap_or_default(),
        page,
    })
}

/// Counted now, from the read marks.
fn unread_words(page: &PageFrame, unread: i64) -> String {
    let count = unread.to_string();
    if unread > 0 { page.tr("correspondence-unread", [("count", count.as_str())]) } else { String::new() }
}

fn greeting(page: &PageFrame, name: &str) -> String {
    let key = if page.acting_for().is_some() { "home-greeting-for" } else { "home-greeting" };
    page.tr(key, [("name", first_name(name))])
}

/// People are greeted by the first word of their name.
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

fn todo(page: &PageFrame, gaps: Option<&Gaps>, unrated: &[Past]) -> Vec<ToDo> {
    let item = |icon, label: String, href: &str, action: &str| ToDo {
        icon,
        label,
        href: href.to_owned(),
        action: page.t(action),
    };
    let mut items = Vec::new();
    if gaps.is_some_and(|gaps| gaps.birth_date.is_none()) {
        items.push(item("user-round", page.t("home-todo-birth"), "/account", "home-todo-add"));
    }
    if gaps.is_some_and(|gaps| !gaps.allergies_answered) {
        items.push(item("shield-alert", page.t("home-todo-allergies"), "/record", "home-todo-answer"));
    }
    for past in unrated {
        let (doctor, day) = (doctor_name(page, &past.doctor), page.day(past.starts_at));
        let label = page.tr("home-todo-rate", [("doctor", doctor.as_str()), ("day", day.as_str())]);
        items.push(item("star", label, &format!("/appointments/{}/review", past.id), "home-todo-rate-go"));
    }
    items
}

fn prescription(page: &PageFrame, paper: &Prescribed) -> Paper {
    let (count, until) = (paper.items.to_string(), page.day(paper.valid_until));
    Paper {
        href: format!("/prescriptions/{}", paper.id),
        title: page.tr("home-medicines", [("count", count.as_str())]),
        note: page.tr(
            "home-prescribed",
            [
                ("doctor", doctor_name(page, &paper.doctor).as_str()),
                ("day", page.day(paper.signed_at).as_str()),
                ("until", until.as_str()),
            ],
        ),
    }
}
