use std::time::Duration;

use tokio::{sync::mpsc, task::JoinSet, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{Note, Poison, TestDb, begin, count};
use crate::{Registry, Runner, RunnerConfig, When, enqueue};

type Done = mpsc::UnboundedSender<u32>;

const SOON: Duration = Duration::from_secs(10);

fn registry() -> Registry<Done> {
    Registry::new()
        .on::<Note, _, _>(|done: Done, note| async move {
            let _ = done.send(note.number);
            Ok(())
        })
        .on::<Poison, _, _>(|done: Done, _| async move {
            let _ = done.send(666);
            std::future::pending().await
        })
}

#[tokio::test]
async fn a_runner_is_woken_by_the_commit_and_stops_when_told() {
    let db = TestDb::new().await;
    let (done, mut heard) = mpsc::unbounded_channel();
    // So long a poll that only the hint can wake it.
    let config = RunnerConfig { poll: Duration::from_hours(1), ..RunnerConfig::default() };
    let runner = Runner::new(db.db.clone(), registry(), done, config).unwrap();
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(runner.run(stop.clone()));

    // The first may be found by the first look, the second only by the hint.
    for number in [1, 2] {
        let mut tx = begin(&db).await;
        enqueue(&mut tx, &Note { number }, When::Now).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(timeout(SOON, heard.recv()).await.unwrap(), Some(number));
    }
    stop.cancel();
    timeout(SOON, tasks.join_next()).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn a_stop_gives_back_what_does_not_end_in_time_unharmed() {
    let db = TestDb::new().await;
    let (done, mut heard) = mpsc::unbounded_channel();
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Poison, When::Now).await.unwrap();
    tx.commit().await.unwrap();
    let config = RunnerConfig { grace: Duration::from_millis(50), ..RunnerConfig::default() };
    let stop = CancellationToken::new();
    let mut tasks = JoinSet::new();
    tasks.spawn(Runner::new(db.db.clone(), registry(), done, config).unwrap().run(stop.clone()));
    assert_eq!(timeout(SOON, heard.recv()).await.unwrap(), Some(666));
    stop.cancel();
    timeout(SOON, tasks.join_next()).await.unwrap().unwrap().unwrap();
    assert_eq!(count(&db, "ready").await, 1);
    let mut tx = db.db.begin(&db::Context::system("test")).await.unwrap();
    let attempts = sqlx::query_scalar!("select attempts from jobs").fetch_one(tx.conn()).await.unwrap();
    assert_eq!(attempts, 0);
}
