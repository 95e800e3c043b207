//! The rows of the report.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Request, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection, Row as _};

use crate::load::{Measured, Next, measure};
use crate::subject::Subject;
use crate::{Failed, clinic, failed, pgbench, process};

const SEARCH: &str = include_str!("../sql/search.sql");
const SLOTS: &str = include_str!("../sql/slots.sql");
const BOOK: &str = include_str!("../sql/book.sql");
const PATIENTS: &str = include_str!("../sql/patients.sql");
/// As many as `patients.sql` makes. Each books once: a person may hold two times at most.
const BOOKINGS: usize = 600;
const MEDIA_PACKETS: u64 = 40_000;

/// Takes all of them and prints each as soon as it is there.
pub(crate) async fn all(program: PathBuf) -> Result<(), Failed> {
    let home = tempfile::Builder::new().prefix("bedside-bench-").tempdir()?;
    println!("{:<34} {:>12} {:>10} {:>9} {:>9}   against the floor", "", "per CPU-s", "per s", "p50", "p99");
    let first = Subject::start(&program, home.path()).await?;
    let boot = first.boot;
    first.stop()?;
    let subject = Subject::start(&program, home.path()).await?;
    let warm = subject.boot;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let idle = process::resident(subject.process());
    let bench = Bench { subject, doctors: Vec::new() };
    let outcome = bench.run().await;
    println!(
        "{:<34} {:>9.2} s with demonstration data written, {:.2} s warm",
        "boot, PostgreSQL included",
        boot.as_secs_f64(),
        warm.as_secs_f64()
    );
    println!("{:<34} {:>9.1} MB of the server, media unit included, PostgreSQL apart", "idle memory", megabytes(idle));
    outcome
}

fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX)) / 1024.0
}

struct Bench {
    subject: Subject,
    doctors: Vec<(String, String)>,
}

impl Bench {
    async fn run(mut self) -> Result<(), Failed> {
        let outcome = self.rows().await;
        let stopped = self.subject.stop();
        outcome.and(stopped)
    }

    async fn rows(&mut self) -> Result<(), Failed> {
        let mut connection = PgConnection::connect(&self.subject.database()?).await?;
        self.doctors = texts(&mut connection, "select id::text, slug from practitioners order by id").await?;
        sqlx::raw_sql(PATIENTS).execute(&mut connection).await?;
        connection.close().await?;
        let processes = self.subject.processes()?;
        let postgres = processes[1];
        let floor = self.floor(postgres).await?;
        print("bare axum, one row (the floor)", &floor, "1.00");

        let url = format!("{}/api/v1/doctors?specialty=dermatology&language=bn", self.subject.base);
        let search = measure(get(move |_| url.clone(), None), StatusCode::OK, &processes).await?;
        self.against("doctor search", &search, &floor, SEARCH, postgres)?;

        let base = self.subject.base.clone();
        let ids: Vec<String> = self.doctors.iter().map(|(id, _)| id.clone()).collect();
        let slots = get(move |n| format!("{base}/api/v1/doctors/{}/slots", ids[n % ids.len()]), None);
        let slots = measure(slots, StatusCode::OK, &processes).await?;
        self.against("free slots of a doctor", &slots, &floor, SLOTS, postgres)?;

        let administrator = self.subject.sign_in("admin@demo.example").await?;
        let url = format!("{}/admin/appointments", self.subject.base);
        match measure(get(move |_| url.clone(), Some(administrator)), StatusCode::OK, &processes).await {
            Ok(page) => print("page of 50 rows, signed in", &page, &ratio(&page, &floor)),
            Err(error) => println!("page of 50 rows, signed in: {error}"),
        }
        let booked = self.booking(&processes).await?;
        self.against("booking", &booked, &floor, BOOK, postgres)?;
        clinic::rows(&self.subject).await
    }

    /// Ours beside the bare route, and beside the database alone.
    fn against(
        &self,
        name: &str,
        ours: &Measured,
        floor: &Measured,
        script: &str,
        postgres: u32,
    ) -> Result<(), Failed> {
        let database = pgbench::run(script, &self.subject.socket()?, postgres)?;
        let said = format!(
            "{}, {:.2} of pgbench ({database:.0} per CPU-s)",
            ratio(ours, floor),
            ours.per_cpu_second() / database
        );
        print(name, ours, &said);
        Ok(())
    }

    async fn floor(&self, postgres: u32) -> Result<Measured, Failed> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["floor", &self.subject.database()?])
            .stdout(Stdio::piped())
            .spawn()?;
        let port = first_line(&mut child)?;
        let slugs: Vec<String> = self.doctors.iter().map(|(_, slug)| slug.clone()).collect();
        let next = get(move |n| format!("http://127.0.0.1:{port}/doctors/{}", slugs[n % slugs.len()]), None);
        let measured = measure(next, StatusCode::OK, &[child.id(), postgres]).await;
        child.kill()?;
        child.wait()?;
        measured
    }

    /// Distinct free times, each by a patient of its own.
    async fn booking(&self, processes: &[u32]) -> Result<Measured, Failed> {
        let bodies = Arc::new(self.distinct_times().await?);
        let url = format!("{}/api/v1/appointments", self.subject.base);
        let next: Next = Arc::new(move |client: &Client, n: usize| {
            let body: &Value = bodies.get(n)?;
            let asked = client.post(&url).bearer_auth(format!("bench-{n}")).header("content-type", "application/json");
            asked.body(body.to_string()).build().ok()
        });
        measure(next, StatusCode::CREATED, processes).await
    }

    /// Free times of all doctors, one in each hour at most, so that none stands in another's way.
    async fn distinct_times(&self) -> Result<Vec<Value>, Failed> {
        let client = Client::builder().no_proxy().build()?;
        let mut bodies = Vec::new();
        for (doctor, _) in &self.doctors {
            let answer =
                client.get(format!("{}/api/v1/doctors/{doctor}/slots?mode=video", self.subject.base)).send().await?;
            let answer: Value =
                serde_json::from_str(&answer.text().await?).map_err(|error| failed(error.to_string()))?;
            let mut hours = std::collections::BTreeSet::new();
            for slot in answer["items"].as_array().into_iter().flatten() {
                let Some(starts_at) = slot["starts_at"].as_str() else { continue };
                if hours.insert(starts_at.chars().take(13).collect::<String>()) {
                    let reason = "Itchy rash";
                    bodies
                        .push(json!({"doctor_id": doctor, "starts_at": starts_at, "mode": "video", "reason": reason}));
                }
            }
        }
        bodies.truncate(BOOKINGS);
        Ok(bodies)
    }
}

#[expect(clippy::disallowed_methods, reason = "the database is a running one: there is no schema while this is built")]
pub(crate) async fn texts(connection: &mut PgConnection, sql: &'static str) -> Result<Vec<(String, String)>, Failed> {
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn first_line(child: &mut std::process::Child) -> Result<String, Failed> {
    use std::io::BufRead as _;
    let output = child.stdout.take().ok_or_else(|| failed("the floor has no output"))?;
    let mut line = String::new();
    std::io::BufReader::new(output).read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

fn get(url: impl Fn(usize) -> String + Send + Sync + 'static, token: Option<String>) -> Next {
    Arc::new(move |client: &Client, n: usize| -> Option<Request> {
        let asked = client.get(url(n));
        token.iter().fold(asked, reqwest::RequestBuilder::bearer_auth).build().ok()
    })
}

fn ratio(ours: &Measured, floor: &Measured) -> String {
    format!("{:.2}", ours.per_cpu_second() / floor.per_cpu_second())
}

fn print(name: &str, measured: &Measured, said: &str) {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{name:<34} {:>12.0} {:>10.0} {:>6.1} ms {:>6.1} ms   {said}",
        measured.per_cpu_second(),
        measured.per_second(),
        milliseconds(measured.p50),
        milliseconds(measured.p99)
    );
}

/// Packets a second that one side of a visit sends: Opus in frames of 20 ms, and 1.2 Mbit/s of pictures in packets of 1,100 octets.
const SENT_A_SECOND: f64 = 50.0 + 136.0;
const STEADY: u64 = 5_000;

/// The forwarding unit by itself, with a client in Rust at either end.
pub(crate) fn media() {
    let cost = rtc::testing::forwarding_cost(MEDIA_PACKETS, 1_100);
    println!(
        "{:<34} {:>9.1} µs CPU per forwarded packet ({} packets)",
        "media forwarding",
        cost.micros_per_packet(),
        cost.forwarded
    );
    let steady = rtc::testing::paced(STEADY, Duration::from_secs(5), 1_100);
    let micros = steady.cost.micros_per_packet();
    println!(
        "{:<34} {:>9.1} µs CPU per forwarded packet, on the way p50 {:.2} ms, p99 {:.2} ms ({} of {})",
        "media at 5,000 packets/s",
        micros,
        steady.p50.as_secs_f64() * 1000.0,
        steady.p99.as_secs_f64() * 1000.0,
        steady.cost.forwarded,
        steady.sent
    );
    println!(
        "{:<34} {:>9.0} one-to-one, sound and picture both ways",
        "visits per core",
        1e6 / (2.0 * SENT_A_SECOND * micros)
    );
}
