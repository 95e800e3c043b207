use serde::{Deserialize, Serialize};

use super::{Diary, TestDb, begin, idle};
use crate::{Event, Failed, Registry, publish};

#[derive(Serialize, Deserialize)]
struct Settled {
    charge: u32,
}

impl Event for Settled {
    const NAME: &'static str = "test.settled";
}

fn registry(second_fails: bool) -> Registry<Diary> {
    Registry::new()
        .on_event::<Settled, _, _>("first.hears", |diary: Diary, news| async move {
            diary.write(news.charge);
            Ok(())
        })
        .on_event::<Settled, _, _>("second.hears", move |diary: Diary, news| async move {
            diary.write(news.charge + 100);
            if second_fails { Err(Failed::because("not today")) } else { Ok(()) }
        })
}

#[tokio::test]
async fn an_event_reaches_every_subscriber_once() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    publish(&mut tx, &Settled { charge: 7 }).await.unwrap();
    tx.commit().await.unwrap();
    idle(&db, &registry(false), &diary).await;
    idle(&db, &registry(false), &diary).await;
    let mut heard = diary.read();
    heard.sort_unstable();
    assert_eq!(heard, [7, 107]);
}

#[tokio::test]
async fn one_subscribers_trouble_is_not_anothers() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    publish(&mut tx, &Settled { charge: 7 }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(idle(&db, &registry(true), &diary).await.failures.len(), 1);
    db.db.clock().shift_seconds(60);
    idle(&db, &registry(false), &diary).await;
    let mut heard = diary.read();
    heard.sort_unstable();
    assert_eq!(heard, [7, 107, 107], "the first heard once, the second was tried again");
}

#[tokio::test]
async fn an_event_of_a_rolled_back_transaction_was_never_told() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    publish(&mut tx, &Settled { charge: 7 }).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(idle(&db, &registry(false), &diary).await.ran, 0);
}

#[tokio::test]
async fn a_schedule_runs_once_per_tick_whoever_looks() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let registry = Registry::new().every("test.every_hour", 60, |diary: Diary| async move {
        diary.write(1);
        Ok(())
    });
    let (one, two) = tokio::join!(idle(&db, &registry, &diary), idle(&db, &registry, &diary));
    assert_eq!(one.ran + two.ran, 1);
    db.db.clock().shift_seconds(3600);
    idle(&db, &registry, &diary).await;
    idle(&db, &registry, &diary).await;
    assert_eq!(diary.read().len(), 2);
}
