//! HTML: the workspace.

use askama::Template;
use chart::vitals::Sign;
use kernel::FieldError;
use web::{Ctx, PageFrame};

use super::{
    checklist::{self, Item},
    story::Story,
};
use crate::{
    commands,
    notes::{NoteContent, NoteForm, find_for_visit},
    rooms::RoomView,
    visits::{Incomplete, Side, Visit, VisitState},
};

/// One field of the vital signs.
struct VitalField {
    name: &'static str,
    label: String,
    unit: &'static str,
    value: String,
}

#[derive(Template)]
#[template(path = "workspace/pages/desk.html")]
struct Workspace {
    page: PageFrame,
    room: RoomView,
    visit: Visit,
    story: Story,
    form: NoteForm,
    /// Code and name of each diagnosis in the form.
    diagnoses: Vec<(String, String)>,
    vitals: Vec<VitalField>,
    checklist: Vec<Item>,
    reasons: Vec<(&'static str, String)>,
    heading: String,
    /// Something is, or was, written down of what was said.
    has_transcript: bool,
    /// When it was signed, and the first digits of the signature; empty before.
    signed_line: String,
}

/// The doctor's side of `GET /visits/{visit}`.
pub(crate) async fn show(me: &Ctx, visit: &Visit) -> web::Result {
    web::render(&open(me, visit, None).await?)
}

/// The same page with what was typed and what is wrong with it.
pub(super) async fn again(me: &Ctx, visit: &Visit, form: NoteForm, errors: Vec<FieldError>) -> web::Result {
    web::render_status(422, &open(me, visit, Some((form, errors))).await?)
}

async fn open(me: &Ctx, visit: &Visit, typed: Option<(NoteForm, Vec<FieldError>)>) -> Result<Workspace, web::Error> {
    let mut tx = me.begin().await?;
    let note = find_for_visit(&mut tx, me.app().vault(), visit, chart::purpose::TREATMENT).await?;
    let page = me.page("consultations-room");
    let story = Story::open(me, &page, &mut tx, visit).await?;
    let now = tx.now();
    let done = commands::store::list(&mut tx, me.app().vault(), visit.id).await?;
    let has_transcript = crate::transcripts::store::find(&mut tx, visit.id).await?.is_some();
    tx.commit().await?;
    let version = note.as_ref().map_or(0, |note| note.version);
    let signed_hash = note.as_ref().and_then(|note| note.signed_hash);
    let content = note.map(|note| note.content.into_inner()).unwrap_or_default();
    let mut folded = content.clone();
    commands::fold(&mut folded, &done);
    let (form, errors) = typed.unwrap_or_else(|| (NoteForm::of(&content, version), Vec::new()));
    let title = me.tr("consultations-workspace-title", [("name", visit.patient_name.as_str())]);
    Ok(Workspace {
        heading: heading(me, &page, visit),
        signed_line: signed_line(me, &page, visit, signed_hash),
        page: page.titled(&title).with_errors(errors),
        room: RoomView::new(me, visit, Side::Doctor, now),
        diagnoses: named(&form, &content),
        vitals: Sign::ALL.into_iter().map(|sign| field(me, sign, &form)).collect(),
        checklist: checklist::items(&folded),
        reasons: Incomplete::ALL
            .into_iter()
            .map(|reason| (reason.code(), me.t(format!("consultations-incomplete-{}", reason.code()))))
            .collect(),
        visit: visit.clone(),
        has_transcript,
        story,
        form,
    })
}

fn named(form: &NoteForm, content: &NoteContent) -> Vec<(String, String)> {
    let name = |code: &str| {
        let kept = content.diagnoses.iter().find(|diagnosis| diagnosis.code == code).map(|d| d.name.clone());
        kept.or_else(|| chart::icd10::find(code).map(|known| known.name.to_owned())).unwrap_or_default()
    };
    form.codes().into_iter().map(|code| (name(&code), code)).map(|(name, code)| (code, name)).collect()
}

fn field(me: &Ctx, sign: Sign, form: &NoteForm) -> VitalField {
    VitalField {
        name: sign.as_str(),
        label: me.t(format!("chart-vital-{}", sign.as_str())),
        unit: sign.printed_unit(),
        value: form.vital(sign).to_owned(),
    }
}

fn heading(me: &Ctx, page: &PageFrame, visit: &Visit) -> String {
    let mode = me.t(format!("consultations-mode-short-{}", visit.mode));
    let when = page.when(visit.starts_at);
    me.tr("consultations-workspace-heading", [("mode", mode.as_str()), ("when", when.as_str())])
}

fn signed_line(me: &Ctx, page: &PageFrame, visit: &Visit, hash: Option<[u8; 32]>) -> String {
    let (Some(at), Some(hash)) = (visit.signed_at, hash) else {
        return String::new();
    };
    let (when, mark) = (page.when(at), fingerprint(&hash));
    me.tr("consultations-signed-at", [("when", when.as_str()), ("mark", mark.as_str())])
}

fn fingerprint(hash: &[u8; 32]) -> String {
    hex::encode(&hash[..4])
}

impl Workspace {
    fn is_signed(&self) -> bool {
        self.visit.state == VisitState::Signed
    }
}
