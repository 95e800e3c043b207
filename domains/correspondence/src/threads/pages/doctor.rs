//! The team's side: the inbox, a conversation, and a new one.

use askama::Template;
use axum::extract::Path;
use db::Tx;
use kernel::{
    Cursor, FieldError, Page, PageRequest,
    ids::{PatientId, ThreadId},
};
use serde::Deserialize;
use web::{Doctor, Form, PageFrame, Query};

use super::{
    super::{
        Begin, Opened, Reader, Side, Status, assign, begin, close, limit, open, send,
        store::{self, Place, Show},
    },
    view::{self, Line, Paging, Price, Row, Stopped, Turned, Typed},
};
use crate::{Config, MessageError, e_visits};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    show: String,
    cursor: Option<Cursor>,
}

#[derive(Template)]
#[template(path = "threads/pages/inbox.html")]
struct InboxPage {
    page: PageFrame,
    tabs: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    next: String,
    first: String,
    unread: String,
}

#[derive(Template)]
#[template(path = "threads/pages/doctor_show.html")]
#[expect(clippy::struct_excessive_bools, reason = "what the page offers, each decided where it is known")]
struct ThreadPage {
    page: PageFrame,
    id: ThreadId,
    subject: String,
    about: String,
    patient: String,
    /// Empty for who covers: the record stays closed to them.
    patient_href: String,
    /// "You answer for Dr X"; empty for the doctor.
    covering: String,
    state: String,
    tone: &'static str,
    is_closed: bool,
    urgent: bool,
    may_take: bool,
    due: String,
    lines: Vec<Line>,
    paging: Paging,
    prices: Vec<Price>,
    /// The answer waits for a payment.
    held: bool,
    may_propose: bool,
    /// The price of the doctor's chat service; else the currency in which one is typed.
    listed: Option<String>,
    currency: &'static str,
    amount: String,
    form: Typed,
}

#[derive(Template)]
#[template(path = "threads/pages/doctor_new.html")]
struct NewPage {
    page: PageFrame,
    patient: PatientId,
    name: String,
    categories: Vec<(&'static str, String)>,
    form: Typed,
}

/// `GET /doctor/messages?show=`
pub(super) async fn inbox(me: Doctor, Query(asked): Query<Asked>) -> web::Result {
    let (show, request) = (Show::read(&asked.show), PageRequest::of(30, asked.cursor.clone()));
    let after = request.cursor.as_ref().and_then(|Cursor(text)| Place::parse(text));
    let mut tx = me.begin().await?;
    let now = tx.now();
    let rows = store::list_of_doctor(&mut tx, me.actor(), show, after, request.limit() + 1).await?;
    let unread = store::count_unread(&mut tx, me.actor(), Side::Team).await?;
    tx.commit().await?;
    let found = Page::from_rows(rows, &request, |row| Place::of(&row.thread).to_string());
    let (page, mine) = (me.page("correspondence-inbox-title"), me.actor().practitioner);
    let here = format!("/doctor/messages?show={}", show.code());
    let tab = |tab: Show| {
        let label = page.t(format!("correspondence-show-{}", tab.code()));
        (format!("/doctor/messages?show={}", tab.code()), label, tab == show)
    };
    let count = unread.to_string();
    web::render(&InboxPage {
        tabs: Show::ALL.map(tab).to_vec(),
        next: found.next_cursor.map(|Cursor(text)| format!("{here}&cursor={text}")).unwrap_or_default(),
        first: asked.cursor.map(|_| here).unwrap_or_default(),
        rows: found.items.into_iter().map(|listed| view::row(&page, listed, (Side::Team, mine), now)).collect(),
        unread: if unread > 0 { page.tr("correspondence-unread", [("count", count.as_str())]) } else { String::new() },
        page,
    })
}

/// `GET /doctor/messages/{thread}?before=`: what is shown is read.
pub(super) async fn show(me: Doctor, Path(id): Path<ThreadId>, Query(turned): Query<Turned>) -> web::Result {
    let mut tx = me.begin().await?;
    let form = Typed::blank(&mut tx);
    let page = thread_page(&mut tx, &me, (id, turned), (form, String::new(), Vec::new())).await?;
    tx.commit().await?;
    web::render(&page)
}

/// The thread with what was typed as a price, and what is wrong with it.
pub(crate) async fn refused(me: &Doctor, id: ThreadId, amount: String, errors: Vec<FieldError>) -> web::Result {
    let mut tx = me.begin().await?;
    let form = Typed::blank(&mut tx);
    let page = thread_page(&mut tx, me, (id, Turned::default()), (form, amount, errors)).await?;
    tx.commit().await?;
    web::render_status(422, &page)
}

async fn thread_page(
    tx: &mut Tx,
    me: &Doctor,
    (id, turned): (ThreadId, Turned),
    (form, amount, errors): (Typed, String, Vec<FieldError>),
) -> Result<ThreadPage, web::Error> {
    let mut opened: Opened = open(tx, me.app().vault(), me.actor(), (id, "read"), &turned.extent()).await?;
    if opened.reader.side() != Side::Team {
        return Err(MessageError::NotFound.into());
    }
    let thread = opened.thread.clone();
    // What a page fetches by itself, nobody need have seen.
    let unread = if me.header("x-fragment").is_none() {
        store::mark_read(tx, me.actor(), (&thread, opened.reader), opened.span()).await?
    } else {
        None
    };
    let now = tx.now();
    let prices = e_visits::list(tx, id).await?;
    let (listed, currency) = e_visits::listed_price(tx, &thread).await?;
    let doctor = store::find_doctor(tx, &thread.practitioner.to_string()).await?;
    let doctor = doctor.map(|(_, _, name)| name).unwrap_or_default();
    let page = me.page("correspondence-inbox-title").titled(opened.subject.expose());
    let is_cover = opened.reader == Reader::Cover;
    Ok(ThreadPage {
        id,
        subject: opened.subject.expose().clone(),
        about: page.t(format!("correspondence-category-{}", thread.category.code())),
        patient_href: if is_cover { String::new() } else { format!("/doctor/patients/{}", thread.patient) },
        covering: if is_cover {
            page.tr("correspondence-covering", [("doctor", doctor.as_str())])
        } else {
            String::new()
        },
        state: view::state(&page, thread.status, Side::Team),
        tone: thread.status.tone(),
        is_closed: thread.status == Status::Closed,
        urgent: thread.urgent,
        may_take: me.actor().practitioner != Some(thread.assignee),
        due: thread
            .due_at
            .map(|due| page.tr("correspondence-due", [("when", page.when(due).as_str())]))
            .unwrap_or_default(),
        patient: opened.patient_name.clone(),
        lines: view::lines(&page, &mut opened),
        paging: view::paging(format!("/doctor/messages/{id}"), &opened, unread),
        held: !thread.urgent && prices.iter().any(|price| price.holds_answer(now)),
        may_propose: !prices.iter().any(|price| price.stands(now)),
        prices: prices.iter().map(|price| view::price(&page, price, now)).collect(),
        listed: listed.map(|price| page.money(price)),
        currency: currency.code(),
        page: page.with_errors(errors),
        amount,
        form,
    })
}

/// `POST /doctor/messages/{thread}/replies`
pub(super) async fn reply(me: Doctor, Path(id): Path<ThreadId>, Form(form): Form<Reply>) -> web::Result {
    let form = Typed { text: form.text, client_id: form.client_id, ..Typed::default() };
    let config = me.app().part::<Config>();
    let allowed = limit::pass(&me, Some(id)).await;
    let mut tx = me.begin().await?;
    let sent = match allowed.and_then(|()| form.draft()) {
        Ok(draft) => send(&mut tx, me.app().vault(), me.actor(), &config, (id, &draft)).await,
        Err(error) => Err(error),
    };
    let stopped = match sent {
        Ok(_) => {
            tx.commit().await?;
            me.flash_ok("correspondence-flash-sent");
            return Ok(me.redirect(&format!("/doctor/messages/{id}")));
        }
        Err(error) => Stopped::of(error)?,
    };
    tx.rollback().await?;
    let mut tx = me.begin().await?;
    let typed = (form, String::new(), stopped.errors());
    let page = thread_page(&mut tx, &me, (id, Turned::default()), typed).await?;
    tx.commit().await?;
    web::render_status(422, &page)
}

/// What a doctor types.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reply {
    text: String,
    client_id: String,
}

/// `POST /doctor/messages/{thread}/closing`
pub(super) async fn finish(me: Doctor, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    close(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-closed");
    Ok(me.redirect("/doctor/messages"))
}

/// `POST /doctor/messages/{thread}/assignment`
pub(super) async fn take(me: Doctor, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    assign(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-taken");
    Ok(me.redirect(&format!("/doctor/messages/{id}")))
}

/// `GET /doctor/patients/{patient}/messages/new`
pub(super) async fn new(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin().await?;
    let form = Typed::blank(&mut tx);
    let page = new_page(&mut tx, &me, patient, (form, Vec::new())).await?;
    tx.commit().await?;
    web::render(&page)
}

async fn new_page(
    tx: &mut Tx,
    me: &Doctor,
    patient: PatientId,
    (form, errors): (Typed, Vec<FieldError>),
) -> Result<NewPage, web::Error> {
    let doctor = me.actor().practitioner.ok_or(MessageError::NotFound)?;
    let relation = store::find_relation_of_doctor(tx, patient, doctor).await?.ok_or(MessageError::NotFound)?;
    let page = me.page("correspondence-new-title");
    Ok(NewPage {
        patient,
        name: relation.patient_name,
        categories: view::categories(&page),
        page: page.with_errors(errors),
        form,
    })
}

/// `POST /doctor/patients/{patient}/messages`
pub(super) async fn start(me: Doctor, Path(patient): Path<PatientId>, Form(form): Form<Start>) -> web::Result {
    let form = Typed {
        category: form.category,
        subject: form.subject,
        text: form.text,
        client_id: form.client_id,
        ..Typed::default()
    };
    let config = me.app().part::<Config>();
    let allowed = limit::pass(&me, None).await;
    let mut tx = me.begin().await?;
    let begun = match allowed.and_then(|()| form.draft()) {
        Ok(first) => {
            let (category, subject) = (form.category(), form.subject.clone());
            let command = Begin { patient, doctor: None, category, subject, first };
            begin(&mut tx, me.app().vault(), me.actor(), &config, command).await
        }
        Err(error) => Err(error),
    };
    let stopped = match begun {
        Ok(sent) => {
            tx.commit().await?;
            me.flash_ok("correspondence-flash-sent");
            return Ok(me.redirect(&format!("/doctor/messages/{}", sent.thread)));
        }
        Err(error) => Stopped::of(error)?,
    };
    tx.rollback().await?;
    let mut tx = me.begin().await?;
    let page = new_page(&mut tx, &me, patient, (form, stopped.errors())).await?;
    tx.commit().await?;
    web::render_status(422, &page)
}

/// What a doctor begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Start {
    category: String,
    subject: String,
    text: String,
    client_id: String,
}
