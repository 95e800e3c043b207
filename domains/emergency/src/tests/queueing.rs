use super::{House, practice};
use crate::{
    pool::{Ready, be_ready, decline},
    queue::{Standing, Wake, store::find_standing, wake},
    requests::{Rung, Status, Who},
};

/// Two of the urgent queue wait, and nobody is ready; the second becomes the more urgent one.
async fn two_wait(house: &House) -> (kernel::ids::UrgentRequestId, kernel::ids::UrgentRequestId) {
    let first = house.asks(&house.patient().await, &[]).await;
    let second = house.asks(&house.patient().await, &[]).await;
    for request in [first, second] {
        house.climb(request).await;
        assert_eq!(house.steps(request).await, ["reserved nothing", "pool nothing"]);
    }
    house.test.force(&format!("update urgent_requests set acuity = 2 where id = '{second}'")).await;
    (first, second)
}

async fn wakes(house: &House, due: Wake) {
    let mut tx = house.system().await;
    wake(&mut tx, due).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_doctor_who_gets_ready_is_for_the_most_urgent_whoever_looks_first() {
    let house = House::new().await;
    let (first, second) = two_wait(&house).await;
    let doctor = house.doctor_ready().await;
    let woken = "select count(*) from jobs where name = 'emergency.wake'";
    assert_eq!(house.count(woken).await, 1, "getting ready wakes those who wait");
    wakes(&house, Wake { before: None }).await;

    let waits = house.climb(first).await;
    assert_eq!(house.offers(first).await, [], "the doctor is kept for who is before");
    assert!(waits.next_at > house.now().await);
    assert_eq!(house.count(woken).await, 2, "who is told to look");
    wakes(&house, Wake { before: Some(first) }).await;
    assert!(house.read(first).await.next_at > house.now().await, "nobody wakes themselves: no circle");

    house.climb(second).await;
    let asked = house.offers(second).await;
    assert_eq!(asked.iter().map(|(_, whose, _)| *whose).collect::<Vec<_>>(), [practice(&doctor)]);

    // What the first in the queue does not get is for the next.
    let mut tx = house.system().await;
    decline(&mut tx, &doctor, asked[0].0).await.unwrap();
    tx.commit().await.unwrap();
    house.pass_seconds(61);
    house.climb(first).await;
    assert_eq!(house.offers(first).await.len(), 1);
}

#[tokio::test]
async fn in_an_emergency_whoever_leaves_a_doctor_to_those_before_stays_in_the_pool() {
    let house = House::new().await;
    house.doctor_ready().await;
    let first = house.asks(&house.patient().await, &["breathing"]).await;
    house.step(first, 0).await;
    let second = house.asks(&house.patient().await, &["breathing"]).await;
    let (guest, _) = house.guest_asks(&["breathing"]).await;
    for request in [second, guest] {
        house.step(request, 0).await;
        house.step(request, 1).await;
        let waits = house.read(request).await;
        assert_eq!((waits.status, waits.rung), (Status::Seeking, Rung::Pool), "nobody is sent away meanwhile");
        assert!(waits.next_at > house.now().await && house.offers(request).await.is_empty());
    }
    // Whoever is before has not looked for half a minute: their job is lost, and keeps nobody.
    house.pass_seconds(31);
    house.step(second, 2).await;
    assert_eq!(house.offers(second).await.len(), 1);
    assert_eq!(house.offers(first).await.len(), 0);
}

#[tokio::test]
async fn a_doctor_is_not_asked_about_whom_they_act_for_and_whoever_asked_is_told() {
    let house = House::new().await;
    let (doctor, father) = (house.doctor_ready().await, house.patient().await);
    let child = house.patient().await.patients[0];
    let acts = |account: kernel::ids::AccountId| {
        format!(
            "update patients set account_id = null where id = '{child}';
             insert into proxies (id, patient_id, account_id, relation, ends_on) values (gen_random_uuid(), '{child}', '{account}', 'parent',
                 '2099-01-01')"
        )
    };
    house.test.force(&acts(father.account)).await;
    house.test.force(&acts(doctor.account)).await;
    let asker = access::Actor { patients: vec![child], ..doctor.clone() };
    let request = house.ask(&asker, Who::Patient(child), &["breathing"]).await.unwrap().id();
    house.climb(request).await;
    assert_eq!(house.offers(request).await, [], "their own child's request is not theirs to take");
    let told = crate::requests::store::find_account(&mut house.system().await, request).await.unwrap();
    assert_eq!(told, Some(doctor.account), "not the one who was added first");
}

#[tokio::test]
async fn who_is_behind_asks_whom_nobody_before_needs() {
    let house = House::new().await;
    let (first, second) = two_wait(&house).await;
    for _ in 0..7 {
        house.doctor_ready().await;
    }
    wakes(&house, Wake { before: None }).await;
    house.climb(first).await;
    assert_eq!(house.offers(first).await.len(), 2, "five of seven are kept");
    house.climb(second).await;
    assert_eq!(house.offers(second).await.len(), 5);
}

#[tokio::test]
async fn the_place_the_doctors_and_the_usual_wait_are_counted() {
    let house = House::new().await;
    let (first, second) = two_wait(&house).await;
    let standing = async |id| find_standing(&mut house.system().await, id).await.unwrap();
    let alone = Standing { ahead: 0, doctors_ready: 0, wait_min: None, wait_max: None };
    assert_eq!(standing(second).await, Some(alone));
    assert_eq!(standing(first).await, Some(Standing { ahead: 1, ..alone }));

    let (doctor, gone) = (house.doctor_ready().await, house.doctor_ready().await);
    let mut tx = house.begin(&gone).await;
    be_ready(&mut tx, &gone, Ready::NotAnyMore).await.unwrap();
    tx.commit().await.unwrap();
    // Five of the same urgency waited 2, 4, 6, 8 and 10 minutes; one of another an hour.
    let answered = |minutes: i64, acuity: i64| {
        let (patient, doctor) = (house.patient(), practice(&doctor));
        async move {
            let patient = patient.await.patients[0];
            format!(
                "with asked as (
                     insert into urgent_requests (id, patient_id, locale, time_zone, acuity, status, next_at, promised_by, practitioner_id,
                         answered_at, closed_at, created_at)
                     select gen_random_uuid(), '{patient}', 'en', 'UTC', {acuity}, 'cancelled', at, at, '{doctor}',
                         at + interval '{minutes} minutes', at + interval '1 day', at from (select now() - interval '3 days' as at) t
                     returning id, answered_at
                 )
                 insert into urgent_offers (id, request_id, practitioner_id, step, status, expires_at, answered_at)
                 select gen_random_uuid(), id, '{doctor}', 1, 'accepted', answered_at, answered_at from asked"
            )
        }
    };
    for (minutes, acuity) in [(2, 3), (4, 3), (6, 3), (8, 3), (60, 2)] {
        house.test.force(&answered(minutes, acuity).await).await;
    }
    assert_eq!(standing(first).await.unwrap().wait_max, None, "four are too few to say");
    house.test.force(&answered(10, 3).await).await;
    let usual = Standing { ahead: 1, doctors_ready: 1, wait_min: Some(4), wait_max: Some(8) };
    assert_eq!(standing(first).await, Some(usual));

    house
        .test
        .force(&format!("update urgent_requests set status = 'cancelled', closed_at = now() where id = '{first}'"))
        .await;
    assert_eq!(standing(first).await, None, "who waits no more has no place");
    assert_eq!(house.read(first).await.status, Status::Cancelled);
}
