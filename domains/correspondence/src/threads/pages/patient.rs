//! The patient's side.

use askama::Template;
use axum::{extract::Path, response::Response};
use chart::documents::{self, DocumentState};
use db::Tx;
use kernel::{
    Cursor, Page, PageRequest,
    ids::{PatientId, PractitionerId, ThreadId},
};
use serde::Deserialize;
use web::{Download, MultiForm, PageFrame, Patient, Query, Shown};

use super::{
    super::{
        Begin, Extent, Opened, Relation, Sent, Side, Status, api, begin, carry, close, limit, open, send,
        send::due_from,
        store::{self, Away},
    },
    view::{self, Alarm, Line, Paging, Price, Row, Stopped, Turned, Typed},
};
use crate::{Config, MessageError, e_visits};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    cursor: Option<Cursor>,
    /// A doctor, by id or by the word in their address.
    doctor: String,
}

#[derive(Template)]
#[template(path = "threads/pages/list.html")]
struct ListPage {
    page: PageFrame,
    rows: Vec<Row>,
    next: String,
    first: String,
    /// There is a doctor to whom they may write.
    may_write: bool,
}

/// What a form offers besides what is typed.
struct Offered {
    /// Id, name, ticked.
    documents: Vec<(String, String, bool)>,
    alarm: Option<Alarm>,
    away: String,
    answer_by: String,
}

#[derive(Template)]
#[template(path = "threads/pages/new.html")]
struct NewPage {
    page: PageFrame,
    /// `<patient>.<doctor>`, and both names.
    choices: Vec<(String, String)>,
    categories: Vec<(&'static str, String)>,
    form: Typed,
    offered: Offered,
    /// The doctor who was asked for, and to whom they may not write: name and page.
    instead: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "threads/pages/show.html")]
struct ThreadPage {
    page: PageFrame,
    id: ThreadId,
    about: String,
    state: String,
    tone: &'static str,
    is_closed: bool,
    lines: Vec<Line>,
    paging: Paging,
    prices: Vec<Price>,
    may_write: bool,
    doctor: String,
    doctor_href: String,
    form: Typed,
    offered: Offered,
    /// "Your visit on …", to which the subject can be carried.
    visit: String,
}

/// `GET /messages`
pub(super) async fn list(me: Patient, Query(asked): Query<Asked>) -> web::Result {
    let config = me.app().part::<Config>();
    let request = PageRequest::of(20, asked.cursor.clone());
    let before = request.cursor.as_ref().and_then(|Cursor(text)| api::last_of(text));
    let mut tx = me.begin().await?;
    let now = tx.now();
    let rows = store::list_of_patients(&mut tx, me.app().vault(), me.actor(), before, request.limit() + 1).await;
    let rows = rows.map_err(MessageError::from)?;
    let may_write = !relations(&mut tx, &me, &config, None).await?.is_empty();
    tx.commit().await?;
    let found = Page::from_rows(rows, &request, |row| api::cursor_of(&row.thread));
    let page = me.page("correspondence-title");
    web::render(&ListPage {
        next: found.next_cursor.map(|Cursor(text)| format!("/messages?cursor={text}")).unwrap_or_default(),
        first: asked.cursor.map(|_| "/messages".to_owned()).unwrap_or_default(),
        rows: found.items.into_iter().map(|listed| view::row(&page, listed, (Side::Patient, None), now)).collect(),
        may_write,
        page,
    })
}

async fn relations(
    tx: &mut Tx,
    me: &Patient,
    config: &Config,
    doctor: Option<PractitionerId>,
) -> Result<Vec<Relation>, db::Error> {
    store::list_relations(tx, &me.actor().patients, doctor, config.days_after_visit).await
}

/// `GET /messages/new?doctor=`
pub(super) async fn new(me: Patient, Query(asked): Query<Asked>) -> web::Result {
    let mut tx = me.begin().await?;
    let form = Typed::blank(&mut tx);
    let page = new_page(&mut tx, &me, (form, asked.doctor.as_str()), None).await?;
    tx.commit().await?;
    web::render(&page)
}

async fn new_page(
    tx: &mut Tx,
    me: &Patient,
    (mut form, doctor): (Typed, &str),
    stopped: Option<&Stopped>,
) -> Result<NewPage, web::Error> {
    let config = me.app().part::<Config>();
    let found = relations(tx, me, &config, None).await?;
    let mut instead = None;
    if !doctor.is_empty()
        && let Some((id, slug, name)) = store::find_doctor(tx, doctor).await?
    {
        match found.iter().find(|one| one.practitioner == id) {
            Some(one) => form.to = format!("{}.{}", one.patient, one.practitioner),
            None => instead = Some((name, format!("/doctors/{slug}"))),
        }
    }
    if form.to.is_empty() && found.len() == 1 {
        form.to = format!("{}.{}", found[0].patient, found[0].practitioner);
    }
    let chosen = found.iter().find(|one| form.to == format!("{}.{}", one.patient, one.practitioner));
    let page = me.page("correspondence-new-title");
    let offered = offered(tx, (me, &page), chosen, (&form, stopped)).await?;
    let many = found.iter().any(|one| one.patient != found[0].patient);
    let choice = |one: &Relation| {
        let names = [("doctor", one.doctor_name.as_str()), ("patient", one.patient_name.as_str())];
        let label = if many { page.tr("correspondence-to-for", names) } else { one.doctor_name.clone() };
        (format!("{}.{}", one.patient, one.practitioner), label)
    };
    Ok(NewPage {
        choices: found.iter().map(choice).collect(),
        categories: view::categories(&page),
        page: page.with_errors(stopped.map(Stopped::errors).unwrap_or_default()),
        form,
        offered,
        instead,
    })
}

/// What stands beside the form: documents of the record, whom to call, who answers and until when.
async fn offered(
    tx: &mut Tx,
    (me, page): (&Patient, &PageFrame),
    chosen: Option<&Relation>,
    (form, stopped): (&Typed, Option<&Stopped>),
) -> Result<Offered, web::Error> {
    let alarm = view::alarm(tx, me, stopped).await?;
    let Some(chosen) = chosen else {
        return Ok(Offered { documents: Vec::new(), alarm, away: String::new(), answer_by: String::new() });
    };
    let config = me.app().part::<Config>();
    let away: Option<Away> = store::find_away(tx, chosen.practitioner, chosen.patient).await?;
    let calendar = store::find_calendar(tx, chosen.practitioner).await?;
    let due = due_from(tx.now(), &calendar, away.as_ref(), &config);
    Ok(Offered {
        documents: documents(tx, me, chosen.patient, form).await?,
        alarm,
        away: view::away(page, &chosen.doctor_name, away.as_ref()),
        answer_by: page.tr("correspondence-answer-by", [("when", page.when(due).as_str())]),
    })
}

async fn documents(
    tx: &mut Tx,
    me: &Patient,
    patient: PatientId,
    form: &Typed,
) -> Result<Vec<(String, String, bool)>, web::Error> {
    let found = documents::list_for(tx, me.app().vault(), patient, chart::purpose::OWN, documents::LATEST).await?;
    let clean = found.into_iter().filter(|one| one.state == DocumentState::Clean);
    Ok(clean
        .map(|one| {
            let id = one.id.to_string();
            let ticked = form.documents.contains(&id);
            (id, one.title, ticked)
        })
        .collect())
}

/// Who names signs of an emergency to say that there are none is not stopped, and told what to do should they come.
fn flash(sent: Sent) -> &'static str {
    if sent.denies { "correspondence-flash-sent-signs" } else { "correspondence-flash-sent" }
}

/// `POST /messages`
pub(super) async fn start(me: Patient, MultiForm(form): MultiForm<Typed>) -> web::Result {
    let config = me.app().part::<Config>();
    let allowed = limit::pass(&me, None).await;
    let mut tx = me.begin().await?;
    let begun = match allowed {
        Ok(()) => begun(&mut tx, &me, &config, &form).await,
        Err(error) => Err(error),
    };
    let stopped = match begun {
        Ok(sent) => {
            tx.commit().await?;
            me.flash_ok(flash(sent));
            return Ok(me.redirect(&format!("/messages/{}", sent.thread)));
        }
        Err(error) => Stopped::of(error)?,
    };
    tx.rollback().await?;
    let mut tx = me.begin().await?;
    let page = new_page(&mut tx, &me, (form, ""), Some(&stopped)).await?;
    tx.commit().await?;
    web::render_status(422, &page)
}

async fn begun(tx: &mut Tx, me: &Patient, config: &Config, form: &Typed) -> Result<Sent, MessageError> {
    let both =
        form.to.split_once('.').and_then(|(patient, doctor)| Some((patient.parse().ok()?, doctor.parse().ok()?)));
    let Some((patient, doctor)) = both else {
        let missing = kernel::FieldError::new("to", "correspondence-error-to");
        return Err(MessageError::Invalid(vec![missing]));
    };
    if !me.actor().patients.contains(&patient) {
        return Err(MessageError::NoRelationship);
    }
    let command = Begin {
        patient,
        doctor: Some(doctor),
        category: form.category(),
        subject: form.subject.clone(),
        first: form.draft()?,
    };
    begin(tx, me.app().vault(), me.actor(), config, command).await
}

/// `GET /messages/{thread}?before=`: what is shown is read.
pub(super) async fn show(me: Patient, Path(id): Path<ThreadId>, Query(turned): Query<Turned>) -> web::Result {
    let mut tx = me.begin().await?;
    let form = Typed::blank(&mut tx);
    let page = thread_page(&mut tx, &me, (id, turned), (form, None)).await?;
    tx.commit().await?;
    web::render(&page)
}

async fn thread_page(
    tx: &mut Tx,
    me: &Patient,
    (id, turned): (ThreadId, Turned),
    (form, stopped): (Typed, Option<&Stopped>),
) -> Result<ThreadPage, web::Error> {
    let config = me.app().part::<Config>();
    let mut opened: Opened = open(tx, me.app().vault(), me.actor(), (id, "read"), &turned.extent()).await?;
    if opened.reader.side() != Side::Patient {
        return Err(MessageError::NotFound.into());
    }
    let thread = opened.thread.clone();
    let me = &me.about(thread.patient);
    // What a page fetches by itself, nobody need have seen.
    let unread = if me.header("x-fragment").is_none() {
        store::mark_read(tx, me.actor(), (&thread, opened.reader), opened.span()).await?
    } else {
        None
    };
    let now = tx.now();
    let prices = e_visits::list(tx, id).await?;
    let doctor = store::find_doctor(tx, &thread.practitioner.to_string()).await?;
    let (_, slug, doctor) = doctor.unwrap_or((thread.practitioner, String::new(), String::new()));
    let relation =
        store::list_relations(tx, &[thread.patient], Some(thread.practitioner), config.days_after_visit).await?;
    let page = me.page("correspondence-title").titled(opened.subject.expose());
    // One answers below what is newest: the form is there alone.
    let chosen = relation.first().filter(|_| opened.before.is_none());
    let offered = offered(tx, (me, &page), chosen, (&form, stopped)).await?;
    let visit = store::find_next_visit(tx, &thread).await?;
    let category = page.t(format!("correspondence-category-{}", thread.category.code()));
    Ok(ThreadPage {
        id,
        about: format!("{doctor} · {} · {category}", opened.patient_name),
        state: view::state(&page, thread.status, Side::Patient),
        tone: thread.status.tone(),
        is_closed: thread.status == Status::Closed,
        lines: view::lines(&page, &mut opened),
        paging: view::paging(format!("/messages/{id}"), &opened, unread),
        prices: prices.iter().map(|price| view::price(&page, price, now)).collect(),
        may_write: !relation.is_empty(),
        doctor_href: format!("/doctors/{slug}"),
        doctor,
        visit: visit.map(|visit| page.when(visit.starts_at)).unwrap_or_default(),
        page: page.with_errors(stopped.map(Stopped::errors).unwrap_or_default()),
        form,
        offered,
    })
}

/// `POST /messages/{thread}/replies`
pub(super) async fn reply(me: Patient, Path(id): Path<ThreadId>, MultiForm(form): MultiForm<Typed>) -> web::Result {
    let config = me.app().part::<Config>();
    let allowed = limit::pass(&me, Some(id)).await;
    let mut tx = me.begin().await?;
    let sent = match allowed.and_then(|()| form.draft()) {
        Ok(draft) => send(&mut tx, me.app().vault(), me.actor(), &config, (id, &draft)).await,
        Err(error) => Err(error),
    };
    let stopped = match sent {
        Ok(sent) => {
            tx.commit().await?;
            me.flash_ok(flash(sent));
            return Ok(me.redirect(&format!("/messages/{id}")));
        }
        Err(error) => Stopped::of(error)?,
    };
    tx.rollback().await?;
    let mut tx = me.begin().await?;
    let page = thread_page(&mut tx, &me, (id, Turned::default()), (form, Some(&stopped))).await?;
    tx.commit().await?;
    web::render_status(422, &page)
}

/// `POST /messages/{thread}/closing`
pub(super) async fn finish(me: Patient, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    close(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-closed");
    Ok(me.redirect("/messages"))
}

/// `POST /messages/{thread}/visit-reason`
pub(super) async fn carry_over(me: Patient, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    let carried = carry(&mut tx, me.app().vault(), me.actor(), id).await?;
    tx.commit().await?;
    me.flash_ok("correspondence-flash-carried");
    Ok(me.redirect(&format!("/appointments/{}", carried.appointment)))
}

/// `GET /messages/{thread}/export.txt`
pub(super) async fn export_text(me: Patient, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    let mut opened = open(&mut tx, me.app().vault(), me.actor(), (id, "downloaded"), &Extent::Whole).await?;
    tx.commit().await?;
    let page = me.page("correspondence-title");
    let mut text = format!("{}\n", opened.subject.expose());
    text.extend(view::lines(&page, &mut opened).iter().map(in_text));
    Ok(file("messages.txt", "text/plain; charset=utf-8", text.into_bytes()))
}

/// A message after an empty line, and of what kinds its documents are.
fn in_text(line: &Line) -> String {
    let words = line.paragraphs.join("\n");
    let mut text = format!("\n{}. {}, {}\n{words}\n", line.number, line.who, line.when);
    text.extend(line.documents.iter().map(|(_, kind)| format!("[{kind}]\n")));
    text
}

/// `GET /messages/{thread}/export.json`
pub(super) async fn export_json(me: Patient, Path(id): Path<ThreadId>) -> web::Result {
    let mut tx = me.begin().await?;
    let view = api::view(&mut tx, &me, (id, "downloaded"), &Extent::Whole).await?;
    tx.commit().await?;
    let bytes = serde_json::to_vec_pretty(&view).map_err(vault::Error::from).map_err(MessageError::from)?;
    Ok(file("messages.json", "application/json", bytes))
}

fn file(filename: &str, mime: &'static str, bytes: Vec<u8>) -> Response {
    Download { filename, mime, bytes, shown: Shown::Attachment }.into_response()
}
