//! On a real database: a search over many doctors against weighing everyone, and an index that never lags behind.

use std::collections::{HashMap, HashSet};

use db::Tx;
use kernel::{Cursor, PageRequest, Timestamp, Zone, ids::PractitionerId};
use scheduling::slots::{Mode, Slot, next_free};
use testkit::TestDb;

use super::{
    criteria::{Criteria, Sort, When},
    current::current,
    find::{Results, Total, find},
};

const DOCTORS: &str = include_str!("tests/doctors.sql");

async fn hospital(doctors: usize) -> TestDb {
    let db = TestDb::new().await;
    db.force(&DOCTORS.replace("HOW_MANY", &doctors.to_string())).await;
    db
}

async fn search(tx: &mut Tx, wanted: &Criteria, limit: i64, cursor: Option<Cursor>) -> Results {
    find(tx, wanted, &Zone::utc(), &PageRequest::of(limit, cursor)).await.unwrap()
}

/// What all pages show, each doctor with the first time; and what the first page says of the number.
async fn pages(tx: &mut Tx, wanted: &Criteria, limit: i64) -> (Vec<(PractitionerId, Option<Timestamp>)>, Total) {
    let first = search(tx, wanted, limit, None).await;
    let (mut shown, total, mut page) = (Vec::new(), first.total, first.page);
    loop {
        shown.extend(page.items.iter().map(|found| (found.doctor.id, found.next.first().map(|slot| slot.starts_at))));
        let Some(cursor) = page.next_cursor else { break };
        page = search(tx, wanted, limit, Some(cursor)).await.page;
    }
    (shown, total)
}

/// Those who fit with a time of theirs, best rated first, everybody weighed.
async fn plainly(tx: &mut Tx, wanted: &Criteria) -> Vec<((i64, PractitionerId), i64, Option<Timestamp>)> {
    let current = current(tx).await.unwrap();
    let fitting = |doctor: &super::model::Doctor| {
        wanted.language.as_ref().is_none_or(|tag| doctor.languages.contains(tag))
            && doctor
                .cheapest(wanted.mode)
                .is_some_and(|offer| wanted.max_fee.is_none_or(|most| offer.price.amount <= most))
    };
    let profiles = current.index.profiles().iter().filter(|profile| fitting(&profile.doctor));
    let doctors: Vec<_> = profiles.map(|profile| profile.doctor.clone()).collect();
    let ids: Vec<PractitionerId> = doctors.iter().map(|doctor| doctor.id).collect();
    let (from, to) = wanted.when.window(tx.now(), &Zone::utc());
    let free: HashMap<PractitionerId, Vec<Slot>> = next_free(tx, &ids, from, to, wanted.mode, 500).await.unwrap();
    let affordable = |slot: &&Slot| wanted.max_fee.is_none_or(|most| slot.price.amount <= most);
    let mut all: Vec<_> = doctors
        .iter()
        .map(|doctor| {
            let first = free.get(&doctor.id).and_then(|slots| slots.iter().find(affordable)).map(|slot| slot.starts_at);
            #[expect(clippy::cast_possible_truncation, reason = "a score is small")]
            let stars = -(doctor.shown_score().unwrap_or(4.0) * 1000.0).round() as i64;
            let cost = doctor.cheapest(wanted.mode).unwrap().price.amount;
            ((stars, doctor.id), cost, first)
        })
        .filter(|(_, _, first)| wanted.when == When::Any || first.is_some())
        .collect();
    all.sort_unstable();
    all
}

fn tomorrow() -> Criteria {
    Criteria { when: When::Tomorrow, mode: Some(Mode::Video), ..Criteria::default() }
}

#[tokio::test]
async fn a_day_in_another_order_leaves_out_who_has_no_time_and_nobody_else() {
    let hospital = hospital(260).await;
    let mut tx = hospital.system().await;
    for sort in [Sort::Fee, Sort::Rating] {
        for language in [None, Some("bn".to_owned())] {
            let wanted = Criteria { sort, language, max_fee: Some(3_000), ..tomorrow() };
            let mut expected = plainly(&mut tx, &wanted).await;
            if sort == Sort::Fee {
                expected.sort_by_key(|((_, id), fee, _)| (*fee, *id));
            }
            let expected: Vec<_> = expected.into_iter().map(|((_, id), _, first)| (id, first)).collect();
            let (shown, total) = pages(&mut tx, &wanted, 7).await;
            assert_eq!(shown, expected, "{wanted:?}");
            match total {
                Total::Exactly(number) => assert_eq!(number, expected.len()),
                Total::BeforeTimes(number) => assert!(number > 100 && number >= expected.len()),
            }
        }
    }
}

#[tokio::test]
async fn the_soonest_stand_first_exactly_among_a_hundred_who_fit() {
    let hospital = hospital(260).await;
    let mut tx = hospital.system().await;
    for when in [When::Any, When::Today, When::Tomorrow, When::Week] {
        let wanted = Criteria { when, language: Some("bn".to_owned()), sort: Sort::Soonest, ..tomorrow() };
        let mut expected = plainly(&mut tx, &wanted).await;
        expected.sort_by_key(|((_, id), _, first)| (first.map_or(i64::MAX, Timestamp::micros), *id));
        let expected: Vec<_> = expected.into_iter().map(|((_, id), _, first)| (id, first)).collect();
        let (shown, total) = pages(&mut tx, &wanted, 9).await;
        assert_eq!(shown, expected, "{when:?}");
        assert_eq!(total, Total::Exactly(expected.len()));
    }
}

#[tokio::test]
async fn of_many_the_soonest_stand_first_within_each_hundred_of_the_best_rated() {
    let hospital = hospital(260).await;
    let mut tx = hospital.system().await;
    // Everybody fits, so that the hundreds are known: 260 doctors, the best rated first.
    let everyone = plainly(&mut tx, &Criteria { when: When::Any, ..tomorrow() }).await;
    let wanted = tomorrow();
    let free: HashMap<PractitionerId, Timestamp> =
        plainly(&mut tx, &wanted).await.into_iter().filter_map(|((_, id), _, first)| Some((id, first?))).collect();
    let mut expected = Vec::new();
    for hundred in everyone.chunks(100) {
        let mut times: Vec<_> = hundred.iter().filter_map(|((_, id), _, _)| Some((*free.get(id)?, *id))).collect();
        times.sort_unstable();
        expected.extend(times.into_iter().map(|(first, id)| (id, Some(first))));
    }
    let (shown, total) = pages(&mut tx, &wanted, 11).await;
    assert_eq!(shown, expected);
    assert_eq!(total, Total::BeforeTimes(260));
    assert_eq!(shown.iter().map(|(id, _)| *id).collect::<HashSet<_>>().len(), free.len(), "nobody twice");
}

#[tokio::test]
async fn a_page_that_finds_nobody_among_six_hundred_says_where_to_go_on() {
    let hospital = hospital(720).await;
    // Only the one who is rated least of all has hours.
    hospital.force("delete from schedule_windows where practitioner_id <> (select id from practitioners where slug = 'doctor-719');
        insert into practitioner_ratings (practitioner_id, reviews, score, rated_at)
        select id, 9, case slug when 'doctor-719' then 1.5 else 4.5 end, now() from practitioners
        on conflict (practitioner_id) do update set reviews = excluded.reviews, score = excluded.score").await;
    let mut tx = hospital.system().await;
    for sort in [Sort::Best, Sort::Rating] {
        let wanted = Criteria { when: When::Week, sort, ..tomorrow() };
        let first = search(&mut tx, &wanted, 10, None).await;
        assert!(first.page.items.is_empty() && first.page.next_cursor.is_some(), "{sort:?}");
        let (shown, _) = pages(&mut tx, &wanted, 10).await;
        assert_eq!(shown.len(), 1);
    }
}

/// Names as a search of this transaction shows them.
async fn names(tx: &mut Tx) -> Vec<String> {
    let found = search(tx, &Criteria::default(), 100, None).await;
    let mut names: Vec<String> = found.page.items.into_iter().map(|found| found.doctor.name).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn what_is_saved_is_found_by_the_next_search() {
    let hospital = hospital(3).await;
    let mut tx = hospital.system().await;
    assert_eq!(names(&mut tx).await, ["Dr Name 0", "Dr Name 1", "Dr Name 2"]);
    hospital.force("update practitioners set full_name = 'Dr Other' where slug = 'doctor-1'").await;
    assert_eq!(names(&mut tx).await, ["Dr Name 0", "Dr Name 2", "Dr Other"], "also by a transaction that began before");
    hospital
        .force("update practitioners set status = 'suspended', suspended_why = 'papers' where slug = 'doctor-0'")
        .await;
    assert_eq!(names(&mut tx).await, ["Dr Name 2", "Dr Other"]);
    hospital.force("update practitioners set status = 'published', suspended_why = null where slug = 'doctor-0';
        update services set active = false where practitioner_id = (select id from practitioners where slug = 'doctor-2')").await;
    assert_eq!(names(&mut tx).await, ["Dr Name 0", "Dr Other"], "who offers nothing is not found");
}

#[tokio::test]
async fn what_a_transaction_writes_is_found_by_itself_and_by_others_once_it_is_committed() {
    let hospital = hospital(2).await;
    let (mut writer, mut reader) = (hospital.system().await, hospital.system().await);
    names(&mut reader).await;
    sqlx::raw_sql("set local role postgres; update practitioners set full_name = 'Dr New' where slug = 'doctor-0'; set local role bedside_app")
        .execute(writer.conn())
        .await
        .unwrap();
    assert_eq!(names(&mut writer).await, ["Dr Name 1", "Dr New"]);
    assert_eq!(names(&mut reader).await, ["Dr Name 0", "Dr Name 1"]);
    writer.rollback().await.unwrap();
    assert_eq!(names(&mut reader).await, ["Dr Name 0", "Dr Name 1"]);
}

#[tokio::test]
async fn a_change_that_is_committed_after_a_later_one_is_not_missed() {
    let hospital = hospital(2).await;
    let (mut slow, mut reader) = (hospital.system().await, hospital.system().await);
    names(&mut reader).await;
    sqlx::raw_sql("set local role postgres; update practitioners set full_name = 'Dr Slow' where slug = 'doctor-0'; set local role bedside_app")
        .execute(slow.conn())
        .await
        .unwrap();
    hospital.force("update practitioners set full_name = 'Dr Quick' where slug = 'doctor-1'").await;
    assert_eq!(names(&mut reader).await, ["Dr Name 0", "Dr Quick"]);
    assert_eq!(names(&mut reader).await, ["Dr Name 0", "Dr Quick"]);
    slow.commit().await.unwrap();
    assert_eq!(names(&mut reader).await, ["Dr Quick", "Dr Slow"]);
}

#[tokio::test]
async fn numbers_that_another_server_gave_do_not_hide_what_is_written_here() {
    let hospital = hospital(2).await;
    hospital.force("update offer_versions set changed_in = 4000000000000").await;
    let mut tx = hospital.system().await;
    assert_eq!(names(&mut tx).await, ["Dr Name 0", "Dr Name 1"]);
    hospital.force("update practitioners set full_name = 'Dr Other' where slug = 'doctor-1'").await;
    assert_eq!(names(&mut tx).await, ["Dr Name 0", "Dr Other"]);
}

#[tokio::test]
async fn a_price_that_turns_is_searched_from_that_moment_on() {
    let hospital = hospital(1).await;
    hospital
        .force(
            "insert into price_list (id, service_id, practitioner_id, amount, currency, valid_from)
        select gen_random_uuid(), id, practitioner_id, 9900, 'USD', now() + interval '1 hour' from services",
        )
        .await;
    let cheap = Criteria { max_fee: Some(9_000), ..Criteria::default() };
    let total = async || search(&mut hospital.system().await, &cheap, 5, None).await.total;
    assert_eq!(total().await, Total::Exactly(1));
    hospital.pass_minutes(61);
    assert_eq!(total().await, Total::Exactly(0));
    hospital.pass_minutes(-61);
    assert_eq!(total().await, Total::Exactly(1));
}

#[tokio::test]
async fn many_searches_at_once_after_many_changes_all_find_the_present() {
    let hospital = hospital(40).await;
    for round in 0..5 {
        hospital.force(&format!("update practitioners set full_name = 'Dr Round {round}'")).await;
        let searches = (0..12).map(|_| async { names(&mut hospital.system().await).await });
        for names in futures::future::join_all(searches).await {
            assert_eq!(names, vec![format!("Dr Round {round}"); 40]);
        }
    }
}
