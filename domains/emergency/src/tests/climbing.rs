use scheduling::{
    appointments::{self, Status as Booking},
    slots::{Notice, next_free_on},
};

use super::{House, practice};
use crate::{
    Acuity,
    ladder::{Climb, climb},
    pool::set_extra,
    requests::{Rung, Status},
};

#[tokio::test]
async fn a_red_flag_gets_the_next_free_time_and_is_paid_after_the_visit() {
    let house = House::new().await;
    let doctor = house.doctor_at_work().await;
    let patient = house.patient().await;
    let request = house.asks(&patient, &["chest-pain"]).await;
    let after = house.climb(request).await;
    assert_eq!((after.status, after.acuity, after.is_override), (Status::Booked, Acuity::AT_ONCE, true));
    assert_eq!(after.practitioner, doctor.practitioner);
    assert_eq!(house.steps(request).await, ["reserved taken"]);

    let mut tx = house.begin(&patient).await;
    let visit = appointments::find_for(&mut tx, &patient, after.appointment.unwrap()).await.unwrap().unwrap();
    assert_eq!(visit.state.booking, Booking::Confirmed);
    assert!(visit.starts_at <= house.now().await.plus_minutes(15), "soon");
    assert_eq!((visit.charge, visit.price.amount), (None, 2400), "nothing is asked for before");

    let id = visit.id;
    let owed = async || {
        let mut tx = house.system().await;
        let owed = appointments::charge_after_visit(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        owed
    };
    assert_eq!(owed().await, None, "nor before the visit has taken place");
    house.pass_seconds(900);
    for verb in ["arrive", "admit", "end"] {
        let who = if verb == "arrive" { &patient } else { &doctor };
        let mut tx = house.begin(who).await;
        match verb {
            "arrive" => drop(appointments::arrive(&mut tx, who, id).await.unwrap()),
            "admit" => drop(appointments::admit(&mut tx, who, id).await.unwrap()),
            _ => drop(appointments::end(&mut tx, who, id).await.unwrap()),
        }
        tx.commit().await.unwrap();
    }
    assert!(owed().await.is_some());
    assert_eq!(owed().await, None, "once");
    let open = "select count(*) from charges where status = 'open' and payable_until > now() + interval '13 days'";
    assert_eq!(house.count(open).await, 1);
}

#[tokio::test]
async fn minutes_kept_back_are_for_what_is_urgent_until_an_hour_before() {
    let house = House::new().await;
    let doctor = practice(&house.doctor_at_work().await);
    house.test.force("update services set reserve_min = 480").await;
    let now = house.now().await;
    let four = now.date_in(&kernel::Zone::utc()).plus_days(1).starts_in(&kernel::Zone::utc()).plus_minutes(16 * 60);
    let open = async |notice| {
        let mut tx = house.system().await;
        let range = (four.plus_minutes(30), four.plus_minutes(60));
        next_free_on(&mut tx, &[doctor], range, None, notice, 9).await.unwrap().len()
    };
    house.pass_seconds(four.plus_minutes(-120).seconds_since(now));
    assert_eq!((open(Notice::AsOffered).await, open(Notice::Urgent).await), (0, 1));
    house.pass_seconds(100 * 60);
    assert_eq!((open(Notice::AsOffered).await, open(Notice::Urgent).await), (1, 1), "released");
}

#[tokio::test]
async fn a_step_is_taken_once_whatever_becomes_of_its_worker() {
    let house = House::new().await;
    house.doctor_at_work().await;
    let patient = house.patient().await;
    let request = house.asks(&patient, &["stroke"]).await;
    let mut dies = house.system().await;
    climb(&mut dies, Climb { request, step: 0 }).await.unwrap();
    drop(dies);
    assert_eq!(house.read(request).await.status, Status::Seeking, "a worker that died has done nothing");
    assert_eq!(house.count("select count(*) from appointments").await, 0);
    house.step(request, 0).await;
    house.step(request, 0).await;
    house.step(request, 7).await;
    assert_eq!(house.steps(request).await, ["reserved taken"]);
    assert_eq!(house.count("select count(*) from appointments").await, 1);
}

#[tokio::test]
async fn two_workers_with_one_step_take_it_once() {
    let house = House::new().await;
    house.doctor_at_work().await;
    let patient = house.patient().await;
    let request = house.asks(&patient, &["stroke"]).await;
    tokio::join!(house.step(request, 0), house.step(request, 0));
    assert_eq!(house.steps(request).await, ["reserved taken"]);
}

#[tokio::test]
async fn a_place_beside_is_found_within_the_cap_and_no_further() {
    let house = House::new().await;
    let doctor = house.doctor_at_work().await;
    // Every minute of the next three hours is taken, by visits and their buffers.
    for n in 0..18 {
        house.visit(&doctor, &house.patient().await, n * 10).await;
    }
    house.test.force("update appointments set visit_status = 'waiting', arrived_at = now()").await;
    let mut tx = house.begin(&doctor).await;
    set_extra(&mut tx, &doctor, 1).await.unwrap();
    tx.commit().await.unwrap();

    let first = house.patient().await;
    let request = house.asks(&first, &["bleeding"]).await;
    let after = house.climb(request).await;
    assert_eq!(house.steps(request).await, ["reserved nothing", "pool nothing", "insert taken"]);
    assert_eq!(after.status, Status::Booked);
    let beside = "select count(*) from appointments where overbooked and ends_at - starts_at = interval '10 minutes'";
    assert_eq!(house.count(beside).await, 1);

    let second = house.patient().await;
    let request = house.asks(&second, &["bleeding"]).await;
    let after = house.climb(request).await;
    assert_eq!(after.status, Status::Escalated, "the doctor takes one more a day, and whoever has come is left alone");
    let steps = ["reserved nothing", "pool nothing", "insert nothing", "displace nothing", "escalate handed_over"];
    assert_eq!(house.steps(request).await, steps);
    assert_eq!(house.count(beside).await, 1);
}

#[tokio::test]
async fn the_least_urgent_visit_gives_way_and_its_patient_chooses() {
    let house = House::new().await;
    let doctor = house.doctor().await;
    let near = house.visit(&doctor, &house.patient().await, 20).await;
    let (arrived, yielding) = (house.patient().await, house.patient().await);
    let here = house.visit(&doctor, &arrived, 40).await;
    let other = house.visit(&doctor, &yielding, 60).await;
    let late = house.visit(&doctor, &house.patient().await, 300).await;
    house
        .test
        .force(&format!("update appointments set visit_status = 'waiting', arrived_at = now() where id = '{here}'"))
        .await;

    let patient = house.patient().await;
    let request = house.asks(&patient, &["bleeding"]).await;
    let after = house.climb(request).await;
    assert_eq!((after.status, after.rung), (Status::Booked, Rung::Displace));
    let booking = async |id| {
        let admin = house.administrator().await;
        let mut tx = house.begin(&admin).await;
        appointments::find_for(&mut tx, &admin, id).await.unwrap().unwrap()
    };
    assert_eq!(booking(other).await.state.booking, Booking::CancelledByPlatform);
    for (standing, why) in [(near, "starts too soon"), (here, "has come"), (late, "is too far away")] {
        assert_eq!(booking(standing).await.state.booking, Booking::Confirmed, "{why}");
    }
    assert_eq!(booking(after.appointment.unwrap()).await.starts_at, booking(other).await.starts_at);
    let choices = "select count(*) from appointment_choices where cause = 'displaced' and status = 'open'";
    assert_eq!(house.count(choices).await, 1);
}

#[tokio::test]
async fn nobody_gives_way_twice_nor_to_who_is_less_urgent() {
    let house = House::new().await;
    let doctor = house.doctor().await;
    let yielding = house.patient().await;
    house.visit(&doctor, &yielding, 60).await;
    let request = house.asks(&house.patient().await, &["infant-fever"]).await;
    assert_eq!(house.climb(request).await.status, Status::Booked);

    // The same person has another visit; what was just taken is as urgent as the next request.
    house.visit(&doctor, &yielding, 90).await;
    let request = house.asks(&house.patient().await, &["infant-fever"]).await;
    assert_eq!(house.climb(request).await.status, Status::Escalated);
    // Level 1 takes the time of level 2.
    let request = house.asks(&house.patient().await, &["stroke"]).await;
    assert_eq!(house.climb(request).await.status, Status::Booked);
    assert_eq!(house.count("select count(*) from urgent_steps where displaced_id is not null").await, 2);
}

#[tokio::test]
async fn the_urgent_queue_waits_for_its_promise_and_takes_nothing_from_others() {
    let house = House::new().await;
    let doctor = house.doctor().await;
    house.visit(&doctor, &house.patient().await, 60).await;
    let request = house.asks(&house.patient().await, &[]).await;
    let waits = house.climb(request).await;
    assert_eq!((waits.status, waits.acuity, waits.rung), (Status::Seeking, Acuity::URGENT, Rung::Pool));
    house.pass_seconds(59 * 60);
    assert_eq!(house.climb(request).await.status, Status::Seeking);
    house.pass_seconds(3 * 60);
    assert_eq!(house.climb(request).await.status, Status::Unmet);
    assert_eq!(house.count("select count(*) from urgent_steps where rung in ('insert', 'displace')").await, 0);
}
