//! People who book and pay while all breaks around them. Whoever gets no answer asks again with the same key.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::{Client, Response, header};
use serde_json::{Value, json};

use crate::Failed;
use crate::patients::{Dice, post, wish};

/// Days ahead of which times are wished for: seven of sixteen times each.
const DAYS: std::ops::Range<u32> = 2..9;
/// Without any answer for so long, a call is put aside until the end.
const ASIDE_AFTER: Duration = Duration::from_secs(20);
/// A key whose process died is free again after a minute: its call is put aside at once.
const IN_USE: Duration = Duration::from_millis(700);

/// What became of one patient's wish.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) patient: usize,
    pub(super) doctor: String,
    pub(super) starts_at: String,
    pub(super) outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nobody knows yet.
    Unknown,
    /// Acknowledged.
    Held(String),
    /// Acknowledged, and the gateway's page has said that it took the money.
    Paid(String, String),
    /// Somebody else has the time.
    Refused,
}

/// All that is wished for and heard.
pub(super) struct Load {
    pub(super) base: String,
    times: Vec<(String, String)>,
    patients: usize,
    next: AtomicUsize,
    pub(super) wishes: Mutex<Vec<Wish>>,
    pub(super) repeated: AtomicUsize,
    pub(super) replayed: AtomicUsize,
}

impl Load {
    pub(super) fn new(base: String, doctors: &[String], today: &str, patients: usize) -> Self {
        let mut times = Vec::new();
        for days in DAYS {
            let day = plus(today, days);
            for doctor in doctors {
                times
                    .extend((0..16).map(|n| (doctor.clone(), format!("{day}T{:02}:{:02}:00Z", 9 + n / 2, n % 2 * 30))));
            }
        }
        Dice::new(3).shuffle(&mut times);
        let (next, wishes) = (AtomicUsize::new(0), Mutex::default());
        Self { base, times, patients, next, wishes, repeated: AtomicUsize::new(0), replayed: AtomicUsize::new(0) }
    }

    /// The next patient with a wish. Each time is wished for by two or three, at about the same moment.
    fn next(&self) -> Option<Wish> {
        let patient = self.next.fetch_add(1, Ordering::Relaxed);
        let (doctor, starts_at) = self.times.get(patient * 2 / 5).cloned()?;
        (patient < self.patients).then_some(Wish { patient, doctor, starts_at, outcome: Outcome::Unknown })
    }

    fn note(&self, wish: Wish) {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner).push(wish);
    }

    pub(super) fn heard(&self) -> Vec<Wish> {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A date some days later.
fn plus(day: &str, days: u32) -> String {
    let mut parts = day.split('-').map(|part| part.parse::<u32>().unwrap_or(1));
    let (mut year, mut month, number) =
        (parts.next().unwrap_or(2026), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
    let length = match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let mut number = number + days;
    if number > length {
        (number, month) = (number - length, month + 1);
    }
    if month > 12 {
        (month, year) = (1, year + 1);
    }
    format!("{year}-{month:02}-{number:02}")
}

/// How long to go on asking.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    in_all: Duration,
    /// While another process is, or was, at work on the same key.
    in_use: Duration,
}

impl Patience {
    const AMID: Self = Self { in_all: ASIDE_AFTER, in_use: IN_USE };

    pub(super) const fn at_the_end(seconds: u64) -> Self {
        Self { in_all: Duration::from_secs(seconds), in_use: Duration::from_secs(seconds) }
    }
}

#[derive(Clone, Copy)]
struct Asked<'a> {
    path: &'a str,
    patient: usize,
    key: Option<&'a str>,
    body: &'a Value,
}

/// One client.
pub(super) struct Payer {
    load: Arc<Load>,
    client: Client,
    dice: Dice,
}

impl Payer {
    pub(super) fn new(load: Arc<Load>, number: usize) -> Result<Self, Failed> {
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(5))
            .build()?;
        Ok(Self { load, client, dice: Dice::new(u64::try_from(number).unwrap_or(0) + 100) })
    }

    pub(super) async fn work(mut self, stop: Arc<AtomicBool>) -> Result<(), Failed> {
        while !stop.load(Ordering::SeqCst) {
            let Some(mut wish) = self.load.next() else { break };
            self.book(&mut wish, Patience::AMID).await;
            // Not everybody pays.
            if let Outcome::Held(id) = wish.outcome.clone()
                && self.dice.below(4) > 0
                && let Some(checkout) = self.pay(wish.patient, &id).await
            {
                wish.outcome = Outcome::Paid(id, checkout);
            }
            self.load.note(wish);
        }
        Ok(())
    }

    /// Ask until there is an answer that counts, or patience is over.
    pub(super) async fn book(&self, wished: &mut Wish, patience: Patience) {
        let body = wish(&wished.doctor, &wished.starts_at);
        let key = format!("book-{}", wished.patient);
        let asked = Asked { path: "/api/v1/appointments", patient: wished.patient, key: Some(&key), body: &body };
        let Some((status, body)) = self.insist(asked, patience).await else { return };
        wished.outcome = match (status, body["id"].as_str()) {
            (201, Some(id)) => Outcome::Held(id.to_owned()),
            _ => Outcome::Refused,
        };
    }

    async fn insist(&self, asked: Asked<'_>, patience: Patience) -> Option<(u16, Value)> {
        let began = Instant::now();
        let mut in_use: Option<Instant> = None;
        loop {
            let request = post(&self.client, &self.load.base, asked.path, asked.patient, asked.body);
            let request = asked.key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
            if let Ok(answer) = request.send().await {
                let (status, replayed) =
                    (answer.status().as_u16(), answer.headers().contains_key("idempotency-replayed"));
                if let Some(body) = whole(answer).await {
                    let is_in_use = body["code"] == "key_in_use";
                    if is_in_use && in_use.get_or_insert_with(Instant::now).elapsed() > patience.in_use {
                        return None;
                    }
                    if status < 500 && !is_in_use {
                        self.load.replayed.fetch_add(usize::from(replayed), Ordering::Relaxed);
                        return Some((status, body));
                    }
                }
            }
            if began.elapsed() > patience.in_all {
                return None;
            }
            self.load.repeated.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }

    /// Open the gateway's page and press its button. The checkout, once the page has said that it is done.
    async fn pay(&self, patient: usize, id: &str) -> Option<String> {
        let path = format!("/api/v1/appointments/{id}/payments");
        // Needs no key: a charge has one open payment, however often it is asked for.
        let asked = Asked { path: &path, patient, key: None, body: &json!({}) };
        let (status, body) = self.insist(asked, Patience::AMID).await?;
        let url = body["checkout_url"].as_str().filter(|_| status == 201)?.to_owned();
        let began = Instant::now();
        while began.elapsed() < ASIDE_AFTER {
            if self.press(&url).await == Some(303) {
                return url.rsplit('/').next().map(str::to_owned);
            }
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
        None
    }

    async fn press(&self, url: &str) -> Option<u16> {
        let page = self.client.get(url).send().await.ok()?;
        let cookies: Vec<String> = page
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|cookie| Some(cookie.to_str().ok()?.split(';').next()?.to_owned()))
            .collect();
        let text = page.text().await.ok()?;
        let token = text.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let fields: Vec<(&str, &str)> =
            token.map(|token| ("_csrf", token)).into_iter().chain([("answer", "approve")]).collect();
        let asked = self.client.post(url).header(header::COOKIE, cookies.join("; ")).form(&fields);
        Some(asked.send().await.ok()?.status().as_u16())
    }
}

/// A body that was cut off is no answer.
async fn whole(answer: Response) -> Option<Value> {
    serde_json::from_str(&answer.text().await.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_go_on_over_months_and_years() {
        assert_eq!(plus("2026-11-26", 3), "2026-11-29");
        assert_eq!(plus("2026-11-29", 3), "2026-12-02");
        assert_eq!(plus("2026-12-31", 2), "2027-01-02");
        assert_eq!(plus("2028-02-28", 1), "2028-02-29");
    }
}
