//! On a real database with a clock that is moved by hand.

mod events;
mod leases;
mod queue;
mod runner;
#[path = "../../../vault/tests/support/mod.rs"]
mod support;

use std::sync::{Arc, Mutex};

use db::{Context, Tx};
use serde::{Deserialize, Serialize};
use support::TestDb;

use crate::{Failed, Idle, Job, Registry, run_until_idle};

/// What handlers write down.
#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Vec<u32>>>);

impl Diary {
    fn write(&self, number: u32) {
        self.0.lock().unwrap().push(number);
    }

    fn read(&self) -> Vec<u32> {
        self.0.lock().unwrap().clone()
    }
}

#[derive(Serialize, Deserialize)]
struct Note {
    number: u32,
}

impl Job for Note {
    const NAME: &'static str = "test.note";
}

#[derive(Serialize, Deserialize)]
struct Poison;

impl Job for Poison {
    const NAME: &'static str = "test.poison";
    const MAX_ATTEMPTS: i32 = 3;
}

fn noting() -> Registry<Diary> {
    Registry::new().on::<Note, _, _>(|diary: Diary, note| async move {
        diary.write(note.number);
        Ok(())
    })
}

fn poisonous() -> Registry<Diary> {
    noting().on::<Poison, _, _>(|diary: Diary, _| async move {
        diary.write(0);
        Err(Failed::because("it is poison"))
    })
}

async fn begin(db: &TestDb) -> Tx {
    db.db.begin(&Context::anonymous()).await.unwrap()
}

async fn idle(db: &TestDb, registry: &Registry<Diary>, diary: &Diary) -> Idle {
    run_until_idle(&db.db, registry, diary.clone()).await.unwrap()
}

async fn count(db: &TestDb, state: &str) -> i64 {
    let mut tx = db.db.begin(&Context::system("test")).await.unwrap();
    let count = sqlx::query_scalar!(r#"select count(*) as "count!" from jobs where state = $1"#, state);
    count.fetch_one(tx.conn()).await.unwrap()
}
