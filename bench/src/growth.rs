//! The cost of a request as the hospital grows: the same five requests on a small hospital, a larger one and a very large one.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use reqwest::{Client, StatusCode};

use crate::cluster::Cluster;
use crate::load::{Measured, Next, measure};
use crate::options::Options;
use crate::patients::{Dice, doctors, patients, post, wish};
use crate::{Failed, failed};

const GROWN: &str = include_str!("../sql/grown.sql");
/// A doctor for so many patients.
const PATIENTS_PER_DOCTOR: usize = 100;
const BOOKERS: usize = 3_000;
const MOST_RATIO: f64 = 2.0;

/// What one request costs, in milliseconds of CPU: of the server, and of PostgreSQL.
struct Cost {
    name: &'static str,
    server: f64,
    postgres: f64,
}

pub(crate) async fn run(words: &[String]) -> Result<(), Failed> {
    let options = Options::read(words, &["--bedside", "--sizes", "--per-patient", "--only"])?;
    let program = options.bedside()?;
    let per_patient = options.number("--per-patient", 2_usize)?;
    let only = options.text("--only").unwrap_or_default();
    let sizes = options.text("--sizes").unwrap_or("1000,100000,1000000");
    let sizes: Result<Vec<usize>, _> = sizes.split(',').map(str::parse).collect();
    let sizes = sizes.map_err(|_| failed("--sizes 1000,100000"))?;
    let cluster = Cluster::start().await?;
    let mut first: Option<Vec<Cost>> = None;
    let mut worst: f64 = 0.0;
    for size in sizes {
        let costs = at_size(&cluster, &program, (size, per_patient), only).await?;
        println!("  {:<22} {:>10} {:>10} {:>10} {:>8}", "CPU-ms per request", "server", "PostgreSQL", "both", "ratio");
        for (number, cost) in costs.iter().enumerate() {
            let both = cost.server + cost.postgres;
            let ratio = first.as_ref().map_or(1.0, |first| both / (first[number].server + first[number].postgres));
            worst = worst.max(ratio);
            println!("  {:<22} {:>10.3} {:>10.3} {both:>10.3} {ratio:>8.2}", cost.name, cost.server, cost.postgres);
        }
        first.get_or_insert(costs);
    }
    println!("largest ratio {worst:.2} (goal 1.3, at most {MOST_RATIO})");
    if worst <= MOST_RATIO { Ok(()) } else { Err(failed("a request grows with the hospital")) }
}

/// What the requests cost whose names have a word, or all of them.
async fn at_size(
    cluster: &Cluster,
    program: &Path,
    (size, per_patient): (usize, usize),
    only: &str,
) -> Result<Vec<Cost>, Failed> {
    let database = format!("growth_{size}");
    cluster.create(&database, program).await?;
    let mut hospital = cluster.hospital(&database, program).await?;
    let began = Instant::now();
    let all = doctors(cluster, &database, (size / PATIENTS_PER_DOCTOR).max(10)).await?;
    patients(cluster, &database, BOOKERS).await?;
    let per_doctor = size * per_patient / all.len();
    let numbers = [("PATIENTS", size), ("PER_DOCTOR", per_doctor)];
    let grown = numbers.into_iter().fold(GROWN.to_owned(), |sql, (name, value)| sql.replace(name, &value.to_string()));
    cluster.execute(&database, &grown).await?;
    cluster.execute(&database, "vacuum (analyze)").await?;
    let visits = cluster.count(&database, "select count(*) from appointments").await?;
    let bytes = cluster.count(&database, &format!("select pg_database_size('{database}')")).await?;
    println!(
        "{size} patients, {} doctors, {visits} appointments, {} MB, written in {:.0} s",
        all.len(),
        bytes / 1_000_000,
        began.elapsed().as_secs_f64()
    );
    // Plans are made once for a connection: with what is known of the data now.
    hospital.stop()?;
    hospital.start()?;
    hospital.wait("/readyz").await?;
    // All doctors are read once for a process: by the first search.
    let began = Instant::now();
    Client::builder().no_proxy().build()?.get(format!("{}/doctors", hospital.base)).send().await?.error_for_status()?;
    println!("the first search took {:.2} s", began.elapsed().as_secs_f64());
    let processes = [hospital.process(), cluster.process()?];
    let mut costs = Vec::new();
    let day = cluster.texts(&database, "select ((now() at time zone 'UTC')::date + 20)::text").await?.remove(0);
    let requests = requests(&hospital.base, &all, &day).into_iter();
    for (name, next, status) in requests.filter(|(name, ..)| name.contains(only)) {
        let measured = measure(next, status, &processes).await?;
        costs.push(cost(name, &measured));
    }
    hospital.stop()?;
    cluster.execute("postgres", &format!("drop database {database} with (force)")).await?;
    Ok(costs)
}

fn cost(name: &'static str, measured: &Measured) -> Cost {
    let done = f64::from(u32::try_from(measured.done).unwrap_or(u32::MAX)).max(1.0);
    let each = |place: usize| measured.cpu_each.get(place).map_or(0.0, |cpu| cpu.as_secs_f64() * 1000.0 / done);
    Cost { name, server: each(0), postgres: each(1) }
}

fn requests(base: &str, doctors: &[String], day: &str) -> Vec<(&'static str, Next, StatusCode)> {
    let page = |path: &'static str| -> Next {
        let base = base.to_owned();
        Arc::new(move |client: &Client, n: usize| {
            client.get(format!("{base}{path}")).bearer_auth(format!("grown-{}", n % 100)).build().ok()
        })
    };
    let (home, mine) = (base.to_owned(), doctors.to_vec());
    let slots: Next = Arc::new(move |client: &Client, n: usize| {
        client.get(format!("{home}/api/v1/doctors/{}/slots", mine[n * 7 % mine.len()])).build().ok()
    });
    // Every doctor's day at its end; a small hospital goes on with the next day.
    let mut times: Vec<(String, String)> = (0..16)
        .flat_map(|n| {
            doctors.iter().map(move |doctor| (doctor.clone(), format!("{day}T{:02}:{:02}:00Z", 9 + n / 2, n % 2 * 30)))
        })
        .take(BOOKERS * 4)
        .collect();
    Dice::new(5).shuffle(&mut times);
    let home = base.to_owned();
    let book: Next = Arc::new(move |client: &Client, n: usize| {
        let (doctor, starts_at) = times.get(n).filter(|_| n < BOOKERS)?;
        post(client, &home, "/api/v1/appointments", n, &wish(doctor, starts_at)).build().ok()
    });
    vec![
        ("doctor search", page("/api/v1/doctors?specialty=dermatology&language=bn"), StatusCode::OK),
        ("free slots of a doctor", slots, StatusCode::OK),
        ("bills page", page("/bills"), StatusCode::OK),
        ("appointments page", page("/appointments"), StatusCode::OK),
        ("booking", book, StatusCode::CREATED),
    ]
}
