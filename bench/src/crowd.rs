//! Many clients for one time, and many doctors' days filled at once: each time has one holder, everybody else hears so, nothing breaks.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::Value;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::cluster::{Cluster, Hospital};
use crate::options::Options;
use crate::patients::{Dice, doctors, patients, post, wish};
use crate::{Failed, books, failed, process};

const DATABASE: &str = "bedside";
/// Wishes for each time of a full day.
const WISHES: usize = 2;
const TIMES_OF_A_DAY: usize = 16;

pub(crate) async fn run(words: &[String]) -> Result<(), Failed> {
    let options = Options::read(words, &["--bedside", "--clients", "--doctors"])?;
    let (program, clients) = (options.bedside()?, options.number("--clients", 2_000_usize)?);
    let many = options.number("--doctors", 200_usize)?;
    let cluster = Cluster::start().await?;
    cluster.create(DATABASE, &program).await?;
    let mut hospital = cluster.hospital(DATABASE, &program).await?;
    let wishes = many * TIMES_OF_A_DAY * WISHES;
    patients(&cluster, DATABASE, clients + wishes).await?;
    let doctors = doctors(&cluster, DATABASE, many.max(1)).await?;
    let day = cluster.texts(DATABASE, "select ((now() at time zone 'UTC')::date + 3)::text").await?.remove(0);
    let crowd = Crowd { cluster: &cluster, clients };

    let last = doctors.last().ok_or_else(|| failed("no doctors"))?;
    let one = (0..clients).map(|n| (n, wish(last, &format!("{day}T10:00:00Z")))).collect();
    let first = crowd.ask(&hospital, one, &format!("{clients} clients for one time")).await?;
    first.expect(1)?;

    let mut all = Vec::with_capacity(wishes);
    for doctor in &doctors {
        for time in 0..TIMES_OF_A_DAY {
            let (hour, minute) = (9 + time / 2, time % 2 * 30);
            // The last doctor's day has a holder at ten already: the day after is as good.
            let starts_at = format!("{}T{hour:02}:{minute:02}:00Z", next(&day));
            all.extend((0..WISHES).map(|_| wish(doctor, &starts_at)));
        }
    }
    Dice::new(7).shuffle(&mut all);
    let all = all.into_iter().enumerate().map(|(n, wish)| (clients + n, wish)).collect();
    let times = many * TIMES_OF_A_DAY;
    let second = crowd.ask(&hospital, all, &format!("{many} doctors' days, {wishes} wishes for {times} times")).await?;
    second.expect(times)?;

    let doubled = "select count(*) from (select from appointments where status in ('held', 'confirmed')
        group by practitioner_id, starts_at having count(*) > 1) doubled";
    let doubled = cluster.count(DATABASE, doubled).await?;
    let faults = books::faults(&cluster, DATABASE).await?;
    println!("times with two holders: {doubled}; faults in the books: {}", faults.len());
    hospital.stop()?;
    if doubled == 0 && faults.is_empty() { Ok(()) } else { Err(failed(faults.join("\n"))) }
}

/// The day after, as text; days late in a month are not needed.
fn next(day: &str) -> String {
    let (month, number) = day.rsplit_once('-').unwrap_or((day, "1"));
    match number.parse::<u32>() {
        Ok(number) if number < 28 => format!("{month}-{:02}", number + 1),
        Ok(number) => format!("{month}-{:02}", number - 1),
        Err(_) => day.to_owned(),
    }
}

struct Crowd<'a> {
    cluster: &'a Cluster,
    clients: usize,
}

/// What a crowd heard.
struct Heard {
    answers: BTreeMap<String, usize>,
    deadlocks: i64,
}

impl Heard {
    fn expect(&self, held: usize) -> Result<(), Failed> {
        let won = self.answers.get("201").copied().unwrap_or(0);
        let clean = self.answers.keys().all(|answer| answer == "201" || answer == "409 slot_taken");
        if won == held && clean && self.deadlocks == 0 {
            return Ok(());
        }
        Err(failed(format!("{held} holders were to be, all others told slot_taken, no deadlock")))
    }
}

impl Crowd<'_> {
    /// All of them at once, as far as so many clients can.
    async fn ask(&self, hospital: &Hospital, wishes: Vec<(usize, Value)>, name: &str) -> Result<Heard, Failed> {
        let client = Client::builder()
            .no_proxy()
            .timeout(Duration::from_mins(2))
            .pool_max_idle_per_host(self.clients)
            .build()?;
        let many = self.clients.min(wishes.len());
        let (gate, wishes) = (Arc::new(Barrier::new(many)), Arc::new(wishes));
        let processes = [hospital.process(), self.cluster.process()?];
        let (before, deadlocks) = (process::cpu(&processes), self.deadlocks().await?);
        let began = Instant::now();
        let mut storm = JoinSet::new();
        for first in 0..many {
            let (client, base) = (client.clone(), hospital.base.clone());
            let (gate, wishes) = (Arc::clone(&gate), Arc::clone(&wishes));
            storm.spawn(async move {
                gate.wait().await;
                let mut heard = Vec::new();
                for (patient, wish) in wishes.iter().skip(first).step_by(many) {
                    let asked = Instant::now();
                    heard.push((answer(&client, &base, *patient, wish).await, asked.elapsed()));
                }
                heard
            });
        }
        let mut heard: Vec<(String, Duration)> = Vec::with_capacity(wishes.len());
        while let Some(ended) = storm.join_next().await {
            heard.extend(ended.map_err(|error| failed(error.to_string()))?);
        }
        let wall = began.elapsed();
        let cpu = process::cpu(&processes).saturating_sub(before);
        let deadlocks = self.deadlocks().await? - deadlocks;
        let mut answers: BTreeMap<String, usize> = BTreeMap::new();
        for (answer, _) in &heard {
            *answers.entry(answer.clone()).or_default() += 1;
        }
        let mut times: Vec<Duration> = heard.into_iter().map(|(_, time)| time).collect();
        times.sort_unstable();
        let at = |percent: usize| times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or_default();
        println!("{name}:");
        for (answer, count) in &answers {
            println!("  {count:>6} × {answer}");
        }
        println!(
            "  {:.2} s in all, p50 {:.0} ms, p99 {:.0} ms, longest {:.0} ms; {:.2} s CPU of server and PostgreSQL; {deadlocks} deadlocks",
            wall.as_secs_f64(),
            at(50).as_secs_f64() * 1000.0,
            at(99).as_secs_f64() * 1000.0,
            at(100).as_secs_f64() * 1000.0,
            cpu.as_secs_f64()
        );
        Ok(Heard { answers, deadlocks })
    }

    async fn deadlocks(&self) -> Result<i64, Failed> {
        let sql = format!("select coalesce(sum(deadlocks), 0) from pg_stat_database where datname = '{DATABASE}'");
        // What backends have counted is handed over when they are idle, a second later at most.
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        self.cluster.count("postgres", &sql).await
    }
}

async fn answer(client: &Client, base: &str, patient: usize, wish: &Value) -> String {
    let sent = post(client, base, "/api/v1/appointments", patient, wish).send().await;
    let answer = match sent {
        Ok(answer) => answer,
        Err(error) => return format!("no answer: {}", error.without_url()),
    };
    let status = answer.status().as_u16();
    if status == 201 {
        return "201".to_owned();
    }
    let text = answer.text().await.unwrap_or_default();
    let problem: Value = serde_json::from_str(&text).unwrap_or_default();
    format!("{status} {}", problem["code"].as_str().unwrap_or("without a code"))
}
