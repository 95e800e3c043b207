//! Server and PostgreSQL are killed under load, again and again, with SIGKILL. Whatever was acknowledged must be there afterwards,
//! nothing may have happened twice, the ledger must sum to zero, and the house must serve again soon.

mod load;
mod verdict;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::cluster::{Cluster, Hospital};
use crate::options::Options;
use crate::patients::{Dice, doctors, patients};
use crate::{Failed, failed};
use load::{Load, Patience, Payer};

const DATABASE: &str = "bedside";
const DOCTORS: usize = 60;
/// Each books once.
const PATIENTS: usize = 4_000;
const PATIENTS_PER_KILL: usize = 400;
/// A key whose process died is free again after a minute.
const LAST_PATIENCE: u64 = 100;
/// So soon after the database is back the house is to serve again.
const GOAL: Duration = Duration::from_secs(5);

/// How long it took to serve again.
#[derive(Default)]
struct Recoveries {
    of_server: Vec<Duration>,
    of_postgres: Vec<Duration>,
}

pub(crate) async fn run(words: &[String]) -> Result<(), Failed> {
    let options =
        Options::read(words, &["--bedside", "--server-kills", "--postgres-kills", "--clients", "--last-patience"])?;
    let program = options.bedside()?;
    let kills = (options.number("--server-kills", 100_usize)?, options.number("--postgres-kills", 20_usize)?);
    let clients = options.number("--clients", 8_usize)?;
    let last = Patience::at_the_end(options.number("--last-patience", LAST_PATIENCE)?);
    let people = PATIENTS + PATIENTS_PER_KILL * (kills.0 + kills.1);
    let mut cluster = Cluster::start().await?;
    cluster.create(DATABASE, &program).await?;
    let mut hospital = cluster.hospital(DATABASE, &program).await?;
    patients(&cluster, DATABASE, people).await?;
    let doctors = doctors(&cluster, DATABASE, DOCTORS).await?;
    let day = cluster.texts(DATABASE, "select ((now() at time zone 'UTC')::date)::text").await?.remove(0);
    let load = Arc::new(Load::new(hospital.base.clone(), &doctors, &day, people));

    let stop = Arc::new(AtomicBool::new(false));
    let mut booking = JoinSet::new();
    for client in 0..clients {
        booking.spawn(Payer::new(Arc::clone(&load), client)?.work(Arc::clone(&stop)));
    }
    let began = Instant::now();
    let killed = kill(&mut cluster, &mut hospital, kills, &doctors[0]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    stop.store(true, Ordering::SeqCst);
    while let Some(ended) = booking.join_next().await {
        ended.map_err(|error| failed(error.to_string()))??;
    }
    let recoveries = killed?;
    println!(
        "{} kills of the server and {} of PostgreSQL in {:.0} s",
        recoveries.of_server.len(),
        recoveries.of_postgres.len(),
        began.elapsed().as_secs_f64()
    );
    say("serving again after the server was started", &recoveries.of_server);
    say("serving again after PostgreSQL was back", &recoveries.of_postgres);
    verdict::settle(&cluster, &load, last).await?;
    let mut faults = verdict::faults(&cluster, &load).await?;
    hospital.stop()?;
    let slow = |of: &[Duration]| of.iter().filter(|took| **took > GOAL).count();
    let slow = slow(&recoveries.of_postgres);
    if slow > 0 {
        faults.push(format!("{slow} times it took longer than {} s to serve again", GOAL.as_secs()));
    }
    if faults.is_empty() {
        println!("nothing acknowledged was lost, nothing happened twice, the ledger sums to zero");
        return Ok(());
    }
    Err(failed(faults.join("\n")))
}

fn say(what: &str, took: &[Duration]) {
    let mut took = took.to_vec();
    took.sort_unstable();
    let (Some(middle), Some(most)) = (took.get(took.len() / 2), took.last()) else { return };
    println!("{what}: median {:.2} s, longest {:.2} s", middle.as_secs_f64(), most.as_secs_f64());
}

async fn kill(
    cluster: &mut Cluster,
    hospital: &mut Hospital,
    (servers, databases): (usize, usize),
    doctor: &str,
) -> Result<Recoveries, Failed> {
    let mut order: Vec<bool> = (0..servers).map(|_| true).chain((0..databases).map(|_| false)).collect();
    let mut dice = Dice::new(11);
    dice.shuffle(&mut order);
    let reads = format!("/api/v1/doctors/{doctor}/slots");
    let mut recoveries = Recoveries::default();
    for (number, server) in order.into_iter().enumerate() {
        let pause = u64::try_from(200 + dice.below(1_300)).unwrap_or(500);
        tokio::time::sleep(Duration::from_millis(pause)).await;
        if !hospital.is_alive() {
            return Err(failed(format!("the server ended by itself: {}", hospital.last_words())));
        }
        if server {
            hospital.kill()?;
            hospital.start()?;
            recoveries.of_server.push(hospital.wait(&reads).await?);
        } else {
            if number % 2 == 0 {
                cluster.kill_whole().await?;
            } else {
                cluster.kill_backend(number).await?;
            }
            recoveries.of_postgres.push(hospital.wait(&reads).await?);
        }
    }
    Ok(recoveries)
}
