use askama::Template;
use kernel::LocalDate;
use web::{Admin, PageFrame};

use super::store::{self, Flow, Month, People, Today, Trouble};
use crate::doctors::{weekday, zone_words};

#[derive(Template)]
#[template(path = "overview/pages/overview.html")]
struct OverviewPage {
    page: PageFrame,
    zone: String,
    groups: Vec<Group>,
    days: Vec<Bar>,
}

struct Group {
    title: String,
    tiles: Vec<Tile>,
}

struct Tile {
    name: String,
    number: String,
    note: String,
    tone: &'static str,
    href: String,
}

struct Bar {
    label: String,
    count: i64,
    most: i64,
    href: String,
    today: bool,
}

pub(super) async fn show(me: Admin) -> web::Result {
    let (zone, mut tx) = (me.zone(), me.begin().await?);
    let now = tx.now();
    let day = now.date_in(zone);
    let numbers = Numbers {
        today: store::today(&mut tx, day.starts_in(zone), day.plus_days(1).starts_in(zone)).await?,
        month: store::month(&mut tx).await?,
        people: store::people(&mut tx).await?,
        flows: store::list_flows(&mut tx, now.plus_days(-30)).await?,
        trouble: store::trouble(&mut tx).await?,
        day,
    };
    let days = store::list_days(&mut tx, zone).await?;
    tx.commit().await?;
    let page = me.page("home-admin-title");
    web::render(&OverviewPage {
        zone: zone_words(&page, zone, now),
        groups: vec![numbers.care(&page), numbers.doctors(&page), numbers.money(&page), numbers.community(&page)],
        days: bars(&page, &days, day),
        page,
    })
}

struct Numbers {
    today: Today,
    month: Month,
    people: People,
    flows: Vec<Flow>,
    trouble: Trouble,
    day: LocalDate,
}

/// A number that asks for somebody's attention when it is not zero.
fn asks(number: i64, tone: &'static str) -> &'static str {
    if number > 0 { tone } else { "" }
}

impl Numbers {
    fn care(&self, page: &PageFrame) -> Group {
        let day = self.day;
        let on = |status: &str| format!("/admin/appointments?status={status}&day={day}");
        let tile = |key: &str, number: i64, note: String, tone, href| Tile {
            name: page.t(key),
            number: page.number(number),
            note,
            tone,
            href,
        };
        let said = |key: &str, count: i64| page.tr(key, [("count", count.to_string().as_str())]);
        let seen = self.month.finished + self.month.absent;
        let share = if seen > 0 { format!("{:.1} %", percent(self.month.absent, seen)) } else { "–".to_owned() };
        Group {
            title: page.t("home-admin-care"),
            tiles: vec![
                tile(
                    "home-admin-today",
                    self.today.booked,
                    said("home-admin-done", self.today.done),
                    "",
                    format!("/admin/appointments?day={day}"),
                ),
                tile(
                    "home-admin-waiting",
                    self.today.waiting,
                    said("home-admin-running", self.today.running),
                    asks(self.today.waiting, "warn"),
                    on("confirmed"),
                ),
                tile(
                    "home-admin-requests",
                    self.today.requests,
                    page.t("home-admin-requests-note"),
                    "",
                    "/admin/appointments?status=requested".to_owned(),
                ),
                tile(
                    "home-admin-holds",
                    self.today.holds,
                    page.t("home-admin-holds-note"),
                    "",
                    "/admin/appointments?status=held".to_owned(),
                ),
                Tile {
                    name: page.t("home-admin-absent"),
                    number: share,
                    note: said("home-admin-absent-note", self.month.absent),
                    tone: "",
                    href: "/admin/appointments?status=no_show_patient".to_owned(),
                },
                tile(
                    "home-admin-cancelled",
                    self.month.cancelled,
                    page.t("home-admin-30"),
                    "",
                    "/admin/appointments?status=cancelled_by_patient".to_owned(),
                ),
            ],
        }
    }

    fn doctors(&self, page: &PageFrame) -> Group {
        let tile = |key: &str, number: i64, note: &str, tone, href: &str| Tile {
            name: page.t(key),
            number: page.number(number),
            note: page.t(note),
            tone,
            href: href.to_owned(),
        };
        Group {
            title: page.t("home-admin-people"),
            tiles: vec![
                tile(
                    "home-admin-submitted",
                    self.people.submitted,
                    "home-admin-submitted-note",
                    asks(self.people.submitted, "warn"),
                    "/admin/doctors?status=submitted",
                ),
                tile(
                    "home-admin-published",
                    self.people.published,
                    "home-admin-published-note",
                    "",
                    "/admin/doctors?status=published",
                ),
                tile(
                    "home-admin-stale",
                    self.people.stale,
                    "home-admin-stale-note",
                    asks(self.people.stale, "warn"),
                    "/admin/doctors?status=published",
                ),
                tile(
                    "home-admin-suspended",
                    self.people.suspended,
                    "home-admin-suspended-note",
                    "",
                    "/admin/doctors?status=suspended",
                ),
                tile("home-admin-accounts", self.people.accounts, "home-admin-accounts-note", "", "/admin/accounts"),
                tile(
                    "home-admin-patients",
                    self.people.patients,
                    "home-admin-patients-note",
                    "",
                    "/admin/accounts?role=patient",
                ),
            ],
        }
    }

    fn money(&self, page: &PageFrame) -> Group {
        let mut tiles: Vec<Tile> = self
            .flows
            .iter()
            .take(4)
            .map(|flow| {
                let (back, count) = (page.money(flow.returned), flow.payments.to_string());
                Tile {
                    name: page.tr("home-admin-received", [("currency", flow.received.currency.code())]),
                    number: page.money(flow.received),
                    note: page.tr("home-admin-received-note", [("count", count.as_str()), ("back", back.as_str())]),
                    tone: "",
                    href: "/admin/payments".to_owned(),
                }
            })
            .collect();
        let trouble = [
            ("home-admin-failed", self.trouble.failed_payments, "/admin/payments?show=failed"),
            ("home-admin-refunds", self.trouble.stuck_refunds, "/admin/refunds?state=failed"),
            ("home-admin-approve", self.trouble.refunds_to_approve, "/admin/refunds?state=requested"),
        ];
        tiles.extend(trouble.map(|(key, number, href)| Tile {
            name: page.t(key),
            number: page.number(number),
            note: page.t(format!("{key}-note")),
            tone: asks(number, "crit"),
            href: href.to_owned(),
        }));
        Group { title: page.t("home-admin-money"), tiles }
    }

    fn community(&self, page: &PageFrame) -> Group {
        let tile = |key: &str, number: i64, tone, href: &str| Tile {
            name: page.t(key),
            number: page.number(number),
            note: page.t(format!("{key}-note")),
            tone,
            href: href.to_owned(),
        };
        Group {
            title: page.t("home-admin-rest"),
            tiles: vec![
                tile("home-admin-reviews", self.people.reviews, asks(self.people.reviews, "warn"), "/admin/reviews"),
                tile(
                    "home-admin-duplicates",
                    self.trouble.double_records,
                    asks(self.trouble.double_records, "warn"),
                    "/admin/duplicates",
                ),
                tile("home-admin-places", self.people.places, "", "/health-centres"),
            ],
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a month, shown with one decimal")]
fn percent(part: i64, whole: i64) -> f64 {
    part as f64 * 100.0 / whole as f64
}

fn bars(page: &PageFrame, days: &[(LocalDate, i64)], today: LocalDate) -> Vec<Bar> {
    let most = days.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    days.iter()
        .map(|(day, count)| Bar {
            label: format!("{} {}", weekday(page, *day), page.date(*day)),
            count: *count,
            most,
            href: format!("/admin/appointments?day={day}"),
            today: *day == today,
        })
        .collect()
}
