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
    /// What listened, and where.
    by: String,
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

    /// Who outside is sent the sound, as the question names them.
    fn asked_to(&self) -> &str {
        self.transcript.as_ref().and_then(|transcript| transcript.sound_to.as_deref()).unwrap_or_default()
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
        Some(_) => store::list_segments(&mut tx, me.app().vault(), (&visit, Some(side.purpose())), 0).await?,
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
    let terms = transcript.as_ref().map(|found| terms_of(&me, found)).unwrap_or_default();
    let by = transcript.as_ref().map(|found| written_by(&me, found)).unwrap_or_default();
    web::render(&TranscriptPage { page, visit, side, transcript, lines, recorded, terms, by, standing, kept })
}

/// What agreeing to this question means.
pub(crate) fn terms_of(me: &Ctx, asked: &Transcript) -> String {
    terms_in_words(me, (&asked.language, asked.sound_to.as_deref()), asked.recipient.as_deref())
}

/// The same for a language before it is asked: whoever is sent sound or words is named.
pub(crate) fn terms_in_words(me: &Ctx, (language, sound_to): (&str, Option<&str>), recipient: Option<&str>) -> String {
    let language = language_in_words(me, language);
    let mut terms = match sound_to {
        None => vec![me.tr("consultations-transcript-ask-text", [("language", language.as_str())])],
        Some(to) => {
            let to = recipient_in_words(me, to);
            let named = [("language", language.as_str()), ("to", to.as_str())];
            vec![me.tr("consultations-transcript-ask-text-outside", named)]
        }
    };
    match (sound_to, recipient) {
        (None, None) => terms.push(me.t("consultations-transcript-stays-here")),
        (Some(_), None) => {}
        (_, Some(to)) => terms.push(me.tr("consultations-transcript-goes-to", [("to", to)])),
    }
    terms.join(" ")
}

/// `ar-AE` is Arabic.
pub(crate) fn language_in_words(me: &Ctx, language: &str) -> String {
    let code = language.split('-').next().unwrap_or_default();
    if people::languages::is_known(code) { me.t(format!("language-{code}")) } else { language.to_owned() }
}

/// The service and the country it is in: "Amazon Transcribe in Germany (eu-central-1)".
pub(crate) fn recipient_in_words(me: &Ctx, sound_to: &str) -> String {
    let Some((service, region)) = sound_to.rsplit_once(' ') else {
        return sound_to.to_owned();
    };
    match speech_amazon::country_of(region) {
        None => sound_to.to_owned(),
        Some(country) => {
            let country = me.t(format!("country-{country}"));
            let named = [("service", service), ("country", country.as_str()), ("region", region)];
            me.tr("consultations-transcript-recipient", named)
        }
    }
}

fn written_by(me: &Ctx, transcript: &Transcript) -> String {
    match &transcript.sound_to {
        None => me.tr("consultations-transcript-engine", [("engine", transcript.engine.as_str())]),
        Some(to) => {
            let to = recipient_in_words(me, to);
            me.tr("consultations-transcript-engine-outside", [("to", to.as_str())])
        }
    }
}

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    step: api::Act,
    /// Who the question named; empty is this machine.
    #[serde(default)]
    asked_to: String,
}

/// `POST /visits/{visit}/transcript`
pub(crate) async fn post(me: SignedIn, Path(id): Path<VisitId>, Form(pressed): Form<Pressed>) -> web::Result {
    let asked_to = Some(pressed.asked_to.as_str()).filter(|to| !to.is_empty());
    api::stepped(&me, id, pressed.step, asked_to).await?;
    me.flash_ok(match pressed.step {
        api::Act::Forget => "consultations-transcript-flash-forgotten",
        api::Act::Withdraw => "consultations-transcript-flash-withdrawn",
        _ => "consultations-transcript-flash-done",
    });
    Ok(me.redirect(&format!("/visits/{id}/transcript")))
}
