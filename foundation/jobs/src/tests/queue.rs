use super::{Diary, Note, Poison, TestDb, begin, count, idle, noting, poisonous};
use crate::{Registry, When, enqueue, enqueue_once, list_dead, revive};

#[tokio::test]
async fn a_job_exists_if_and_only_if_its_transaction_commits() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Note { number: 1 }, When::Now).await.unwrap();
    tx.rollback().await.unwrap();
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Note { number: 2 }, When::Now).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(idle(&db, &noting(), &diary).await.ran, 1);
    assert_eq!(idle(&db, &noting(), &diary).await.ran, 0);
    assert_eq!(diary.read(), [2]);
}

#[tokio::test]
async fn a_job_for_later_waits_for_the_databases_time() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    let later = tx.now().plus_minutes(60);
    enqueue(&mut tx, &Note { number: 1 }, When::At(later)).await.unwrap();
    tx.commit().await.unwrap();
    db.db.clock().shift_seconds(59 * 60);
    assert_eq!(idle(&db, &noting(), &diary).await.ran, 0);
    db.db.clock().shift_seconds(61);
    assert_eq!(idle(&db, &noting(), &diary).await.ran, 1);
}

#[tokio::test]
async fn the_same_key_is_kept_once_even_after_the_job_is_done() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    for number in 1..=3 {
        let mut tx = begin(&db).await;
        enqueue_once(&mut tx, &Note { number }, "invite:1", When::Now).await.unwrap();
        enqueue_once(&mut tx, &Note { number }, "invite:1", When::Now).await.unwrap();
        tx.commit().await.unwrap();
        idle(&db, &noting(), &diary).await;
    }
    assert_eq!(diary.read(), [1]);
}

#[tokio::test]
async fn a_poison_job_blocks_nobody_and_is_buried_after_its_last_attempt() {
    let (db, diary, registry) = (TestDb::new().await, Diary::default(), poisonous());
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Poison, When::Now).await.unwrap();
    enqueue(&mut tx, &Note { number: 1 }, When::Now).await.unwrap();
    tx.commit().await.unwrap();

    let first = idle(&db, &registry, &diary).await;
    assert_eq!(first.failures, [("test.poison".to_owned(), "it is poison".to_owned())]);
    assert!(diary.read().contains(&1));
    assert_eq!(idle(&db, &registry, &diary).await.ran, 0, "it waits before it is tried again");
    for _ in 0..5 {
        db.db.clock().shift_seconds(3 * 3600);
        idle(&db, &registry, &diary).await;
    }
    assert_eq!(diary.read().iter().filter(|number| **number == 0).count(), 3, "three attempts");
    assert_eq!(count(&db, "dead").await, 1);

    let mut tx = db.db.begin(&db::Context::system("test")).await.unwrap();
    let dead = list_dead(&mut tx, 10).await.unwrap();
    assert_eq!((dead[0].name.as_str(), dead[0].attempts), ("test.poison", 3));
    assert_eq!(dead[0].last_error.as_deref(), Some("it is poison"));
    assert!(revive(&mut tx, dead[0].id).await.unwrap());
    assert!(!revive(&mut tx, dead[0].id).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(idle(&db, &registry, &diary).await.ran, 1);
}

#[tokio::test]
async fn a_panic_is_the_jobs_failure_and_nobody_elses() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let registry: Registry<Diary> = noting().on::<Poison, _, _>(|_, _| async move { panic!("out of cheese") });
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Poison, When::Now).await.unwrap();
    enqueue(&mut tx, &Note { number: 1 }, When::Now).await.unwrap();
    tx.commit().await.unwrap();
    let idle = idle(&db, &registry, &diary).await;
    assert!(idle.failures[0].1.contains("out of cheese"), "{idle:?}");
    assert_eq!(diary.read(), [1]);
}

#[tokio::test]
async fn a_payload_that_is_not_understood_is_buried_at_once() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    db.force(
        "insert into jobs (id, name, payload, due_at) values (gen_random_uuid(), 'test.note', '{\"nummer\": 1}', now())",
    )
    .await;
    assert_eq!(idle(&db, &noting(), &diary).await.failures.len(), 1);
    assert_eq!(count(&db, "dead").await, 1);
}

#[tokio::test]
async fn a_job_of_an_unknown_name_is_left_for_a_program_that_knows_it() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Poison, When::Now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(idle(&db, &noting(), &diary).await.ran, 0);
    assert_eq!(idle(&db, &poisonous(), &diary).await.ran, 1);
}

#[test]
fn two_handlers_of_one_name_are_refused() {
    assert!(noting().merge(Registry::new()).check().is_ok());
    assert_eq!(noting().merge(noting()).check().unwrap_err().0, ["test.note"]);
}
