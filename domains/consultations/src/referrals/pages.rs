//! HTML: a doctor's referrals.

use askama::Template;
use web::{Doctor, PageFrame, Query};

use super::{
    api::Wanted,
    store::{self, End, Referral},
};
use crate::{
    commands::{self, Command, Status, Urgency},
    visits::VisitError,
};

struct Line {
    patient: String,
    chart: String,
    title: String,
    question: String,
    urgency: String,
    pressing: bool,
    other: String,
    when: String,
    step: String,
    seen: bool,
    withdrawn: bool,
    paper: String,
}

#[derive(Template)]
#[template(path = "referrals/pages/referrals.html")]
struct ReferralsPage {
    page: PageFrame,
    by_me: bool,
    lines: Vec<Line>,
}

/// `GET /doctor/referrals`
pub(super) async fn show(me: Doctor, Query(wanted): Query<Wanted>) -> web::Result {
    let practitioner = me.actor().practitioner.ok_or(VisitError::NotFound)?;
    let end = wanted.end();
    let mut tx = me.begin().await?;
    let found = store::list(&mut tx, me.app().vault(), (practitioner, end)).await?;
    tx.commit().await?;
    let page = me.page("consultations-referrals-title");
    let lines = found.into_iter().map(|one| line(&page, one)).collect();
    web::render(&ReferralsPage { page, by_me: end == End::By, lines })
}

fn line(page: &PageFrame, one: Referral) -> Line {
    let command = one.row.content.expose();
    let (question, urgency) = match command {
        Command::Refer { question, urgency, .. } => (question.clone(), *urgency),
        _ => Default::default(),
    };
    Line {
        chart: format!("/doctor/patients/{}", one.row.patient),
        title: commands::title(page, command),
        question,
        urgency: page.t(format!("consultations-urgency-{}", urgency.code())),
        pressing: urgency != Urgency::Routine,
        patient: one.patient_name,
        other: one.author_name,
        when: one.row.committed_at.map(|at| page.day(at)).unwrap_or_default(),
        seen: one.step.as_deref() == Some("seen"),
        step: one.step.map(|step| page.t(format!("consultations-referral-{step}"))).unwrap_or_default(),
        withdrawn: one.row.status == Status::EnteredInError,
        paper: format!("/letters/{}.pdf", one.row.id),
    }
}
