//! What a change of hours would do, shown before it is made: the times of the next days, and whom it would strand.

use askama::Template;
use kernel::Timestamp;

use super::{Desk, WeekForm};
use crate::availability::change::Outlook;

struct Day {
    name: String,
    count: String,
    times: Vec<String>,
}

struct Stranded {
    field: String,
    patient: String,
    when: String,
    mode: String,
    price: String,
}

#[derive(Template)]
#[template(path = "availability/pages/preview.html")]
struct PreviewPage {
    page: web::PageFrame,
    action: String,
    back: String,
    typed: Vec<(String, String)>,
    opened: String,
    closed: String,
    stranded: Vec<Stranded>,
    days: Vec<Day>,
}

pub(super) fn show(desk: &Desk<'_>, action: &str, form: &WeekForm, outlook: &Outlook, status: u16) -> web::Result {
    let page = desk.me.page("scheduling-preview-page-title");
    let count = |key: &str, n: usize| page.tr(key, [("count", n.to_string().as_str())]);
    let new = outlook.after.iter().filter(|slot| !outlook.before.contains(slot)).count();
    let gone = outlook.before.iter().filter(|slot| !outlook.after.contains(slot)).count();
    let stranded = outlook.stranded.iter().map(|one| Stranded {
        field: format!("fate-{}", one.id),
        patient: one.name.clone().unwrap_or_else(|| page.t("scheduling-role-patient")),
        when: page.when_in(&outlook.zone, one.time.starts_at()),
        mode: page.t(one.mode.label_key()),
        price: if one.paid { page.money(one.price) } else { page.t("scheduling-not-paid-yet") },
    });
    let preview = PreviewPage {
        action: format!("{}/{action}", desk.base),
        back: desk.base.clone(),
        typed: form.typed(),
        opened: count("scheduling-preview-new", new),
        closed: count("scheduling-preview-gone", gone),
        stranded: stranded.collect(),
        days: days(&page, outlook),
        page,
    };
    web::render_status(status, &preview)
}

fn days(page: &web::PageFrame, outlook: &Outlook) -> Vec<Day> {
    let mut starts: Vec<Timestamp> = outlook.after.iter().map(|slot| slot.starts_at).collect();
    starts.dedup();
    let by_day = starts.chunk_by(|a, b| a.date_in(&outlook.zone) == b.date_in(&outlook.zone));
    by_day
        .map(|day| Day {
            name: page.date(day[0].date_in(&outlook.zone)),
            count: page.tr("scheduling-preview-times", [("count", day.len().to_string().as_str())]),
            times: day.iter().map(|at| at.in_zone(&outlook.zone).strftime("%H:%M").to_string()).collect(),
        })
        .collect()
}
