//! Letters about messages: that there is one, and where. Never what it says, who wrote it, or what it is about.

use db::{Context, Tx};
use identity::{
    accounts,
    letters::{Letter, Sender},
};
use jobs::Event;
use kernel::ids::{AccountId, EVisitId, ThreadCoverId, ThreadId};
use notify::{Notice, Terms};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{
    App,
    live::{self, LiveEvent, Topic},
};

use crate::{
    covers::{self, CoverSet},
    e_visits::EVisit,
    threads::{
        MessageSent, Side,
        store::{Parties, find_parties},
    },
};

/// A price waits for the patient's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PriceProposed {
    pub(crate) e_visit: EVisitId,
}

impl Event for PriceProposed {
    const NAME: &'static str = "correspondence.price_proposed";
}

pub(crate) async fn publish_price(tx: &mut Tx, e_visit: EVisitId) -> Result<(), db::Error> {
    jobs::publish(tx, &PriceProposed { e_visit }).await.map(|_| ())
}

/// What there is to tell one person.
struct News<'a> {
    prefix: &'static str,
    kind: &'static str,
    /// The same key is told once.
    key: String,
    path: &'a str,
    /// What can wait for the end of the night may.
    terms: Terms,
}

/// Everybody on the other side is told, and open pages look again.
pub(crate) async fn message(app: App, sent: MessageSent) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell of a message")).await?;
    let Some(parties) = find_parties(&mut tx, sent.message).await? else { return Ok(()) };
    for (to, path) in readers(&parties) {
        let news = News {
            prefix: if parties.urgent { "correspondence-mail-urgent" } else { "correspondence-mail-message" },
            kind: "correspondence.message",
            key: format!("message:{}", sent.message),
            path: &path,
            terms: Terms { latest: parties.urgent.then(|| tx.now()), ..Terms::default() },
        };
        tell(&mut tx, &app, to, news).await?;
        look_again(&mut tx, to, parties.thread).await?;
    }
    Ok(tx.commit().await?)
}

/// The other side of whoever wrote, with the page of each.
fn readers(parties: &Parties) -> Vec<(AccountId, String)> {
    let thread = parties.thread;
    match parties.from {
        Side::Team => parties.patient.map(|to| (to, format!("/messages/{thread}"))).into_iter().collect(),
        Side::Patient => {
            let team = [Some(parties.doctor), parties.cover].into_iter().flatten();
            team.map(|to| (to, format!("/doctor/messages/{thread}"))).collect()
        }
    }
}

/// A price is told of like a message.
pub(crate) async fn price(app: App, proposed: PriceProposed) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell of a price")).await?;
    let Some((thread, to)) = crate::e_visits::find_payer(&mut tx, proposed.e_visit).await? else { return Ok(()) };
    let path = format!("/messages/{thread}");
    let news = News {
        prefix: "correspondence-mail-message",
        kind: "correspondence.message",
        key: format!("price:{}", proposed.e_visit),
        path: &path,
        terms: Terms::default(),
    };
    tell(&mut tx, &app, to, news).await?;
    look_again(&mut tx, to, thread).await?;
    Ok(tx.commit().await?)
}

/// An e-visit is paid: whoever answers is told.
pub(crate) async fn paid(tx: &mut Tx, app: &App, to: AccountId, e_visit: &EVisit) -> Result<(), jobs::Failed> {
    let path = format!("/doctor/messages/{}", e_visit.thread);
    let news = News {
        prefix: "correspondence-mail-paid",
        kind: "correspondence.e_visit",
        key: format!("e-visit-paid:{}", e_visit.id),
        path: &path,
        terms: Terms::default(),
    };
    tell(tx, app, to, news).await?;
    Ok(look_again(tx, to, e_visit.thread).await?)
}

/// Nobody answered in time and the money went back: both sides are told.
pub(crate) async fn given_back(
    tx: &mut Tx,
    app: &App,
    to: AccountId,
    (e_visit, side): (&EVisit, Side),
) -> Result<(), jobs::Failed> {
    let (prefix, path) = match side {
        Side::Patient => ("correspondence-mail-given-back", format!("/messages/{}", e_visit.thread)),
        Side::Team => ("correspondence-mail-unanswered", format!("/doctor/messages/{}", e_visit.thread)),
    };
    let key = format!("e-visit-unanswered:{}", e_visit.id);
    let news = News { prefix, kind: "correspondence.e_visit", key, path: &path, terms: Terms::default() };
    tell(tx, app, to, news).await?;
    Ok(look_again(tx, to, e_visit.thread).await?)
}

/// A doctor is asked to answer for another.
pub(crate) async fn cover(app: App, set: CoverSet) -> Result<(), jobs::Failed> {
    let mut tx = app.db().begin(&Context::system("tell a doctor that they cover")).await?;
    let Some(to) = covers::store::find_cover_account(&mut tx, set.cover).await? else { return Ok(()) };
    let news = News {
        prefix: "correspondence-mail-cover",
        kind: "correspondence.cover",
        key: cover_key(set.cover),
        path: "/doctor/cover",
        terms: Terms::default(),
    };
    tell(&mut tx, &app, to, news).await?;
    Ok(tx.commit().await?)
}

fn cover_key(cover: ThreadCoverId) -> String {
    format!("cover:{cover}")
}

async fn tell(tx: &mut Tx, app: &App, account: AccountId, news: News<'_>) -> Result<(), jobs::Failed> {
    let Some(to) = accounts::recipient(tx, account).await? else { return Ok(()) };
    let sender = Sender::new(app);
    let letter = Letter { prefix: news.prefix, args: &[], code: None, path: Some(news.path) };
    let (subject, mail) = sender.mail(&letter, &to);
    let sms = Some(format!("{subject} {}", sender.url(news.path)));
    let link = Some(news.path.to_owned());
    let notice = Notice { to: &to, kind: news.kind, key: news.key, subject, link, mail: Some(mail), sms };
    Ok(notify::tell_on(tx, notice, news.terms).await?)
}

async fn look_again(tx: &mut Tx, account: AccountId, thread: ThreadId) -> Result<(), db::Error> {
    let event = LiveEvent { kind: "correspondence", data: json!({ "thread": thread }) };
    live::publish(tx, Topic::Account(account), event).await
}
