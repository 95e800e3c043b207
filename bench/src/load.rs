//! Many clients at once, each asking again as soon as it has its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, Request, StatusCode};
use tokio::task::JoinSet;

use crate::{Failed, failed, process};

pub(crate) const CLIENTS: usize = 16;
pub(crate) const SECONDS: u64 = 6;

/// What a load cost.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) done: usize,
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    /// Of each of the processes by itself.
    pub(crate) cpu_each: Vec<Duration>,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
}

impl Measured {
    pub(crate) fn per_cpu_second(&self) -> f64 {
        count(self.done) / self.cpu.as_secs_f64().max(0.001)
    }

    pub(crate) fn per_second(&self) -> f64 {
        count(self.done) / self.wall.as_secs_f64()
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The n-th request; `None` when there are no more.
pub(crate) type Next = Arc<dyn Fn(&Client, usize) -> Option<Request> + Send + Sync>;

/// Asks for some seconds and charges the CPU time of these processes. Every answer must have this status.
pub(crate) async fn measure(next: Next, wanted: StatusCode, processes: &[u32]) -> Result<Measured, Failed> {
    let numbers = Arc::new(AtomicUsize::new(0));
    let before: Vec<Duration> = processes.iter().map(|id| process::cpu(&[*id])).collect();
    let began = Instant::now();
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(client(Arc::clone(&next), Arc::clone(&numbers), wanted, began));
    }
    let mut times = Vec::new();
    while let Some(ended) = clients.join_next().await {
        times.extend(ended.map_err(|error| failed(error.to_string()))??);
    }
    let wall = began.elapsed();
    let spent = |(id, before): (&u32, &Duration)| process::cpu(&[*id]).saturating_sub(*before);
    let cpu_each: Vec<Duration> = processes.iter().zip(&before).map(spent).collect();
    let cpu = cpu_each.iter().sum();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    Ok(Measured { done: times.len(), wall, cpu, cpu_each, p50: at(50), p99: at(99) })
}

async fn client(
    next: Next,
    numbers: Arc<AtomicUsize>,
    wanted: StatusCode,
    began: Instant,
) -> Result<Vec<Duration>, Failed> {
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut times = Vec::new();
    while began.elapsed() < Duration::from_secs(SECONDS) {
        let Some(request) = next(&client, numbers.fetch_add(1, Ordering::Relaxed)) else { break };
        let asked = Instant::now();
        let what = format!("{} {}", request.method(), request.url().path());
        let answer = client.execute(request).await?;
        let status = answer.status();
        let body = answer.bytes().await?;
        if status != wanted {
            let said = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
            return Err(failed(format!("{what} answered {status}: {said}")));
        }
        times.push(asked.elapsed());
    }
    Ok(times)
}
