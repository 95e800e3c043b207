//! What a process keeps of a doctor's rules is never old.

use billing::prices::{ListPrice, add_price};
use db::{Context, Tx};
use kernel::{Money, Timestamp, Zone};

use super::clinic::{Clinic, PRICE, usd};
use crate::{
    availability::{SetWeek, set_week},
    slots::{Slot, free_for_doctor},
};

async fn slots(clinic: &Clinic, tx: &mut Tx) -> Vec<Slot> {
    let from = clinic.at("00:00");
    free_for_doctor(tx, clinic.doctor, from, from.plus_days(1), None).await.unwrap()
}

async fn shown(clinic: &Clinic) -> Vec<Slot> {
    let mut tx = clinic.db().begin(&Context::anonymous()).await.unwrap();
    slots(clinic, &mut tx).await
}

fn price(slots: &[Slot]) -> Money {
    slots[0].price
}

#[tokio::test]
async fn what_another_process_changes_is_shown_with_the_next_question() {
    let clinic = Clinic::open().await;
    assert_eq!(shown(&clinic).await.len(), 48);
    let doctor = clinic.doctor;

    clinic
        .test
        .force(&format!("update services set duration_min = 60, grid_min = 60 where practitioner_id = '{doctor}'"))
        .await;
    assert_eq!(shown(&clinic).await.len(), 24);

    let monday_to_sunday = format!("delete from schedule_windows where practitioner_id = '{doctor}'");
    clinic.test.force(&monday_to_sunday).await;
    assert_eq!(shown(&clinic).await.len(), 0);
}

#[tokio::test]
async fn what_was_not_saved_is_not_kept() {
    let clinic = Clinic::open().await;
    let actor = clinic.doctor_actor(clinic.doctor);
    let mut tx = clinic.begin(&actor).await;
    set_week(&mut tx, clinic.doctor, &SetWeek::plain(Zone::utc(), Vec::new())).await.unwrap();
    assert_eq!(slots(&clinic, &mut tx).await.len(), 0, "one's own change is seen");
    assert_eq!(shown(&clinic).await.len(), 48, "others do not see it yet");
    tx.rollback().await.unwrap();
    assert_eq!(shown(&clinic).await.len(), 48);
}

#[tokio::test]
async fn a_price_that_begins_later_is_shown_from_its_moment_on() {
    let clinic = Clinic::open().await;
    let service = shown(&clinic).await[0].service;
    let at = |now: Timestamp, minutes| now.plus_minutes(minutes);
    let mut tx = clinic.system().await;
    let now = tx.now();
    let new = ListPrice {
        service,
        practitioner: clinic.doctor,
        price: usd(3000),
        valid_from: at(now, 10),
        valid_until: Some(at(now, 20)),
    };
    add_price(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(price(&shown(&clinic).await), usd(PRICE));
    clinic.pass_minutes(11);
    assert_eq!(price(&shown(&clinic).await), usd(3000));
    clinic.pass_minutes(10);
    assert_eq!(price(&shown(&clinic).await), usd(PRICE));
}
