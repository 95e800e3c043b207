//! JSON: conversations, for the patient's side and for the team.

use axum::extract::Path;
use kernel::{
    Cursor, Page, PageRequest, Timestamp,
    ids::{AppointmentId, PatientId, PractitionerId, ThreadId, ThreadMessageId},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Doctor, Json, Patient, Query, SignedIn};

use super::{
    Attached, Author, Begin, Category, Draft, Extent, Listed, Message, Opened, Side, Status, Thread, assign, begin,
    close, find, limit, open, send,
    store::{self, Place, Show},
};
use crate::{
    Config, MessageError,
    e_visits::{self, EVisitView},
};

/// A conversation in a list.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct ThreadView {
    id: ThreadId,
    patient_id: PatientId,
    patient: String,
    doctor_id: PractitionerId,
    doctor: String,
    /// Who of the team answers.
    assignee_id: PractitionerId,
    /// Not in the list of who covers.
    category: Option<Category>,
    status: Status,
    /// Signs of an emergency stand in something that is not answered.
    urgent: bool,
    /// For the patient's side; the team reads it in the thread.
    subject: Option<String>,
    /// Messages of the other side after the caller's read mark.
    unread: i64,
    last_at: Timestamp,
    due_at: Option<Timestamp>,
}

impl From<Listed> for ThreadView {
    fn from(listed: Listed) -> Self {
        let Listed { thread, patient_name, doctor_name, subject, unread, .. } = listed;
        Self {
            id: thread.id,
            patient_id: thread.patient,
            patient: patient_name,
            doctor_id: thread.practitioner,
            doctor: doctor_name,
            assignee_id: thread.assignee,
            category: Some(thread.category),
            status: thread.status,
            urgent: thread.urgent,
            subject: subject.map(kernel::Phi::into_inner),
            unread,
            last_at: thread.last_at,
            due_at: thread.due_at,
        }
    }
}

/// Something that was said.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct MessageView {
    id: ThreadMessageId,
    number: i32,
    client_id: Uuid,
    from: Side,
    /// Of the team, by name.
    doctor: Option<String>,
    /// Somebody who acts for the patient wrote it.
    by_proxy: bool,
    mine: bool,
    text: String,
    /// Signs of an emergency that were found in it (`/api/v1/emergency/red-flags`).
    flags: Vec<String>,
    documents: Vec<Attached>,
    /// Somebody of the team has read it; for the patient's side.
    seen_by_team: Option<bool>,
    sent_at: Timestamp,
}

/// A conversation with what was said, as far as it was asked for.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct OpenedView {
    id: ThreadId,
    patient_id: PatientId,
    patient: String,
    doctor_id: PractitionerId,
    /// The visit by which the two know each other.
    appointment_id: AppointmentId,
    category: Category,
    status: Status,
    urgent: bool,
    subject: String,
    due_at: Option<Timestamp>,
    /// The oldest first.
    messages: Vec<MessageView>,
    /// Leads to the messages before these, as `?cursor=`; null where there are none.
    next_cursor: Option<Cursor>,
    /// Prices for an answer, the oldest first.
    e_visits: Vec<EVisitView>,
}

impl OpenedView {
    pub(super) fn of(opened: Opened, e_visits: Vec<EVisitView>) -> Self {
        let Opened { thread, reader, subject, patient_name, messages, earlier, team_has_read, .. } = opened;
        let view = |message: Message| {
            let body = message.body.into_inner();
            MessageView {
                id: message.id,
                number: message.number,
                client_id: message.client_id,
                from: message.from,
                by_proxy: message.author == Author::Proxy,
                doctor: match message.author {
                    Author::Doctor(name) => Some(name),
                    Author::Patient | Author::Proxy => None,
                },
                mine: message.mine,
                text: body.text,
                flags: body.flags,
                documents: message.documents,
                seen_by_team: (reader.side() == Side::Patient && message.from == Side::Patient)
                    .then_some(message.number <= team_has_read),
                sent_at: message.sent_at,
            }
        };
        let Thread { id, patient, practitioner, appointment, category, status, urgent, due_at, .. } = thread;
        Self {
            id,
            patient_id: patient,
            patient: patient_name,
            doctor_id: practitioner,
            appointment_id: appointment,
            category,
            status,
            urgent,
            subject: subject.into_inner(),
            due_at,
            messages: messages.into_iter().map(view).collect(),
            next_cursor: earlier,
            e_visits,
        }
    }
}

/// A new conversation.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginBody {
    /// To whom; a doctor who begins leaves it out.
    #[serde(default)]
    doctor_id: Option<PractitionerId>,
    #[serde(default)]
    category: Category,
    /// In one line, at most 120 characters.
    subject: String,
    message: Draft,
}

/// Where the message stands.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct SentView {
    thread_id: ThreadId,
    message_id: ThreadMessageId,
    number: i32,
}

impl From<super::Sent> for SentView {
    fn from(sent: super::Sent) -> Self {
        Self { thread_id: sent.thread, message_id: sent.message, number: sent.number }
    }
}

/// How far the caller has read.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadBody {
    /// The number of a message.
    upto: i32,
}

/// How many messages of the other side the caller has not read.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct UnreadView {
    unread: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    show: String,
    limit: Option<i64>,
    cursor: Option<Cursor>,
}

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Patient, (), Page<ThreadView>, _, _>(
            "/api/v1/threads",
            "One's own conversations with doctors, the last written to first",
            list,
        )
        .api_get::<Doctor, (), Page<ThreadView>, _, _>(
            "/api/v1/doctor/threads",
            "A doctor's inbox, what is urgent first, then by the time of the answer; show=open, mine, cover or all",
            inbox,
        )
        .api_get::<SignedIn, (), UnreadView, _, _>(
            "/api/v1/threads/unread",
            "How many messages of the other side are not read",
            unread,
        )
        .api_post::<SignedIn, BeginBody, SentView, _, _>(
            "/api/v1/patients/{patient}/threads",
            "Begin a conversation; 409 no_treatment_relationship where a visit must be booked first, urgent_words where the words tell of an emergency",
            start,
        )
        .api_get::<SignedIn, (), OpenedView, _, _>(
            "/api/v1/threads/{thread}",
            "A conversation with its newest messages, or those before `cursor`: `limit` of them, else 50; marks nothing as read",
            show,
        )
        .api_post::<SignedIn, Draft, SentView, _, _>(
            "/api/v1/threads/{thread}/messages",
            "Say something; the same client_id again is the same message, with other words 409 client_id_used",
            say,
        )
        .api_post::<SignedIn, ReadBody, UnreadView, _, _>(
            "/api/v1/threads/{thread}/read-mark",
            "The caller has read up to this number",
            mark,
        )
        .api_post::<SignedIn, (), OpenedView, _, _>("/api/v1/threads/{thread}/closing", "It is done", finish)
        .api_post::<Doctor, (), OpenedView, _, _>(
            "/api/v1/threads/{thread}/assignment",
            "Answer it oneself, as the doctor or as who covers",
            take,
        )
}

async fn list(me: Patient, Query(asked): Query<Asked>) -> web::Result {
    let request = PageRequest::of(asked.limit.unwrap_or(20), asked.cursor);
    let before = request.cursor.as_ref().and_then(|Cursor(text)| last_of(text));
    let mut tx = me.begin().await?;
    let rows = store::list_of_patients(&mut tx, me.app().vault(), me.actor(), before, request.limit() + 1).await?;
    tx.commit().await?;
    web::json(&Page::from_rows(rows, &request, |row| cursor_of(&row.thread)).map(ThreadView::from))
}

pub(super) fn cursor_of(thread: &Thread) -> String {
    format!("{}.{}", thread.last_at.micros(), thread.id)
}

pub(super) fn last_of(text: &str) -> Option<(Timestamp, ThreadId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_micros(at.parse().ok()?), id.parse().ok()?))
}

async fn inbox(me: Doctor, Query(asked): Query<Asked>) -> web::Result {
    let request = PageRequest::of(asked.limit.unwrap_or(20), asked.cursor);
    let after = request.cursor.as_ref().and_then(|Cursor(text)| Place::parse(text));
    let mut tx = me.begin().await?;
    let show = Show::read(&asked.show);
    let rows = store::list_of_doctor(&mut tx, me.actor(), show, after, request.limit() + 1).await?;
    tx.commit().await?;
    let mine = me.actor().practitioner;
    let view = |listed: Listed| {
        let covers = Some(listed.thread.practitioner) != mine;
        let view = ThreadView::from(listed);
        // Who covers opens no record: what it is about is read in the conversation, where the access log says so.
        if covers { ThreadView { category: None, ..view } } else { view }
    };
    web::json(&Page::from_rows(rows, &request, |row| Place::of(&row.thread).to_string()).map(view))
}

async fn unread(me: SignedIn) -> web::Result {
    let mut tx = me.begin().await?;
    let unread = all_unread(&mut tx, &me).await?;
    tx.commit().await?;
    web::json(&UnreadView { unread })
}

/// Of both hats, where somebody has two.
async fn all_unread(tx: &mut db::Tx, me: &SignedIn) -> Result<i64, db::Error> {
    let mine = super::count_unread(tx, me.actor(), Side::Patient).await?;
    Ok(mine + super::count_unread(tx, me.actor(), Side::Team).await?)
}

async fn start(me: SignedIn, Path(patient): Path<PatientId>, Json(body): Json<BeginBody>) -> web::Result {
    let config = me.app().part::<Config>();
    let BeginBody { doctor_id, category, subject, message } = body;
    let command = Begin { patient, doctor: doctor_id, category, subject, first: message };
    limit::pass(&me, None).await?;
    let mut tx = me.begin().await?;
    let sent = begin(&mut tx, me.app().vault(), me.actor(), &config, command).await?;
    tx.commit().await?;
    web::created(&SentView::from(sent))
}

async fn show(me: SignedIn, Path(id): Path<ThreadId>, Query(asked): Query<Asked>) -> web::Result {
    let limit = asked.limit.unwrap_or(i64::from(Extent::PAGE));
    let extent = Extent::Page(PageRequest::of(limit, asked.cursor));
    let mut tx = me.begin().await?;
    let view = view(&mut tx, &me, (id, "read"), &extent).await?;
    tx.commit().await?;
    web::json(&view)
}

pub(super) async fn view(
    tx: &mut db::Tx,
    me: &web::Ctx,
    (id, action): (ThreadId, &'static str),
    extent: &Extent,
) -> Result<OpenedView, MessageError> {
    let opened = open(tx, me.app().vault(), me.actor(), (id, action), extent).await?;
    let now = tx.now();
    let prices = e_visits::list(tx, id).await?;
    Ok(OpenedView::of(opened, prices.iter().map(|price| EVisitView::of(price, now)).collect()))
}

async fn say(me: SignedIn, Path(id): Path<ThreadId>, Json(draft): Json<Draft>) -> web::Result {
    let config = me.app().part::<Config>();
    limit::pass(&me, Some(id)).await?;
    let mut tx = me.begin().await?;
    let sent = send(&mut tx, me.app().vault(), me.actor(), &config, (id, &draft)).await?;
    tx.commit().await?;
    web::created(&SentView::from(sent))
}

async fn mark(me: SignedIn, Path(id): Path<ThreadId>, Json(body): Json<ReadBody>) -> web::Result {
    let mut tx = me.begin().await?;
    let (thread, reader) = find(&mut tx, me.actor(), id).await?;
    store::set_read(&mut tx, me.actor(), (&thread, reader), body.upto.max(0)).await?;
    let unread = all_unread(&mut tx, &me).await?;
    tx.commit().await?;
    web::json(&UnreadView { unread })
}

async fn finish(me: SignedIn, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    close(&mut tx, me.actor(), id).await?;
    let view = view(&mut tx, &me, (id, "read"), &Extent::page(None)).await?;
    tx.commit().await?;
    web::json(&view)
}

async fn take(me: Doctor, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    assign(&mut tx, me.actor(), id).await?;
    let view = view(&mut tx, &me, (id, "read"), &Extent::page(None)).await?;
    tx.commit().await?;
    web::json(&view)
}
