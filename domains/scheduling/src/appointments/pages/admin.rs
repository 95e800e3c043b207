//! The administrator's list of appointments, and the commands that only an administrator has.

use askama::Template;
use axum::extract::Path;
use kernel::{Cursor, LocalDate, PageRequest, ids::AppointmentId};
use serde::Deserialize;
use web::{Admin, Query};

use super::super::{
    absent::{Absentee, no_show, reinstate},
    model::Status,
    store::{lists, people::find_doctor},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>("/admin/appointments", list)
        .post::<Admin, _, _>("/admin/appointments/{appointment}/doctor-absence", doctor_absent)
        .post::<Admin, _, _>("/admin/appointments/{appointment}/reinstatement", take_back)
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct Wanted {
    status: String,
    /// Slug or id.
    doctor: String,
    day: String,
    cursor: Option<Cursor>,
}

struct Line {
    href: String,
    when: String,
    doctor: String,
    patient: String,
    mode: String,
    price: String,
    status: &'static str,
}

#[derive(Template)]
#[template(path = "appointments/pages/admin.html")]
struct AdminPage {
    page: web::PageFrame,
    wanted: Wanted,
    statuses: Vec<(&'static str, String)>,
    lines: Vec<Line>,
    next: String,
    first: String,
}

async fn list(me: Admin, Query(wanted): Query<Wanted>) -> web::Result {
    let mut tx = me.begin().await?;
    let doctor = match wanted.doctor.trim() {
        "" => None,
        slug => find_doctor(&mut tx, slug).await?,
    };
    let unknown_doctor = doctor.is_none() && !wanted.doctor.trim().is_empty();
    let day: Option<LocalDate> = wanted.day.trim().parse().ok();
    let filter = lists::Filter {
        status: wanted.status.parse().ok(),
        doctor: doctor.map(|doctor| doctor.id),
        from: day.map(|day| day.starts_in(me.zone())),
        to: day.map(|day| day.plus_days(1).starts_in(me.zone())),
    };
    let request = PageRequest::of(50, wanted.cursor.clone());
    let found = lists::all(&mut tx, &filter, &request).await?;
    tx.commit().await?;
    let page = me.page("scheduling-admin-title");
    let items = if unknown_doctor { Vec::new() } else { found.items };
    let lines = items.into_iter().map(|line| Line {
        href: format!("/appointments/{}", line.id),
        when: page.when(line.starts_at),
        doctor: line.doctor,
        patient: line.patient.unwrap_or_default(),
        mode: page.t(line.mode.label_key()),
        price: page.money(line.price),
        status: line.status.code(),
    });
    let lines = lines.collect();
    let here = |cursor: Option<&Cursor>| {
        let mut query = vec![("status", wanted.status.as_str()), ("doctor", &wanted.doctor), ("day", &wanted.day)];
        if let Some(Cursor(cursor)) = cursor {
            query.push(("cursor", cursor));
        }
        format!("/admin/appointments?{}", serde_urlencoded::to_string(query).unwrap_or_default())
    };
    web::render(&AdminPage {
        statuses: Status::ALL.iter().map(|status| (status.code(), page.t(status.label_key()))).collect(),
        lines,
        next: if unknown_doctor {
            String::new()
        } else {
            found.next_cursor.as_ref().map(|c| here(Some(c))).unwrap_or_default()
        },
        first: wanted.cursor.as_ref().map(|_| here(None)).unwrap_or_default(),
        wanted: wanted.clone(),
        page,
    })
}

async fn doctor_absent(me: Admin, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    no_show(&mut tx, me.actor(), id, Absentee::Doctor).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-no-show-done");
    Ok(me.redirect(&format!("/appointments/{id}")))
}

async fn take_back(me: Admin, Path(id): Path<AppointmentId>) -> web::Result {
    let mut tx = me.begin().await?;
    reinstate(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("scheduling-reinstated-done");
    Ok(me.redirect(&format!("/appointments/{id}")))
}
