//! HTML: what was said, and who agreed to its being written down.

use askama::Template;
use axum::extract::Path;
use kernel::ids::VisitId;
use serde::Deserialize;
use web::{Ctx, Form, PageFrame, SignedIn};

use super::{Line, Transcript, TranscriptError, TranscriptStatus, api, store};
use crate::{
    recordings::{self, Stretch, place_of},
    visits::{Side, Visit, store as visits},
};

#[derive(Template)]
#[template(path = "transcripts/pages/transcript.html")]
struct TranscriptPage {
    page: PageFrame,
    visit: Visit,
    side: Side,
    transcript: Option<Transcript>,
    lines: Vec<Line>,
    /// The recording, where there is one: its beginning in milliseconds since the transcript's, and what was kept.
    recorded: Option<(i64, Vec<Stretch>)>,
    /// What agreeing means.
    terms: String,
    /// How it stands, in words.
    standing: String,
    /// When it will be deleted; empty where there is nothing.
    kept: String,
}

impl TranscriptPage {
    fn may_agree(&self) -> bool {
        self.side == Side::Patient && self.is(TranscriptStatus::Asked)
    }

    /// The patient's yes still stands, or there is something to delete.
    fn may_withdraw(&self) -> bool {
        self.side == Side::Patient
            && (!self.lines.is_empty() || self.is(TranscriptStatus::Running) || self.is(TranscriptStatus::Paused))
    }

    fn is(&self, status: TranscriptStatus) -> bool {
        self.transcript.as_ref().is_some_and(|transcript| transcript.status == status)
    }

    fn speaker(&self, line: &Line) -> &str {
        if line.is_patient() { &self.visit.patient_name } else { &self.visit.practitioner_name }
    }

    /// The second of the recording at which the line is heard.
    fn heard_at(&self, line: &Line) -> Option<i64> {
        let (began_ms, stretches) = self.recorded.as_ref()?;
        Some(place_of(stretches, i64::from(line.starts_ms) - began_ms)? / 1000)
    }

    fn back(&self) -> String {
        match self.side {
            Side::Patient => format!("/appointments/{}", self.visit.appointment),
            Side::Doctor => format!("/visits/{}", self.visit.id),
        }
    }
}

/// `GET /visits/{visit}/transcript`
pub(crate) async fn show(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    let (visit, side) = visits::find_for(&mut tx, me.actor(), id).await?.ok_or(TranscriptError::NotFound)?;
    let transcript = store::find(&mut tx, id).await?;
    let segments = match transcript {
        Some(_) => store::list_segments(&mut tx, me.app().vault(), (&visit, Some(api::purpose(side))), 0).await?,
        None => Vec::new(),
    };
    let recorded = match transcript.as_ref().and_then(|found| found.started_at) {
        Some(zero) => recordings::stretches_since(&mut tx, id, zero).await?,
        None => None,
    };
    tx.commit().await?;
    let page = me.page("consultations-transcript-title");
    let standing = match &transcript {
        None => me.t("consultations-transcript-none"),
        Some(found) => match found.end_reason {
            Some(reason) => me.t(format!("consultations-transcript-ended-{}", reason.code())),
            None => me.t(format!("consultations-transcript-is-{}", found.status.code())),
        },
    };
    let kept = match &transcript {
        Some(found) if !segments.is_empty() => {
            me.tr("consultations-transcript-kept-until", [("day", page.day(found.keep_until).as_str())])
        }
        _ => String::new(),
    };
    let lines = segments.iter().map(Line::from).collect();
    let terms = terms_in_words(&me, transcript.as_ref().and_then(|found| found.recipient.as_deref()));
    web::render(&TranscriptPage { page, visit, side, transcript, lines, recorded, terms, standing, kept })
}

/// What the patient agrees to; `recipient` is named where there is one.
pub(crate) fn terms_in_words(me: &Ctx, recipient: Option<&str>) -> String {
    let terms = me.t("consultations-transcript-ask-text");
    match recipient {
        None => format!("{terms} {}", me.t("consultations-transcript-stays-here")),
        Some(to) => format!("{terms} {}", me.tr("consultations-transcript-goes-to", [("to", to)])),
    }
}

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    step: api::Act,
}

/// `POST /visits/{visit}/transcript`
pub(crate) async fn post(me: SignedIn, Path(id): Path<VisitId>, Form(pressed): Form<Pressed>) -> web::Result {
    api::stepped(&me, id, pressed.step).await?;
    me.flash_ok(match pressed.step {
        api::Act::Forget => "consultations-transcript-flash-forgotten",
        api::Act::Withdraw => "consultations-transcript-flash-withdrawn",
        _ => "consultations-transcript-flash-done",
    });
    Ok(me.redirect(&format!("/visits/{id}/transcript")))
}
