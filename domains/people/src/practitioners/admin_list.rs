//! `/admin/doctors`: every doctor, by state.

use askama::Template;
use kernel::{Cursor, LocalDate, PageRequest};
use serde::Deserialize;
use web::{Admin, Query};

use super::{Status, store};

#[derive(Template)]
#[template(path = "practitioners/pages/list.html")]
struct ListPage {
    page: web::PageFrame,
    q: String,
    status: String,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    next: String,
    first: String,
}

struct Tab {
    href: String,
    label: String,
    count: String,
    current: bool,
}

struct Line {
    href: String,
    name: String,
    email: String,
    specialties: String,
    place: String,
    status_label: String,
    status_tone: String,
    licence: String,
    identity: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    q: String,
    status: String,
    cursor: String,
}

pub(super) async fn list(me: Admin, Query(query): Query<ListQuery>) -> web::Result {
    let status: Option<Status> = query.status.parse().ok();
    let cursor = (!query.cursor.is_empty()).then(|| Cursor(query.cursor.clone()));
    let request = PageRequest::of(50, cursor);
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, status, &query.q, &request).await?;
    let counts = store::count_by_status(&mut tx).await?;
    tx.commit().await?;
    let page = me.page("people-doctors-title");
    let href = |status: &str, cursor: &str| {
        let mut address = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("q", query.q.as_str()), ("status", status), ("cursor", cursor)] {
            if !value.is_empty() {
                address.append_pair(name, value);
            }
        }
        let address = address.finish();
        if address.is_empty() { "/admin/doctors".to_owned() } else { format!("/admin/doctors?{address}") }
    };
    let total: i64 = counts.iter().map(|(_, n)| n).sum();
    let mut tabs = vec![Tab {
        href: href("", ""),
        label: me.t("people-doctors-all"),
        count: total.to_string(),
        current: status.is_none(),
    }];
    tabs.extend(Status::ALL.iter().map(|one| Tab {
        href: href(one.as_str(), ""),
        label: me.t(one.label_key()),
        count: counts.iter().find(|(status, _)| status == one).map_or(0, |(_, n)| *n).to_string(),
        current: status == Some(*one),
    }));
    let lines = found.items.iter().map(|doctor| line(&me, &page, doctor)).collect();
    let next = found.next_cursor.map(|cursor| href(&query.status, &cursor.0)).unwrap_or_default();
    let first = if query.cursor.is_empty() { String::new() } else { href(&query.status, "") };
    web::render(&ListPage { page, q: query.q.clone(), status: query.status.clone(), tabs, lines, next, first })
}

fn line(me: &Admin, page: &web::PageFrame, doctor: &store::Listed) -> Line {
    let names: Vec<String> = doctor.specialties.iter().map(|code| me.t(crate::specialties::name_key(code))).collect();
    let country = if doctor.country.is_empty() { String::new() } else { me.t(format!("country-{}", doctor.country)) };
    let place = [doctor.city.clone(), country].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    Line {
        href: format!("/admin/doctors/{}", doctor.id),
        name: doctor.full_name.clone(),
        email: doctor.email.clone().unwrap_or_default(),
        specialties: names.join(", "),
        place: place.join(", "),
        status_label: me.t(doctor.status.label_key()),
        status_tone: doctor.status.tone().to_owned(),
        licence: checked_on(me, page, doctor.licence_checked_on),
        identity: checked_on(me, page, doctor.identity_checked_on),
    }
}

fn checked_on(me: &Admin, page: &web::PageFrame, on: Option<LocalDate>) -> String {
    on.map_or_else(|| me.t("people-not-checked"), |date| page.date(date))
}
