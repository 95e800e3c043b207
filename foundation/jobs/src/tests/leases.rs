use super::{Diary, Note, Poison, TestDb, begin, count, idle, noting, poisonous};
use crate::{When, enqueue, run, store};

#[tokio::test]
async fn a_vanished_workers_job_is_taken_over_and_its_late_word_does_not_count() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Note { number: 1 }, When::Now).await.unwrap();
    tx.commit().await.unwrap();
    let lost = run::claim(&db.db, &noting(), 10).await.unwrap().remove(0);
    assert!(run::claim(&db.db, &noting(), 10).await.unwrap().is_empty(), "a lease is exclusive");

    db.db.clock().shift_seconds(run::LEASE_SECONDS + 1);
    let taken = run::claim(&db.db, &noting(), 10).await.unwrap().remove(0);
    assert_eq!((taken.id, taken.attempts), (lost.id, 2));

    // The first worker wakes up, done: the fencing token tells it off, and its lease cannot be extended either.
    let mut tx = db.db.begin(&run::context()).await.unwrap();
    assert!(!store::set_done(&mut tx, lost.id, lost.token).await.unwrap());
    let ends = tx.now().plus_seconds(60);
    assert!(!store::extend_lease(&mut tx, lost.id, lost.token, ends).await.unwrap());
    assert!(!store::set_dead(&mut tx, lost.id, lost.token, "late").await.unwrap());
    tx.commit().await.unwrap();
    run::perform(&db.db, &noting(), diary.clone(), taken).await.unwrap();
    assert_eq!((count(&db, "done").await, diary.read()), (1, vec![1]));
}

#[tokio::test]
async fn a_job_that_kills_its_worker_every_time_is_buried() {
    let (db, diary) = (TestDb::new().await, Diary::default());
    let mut tx = begin(&db).await;
    enqueue(&mut tx, &Poison, When::Now).await.unwrap();
    tx.commit().await.unwrap();
    for _ in 0..3 {
        assert_eq!(run::claim(&db.db, &poisonous(), 10).await.unwrap().len(), 1);
        db.db.clock().shift_seconds(run::LEASE_SECONDS + 1);
    }
    assert!(run::claim(&db.db, &poisonous(), 10).await.unwrap().is_empty());
    idle(&db, &poisonous(), &diary).await;
    assert_eq!(count(&db, "dead").await, 1);
}

#[tokio::test]
async fn many_workers_do_each_job_once() {
    let (db, diary, registry) = (TestDb::new().await, Diary::default(), noting());
    let mut tx = begin(&db).await;
    for number in 0..200 {
        enqueue(&mut tx, &Note { number }, When::Now).await.unwrap();
    }
    tx.commit().await.unwrap();
    tokio::join!(
        idle(&db, &registry, &diary),
        idle(&db, &registry, &diary),
        idle(&db, &registry, &diary),
        idle(&db, &registry, &diary)
    );
    let mut done = diary.read();
    done.sort_unstable();
    assert_eq!(done, (0..200).collect::<Vec<_>>());
}
