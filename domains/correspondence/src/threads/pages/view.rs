//! What both sides are shown of a conversation, ready for the templates.

use db::Tx;
use emergency::red_flags::{self, CallView, Place};
use kernel::{
    Cursor, FieldError, Timestamp,
    ids::{DocumentId, PatientId, PractitionerId, ThreadMessageId},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{Ctx, PageFrame};

use super::super::{
    Extent, Opened,
    model::{Author, Category, Draft, Listed, Message, Reader, Side, Status},
    store::Away,
};
use crate::{
    MessageError,
    e_visits::{self, EVisit},
};

/// What was typed; kept when it is refused.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    /// Patient and doctor of a new conversation: `<patient>.<doctor>`.
    pub(super) to: String,
    pub(super) category: String,
    pub(super) subject: String,
    pub(super) text: String,
    /// The sender's own id, made with the form.
    pub(super) client_id: String,
    pub(super) documents: Vec<String>,
    pub(super) send_anyway: String,
}

impl Typed {
    /// An empty form, with an id of its own.
    pub(super) fn blank(tx: &mut Tx) -> Self {
        Self { client_id: tx.id::<ThreadMessageId>().to_string(), ..Self::default() }
    }

    /// What is to be sent. A form without an id is answered by one of its own: it was not ours.
    pub(super) fn draft(&self) -> Result<Draft, MessageError> {
        let client_id = self.client_id.parse::<Uuid>();
        let client_id = client_id
            .map_err(|_| MessageError::Invalid(vec![FieldError::new("text", "correspondence-error-form-old")]))?;
        Ok(Draft {
            client_id,
            text: self.text.clone(),
            documents: self.documents.iter().filter_map(|id| id.parse::<DocumentId>().ok()).collect(),
            send_anyway: !self.send_anyway.is_empty(),
        })
    }

    pub(super) fn category(&self) -> Category {
        Category::from_code(&self.category).unwrap_or_default()
    }
}

/// Why the page was stopped, and whom to call.
pub(super) struct Alarm {
    pub(super) call: CallView,
    pub(super) signs: Vec<String>,
    pub(super) is_crisis: bool,
}

/// What is wrong with what was typed, where that is shown on the same page.
pub(super) enum Stopped {
    Fields(Vec<FieldError>),
    Alarm(Vec<String>),
}

impl Stopped {
    pub(super) fn of(error: MessageError) -> Result<Self, MessageError> {
        match error {
            MessageError::Invalid(errors) => Ok(Self::Fields(errors)),
            MessageError::Urgent(codes) => Ok(Self::Alarm(codes)),
            MessageError::TooMany { retry_after_seconds } => {
                let minutes = retry_after_seconds.div_ceil(60);
                let error = FieldError::new("text", "correspondence-error-too-many").with("minutes", minutes);
                Ok(Self::Fields(vec![error]))
            }
            other => Err(other),
        }
    }

    pub(super) fn errors(&self) -> Vec<FieldError> {
        match self {
            Self::Fields(errors) => errors.clone(),
            Self::Alarm(_) => Vec::new(),
        }
    }
}

/// The number to call where this person is, beside the signs that were found.
pub(super) async fn alarm(tx: &mut Tx, me: &Ctx, stopped: Option<&Stopped>) -> Result<Option<Alarm>, web::Error> {
    let Some(Stopped::Alarm(codes)) = stopped else { return Ok(None) };
    let place = Place::of("", me.zone());
    let call = red_flags::find_call(tx, &place).await?;
    let set = red_flags::read_flags(tx).await?;
    let is_crisis = set.flags.iter().any(|flag| flag.is_crisis && codes.contains(&flag.code));
    let page = me.page("emergency-call-title");
    Ok(Some(Alarm {
        call: red_flags::call_view(&page, call, &place),
        signs: codes.iter().map(|code| me.t(format!("emergency-flag-{code}"))).collect(),
        is_crisis,
    }))
}

/// Which page of a conversation is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Turned {
    /// None for the newest.
    before: Option<Cursor>,
}

impl Turned {
    pub(super) fn extent(self) -> Extent {
        Extent::page(self.before)
    }
}

/// Where the pages of a conversation are; empty where there is none.
pub(super) struct Paging {
    /// This one, fetched again with news: who reads what was said before goes on reading it.
    pub(super) here: String,
    pub(super) earlier: String,
    pub(super) later: String,
    /// Empty on the newest page.
    pub(super) newest: String,
    /// Where the first message is that is unread before these; empty where there is none.
    pub(super) unread: String,
}

/// Of the conversation at this address.
pub(super) fn paging(base: String, opened: &Opened, unread: Option<i32>) -> Paging {
    let at = |place: &str| format!("{base}?before={place}");
    let earlier = opened.earlier.as_ref().map(|Cursor(place)| at(place)).unwrap_or_default();
    let unread = unread.map(|first| at(&first.saturating_add(Extent::PAGE).to_string())).unwrap_or_default();
    let Some(before) = opened.before else {
        return Paging { here: base.clone(), earlier, later: String::new(), newest: String::new(), unread };
    };
    // Where the next page would end with the last message, it is the newest one.
    let next = before.saturating_add(Extent::PAGE);
    let later = if next <= opened.thread.last_number { at(&next.to_string()) } else { String::new() };
    Paging { here: at(&before.to_string()), earlier, later, newest: base, unread }
}

/// One message.
pub(super) struct Line {
    pub(super) number: i32,
    pub(super) who: String,
    pub(super) when: String,
    pub(super) mine: bool,
    pub(super) by_team: bool,
    pub(super) paragraphs: Vec<String>,
    /// Signs of an emergency; for the team.
    pub(super) signs: Vec<String>,
    /// Where each leads, empty where it may not be opened, and its kind.
    pub(super) documents: Vec<(String, String)>,
    pub(super) seen: bool,
}

pub(super) fn lines(page: &PageFrame, opened: &mut Opened) -> Vec<Line> {
    let (reader, patient) = (opened.reader, opened.thread.patient);
    let (name, seen) = (opened.patient_name.clone(), opened.team_has_read);
    let messages = std::mem::take(&mut opened.messages);
    messages.into_iter().map(|message| line(page, message, (reader, patient), (&name, seen))).collect()
}

fn line(page: &PageFrame, message: Message, (reader, patient): (Reader, PatientId), (name, seen): (&str, i32)) -> Line {
    let body = message.body.into_inner();
    let who = match &message.author {
        _ if message.mine => page.t("correspondence-you"),
        Author::Doctor(doctor) => doctor.clone(),
        Author::Patient => name.to_owned(),
        Author::Proxy => page.tr("correspondence-for", [("patient", name)]),
    };
    let signs = if reader.side() == Side::Team { body.flags } else { Vec::new() };
    Line {
        number: message.number,
        when: page.when(message.sent_at),
        mine: message.mine,
        by_team: message.from == Side::Team,
        paragraphs: body.text.lines().map(str::to_owned).collect(),
        signs: signs.into_iter().map(|code| page.t(format!("emergency-flag-{code}"))).collect(),
        documents: message
            .documents
            .into_iter()
            .map(|one| document(page, one.id, one.kind, (reader, patient)))
            .collect(),
        seen: reader == Reader::Patient && message.from == Side::Patient && message.number <= seen,
        who,
    }
}

/// Who covers may not open the record, and is told that there is a document.
fn document(
    page: &PageFrame,
    id: DocumentId,
    kind: Option<String>,
    (reader, patient): (Reader, PatientId),
) -> (String, String) {
    let Some(kind) = kind else { return (String::new(), page.t("correspondence-document")) };
    let href = match reader {
        Reader::Patient => format!("/record/documents/{id}"),
        Reader::Doctor => format!("/doctor/patients/{patient}/documents/{id}"),
        Reader::Cover => String::new(),
    };
    (href, page.t(format!("chart-document-kind-{kind}")))
}

/// A price, with what can be done about it.
pub(super) struct Price {
    pub(super) id: String,
    pub(super) amount: String,
    pub(super) words: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) may_answer: bool,
    pub(super) may_take_back: bool,
    /// Where it is paid.
    pub(super) bill: String,
}

pub(super) fn price(page: &PageFrame, e_visit: &EVisit, now: Timestamp) -> Price {
    let (held, status) = (e_visit.holds_answer(now), e_visit.status_at(now));
    let (code, tone) = match status {
        e_visits::Status::Proposed => ("proposed", "warn"),
        e_visits::Status::Accepted if held => ("unpaid", "warn"),
        e_visits::Status::Accepted if e_visit.awaits_answer() => ("paid", "ok"),
        e_visits::Status::Accepted => ("answered", "ok"),
        e_visits::Status::Declined => ("declined", ""),
        e_visits::Status::Withdrawn => ("withdrawn", ""),
        e_visits::Status::Expired => ("expired", ""),
        e_visits::Status::Unanswered => ("unanswered", ""),
    };
    let amount = page.money(e_visit.price);
    let until = page.when(e_visit.answer_due_at.unwrap_or(e_visit.ends_at));
    let key = format!("correspondence-price-text-{code}");
    Price {
        id: e_visit.id.to_string(),
        words: page.tr(key, [("amount", amount.as_str()), ("until", until.as_str())]),
        state: page.t(format!("correspondence-price-{code}")),
        tone,
        may_answer: status == e_visits::Status::Proposed,
        may_take_back: e_visit.stands(now),
        bill: if held { format!("/bills/{}", e_visit.appointment) } else { String::new() },
        amount,
    }
}

/// One conversation in a list.
pub(super) struct Row {
    pub(super) href: String,
    /// The subject; for the team the patient's name.
    pub(super) title: String,
    pub(super) about: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) urgent: bool,
    /// "2 new"; empty when all is read.
    pub(super) unread: String,
    pub(super) when: String,
    /// "Answer by …"; empty where nobody of the team owes one.
    pub(super) due: String,
    pub(super) overdue: bool,
}

/// As the patient's side or the team sees it; `me` is the present doctor.
pub(super) fn row(page: &PageFrame, listed: Listed, (side, me): (Side, Option<PractitionerId>), now: Timestamp) -> Row {
    let Listed { thread, patient_name, doctor_name, assignee_name, subject, unread } = listed;
    let category = page.t(format!("correspondence-category-{}", thread.category.code()));
    let (base, title, about) = match side {
        Side::Patient => {
            let title = subject.map(kernel::Phi::into_inner).unwrap_or_default();
            ("/messages", title, format!("{doctor_name} · {patient_name} · {category}"))
        }
        // Who covers opens no record: what it is about is read in the conversation, where the access log says so.
        Side::Team if Some(thread.practitioner) != me => {
            let covered = [("doctor", doctor_name.as_str()), ("cover", assignee_name.as_str())];
            ("/doctor/messages", patient_name, page.tr("correspondence-covered", covered))
        }
        Side::Team if assignee_name == doctor_name => {
            ("/doctor/messages", patient_name, format!("{category} · {doctor_name}"))
        }
        Side::Team => {
            let covered = [("doctor", doctor_name.as_str()), ("cover", assignee_name.as_str())];
            ("/doctor/messages", patient_name, format!("{category} · {}", page.tr("correspondence-covered", covered)))
        }
    };
    let count = unread.to_string();
    Row {
        href: format!("{base}/{}", thread.id),
        title,
        about,
        state: state(page, thread.status, side),
        tone: thread.status.tone(),
        urgent: thread.urgent,
        unread: if unread > 0 { page.tr("correspondence-unread", [("count", count.as_str())]) } else { String::new() },
        when: page.when(thread.last_at),
        due: thread
            .due_at
            .map(|due| page.tr("correspondence-due", [("when", page.when(due).as_str())]))
            .unwrap_or_default(),
        overdue: thread.due_at.is_some_and(|due| due <= now),
    }
}

/// The state, as each side says it.
pub(super) fn state(page: &PageFrame, status: Status, side: Side) -> String {
    match side {
        Side::Patient => page.t(format!("correspondence-state-{}", status.code())),
        Side::Team => page.t(format!("correspondence-team-state-{}", status.code())),
    }
}

/// "Dr X is away until …, Dr Y covers"; empty while the doctor is there.
pub(super) fn away(page: &PageFrame, doctor: &str, away: Option<&Away>) -> String {
    let Some(away) = away else { return String::new() };
    let until = page.day(away.until.plus_seconds(-1));
    match &away.cover {
        Some((_, cover)) => page.tr(
            "correspondence-away-covered",
            [("doctor", doctor), ("until", until.as_str()), ("cover", cover.as_str())],
        ),
        None => page.tr("correspondence-away", [("doctor", doctor), ("until", until.as_str())]),
    }
}

pub(super) fn categories(page: &PageFrame) -> Vec<(&'static str, String)> {
    Category::ALL
        .map(|category| (category.code(), page.t(format!("correspondence-category-{}", category.code()))))
        .to_vec()
}
