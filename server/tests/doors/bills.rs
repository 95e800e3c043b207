//! One bill of a visit with charges of several suppliers, as people meet it.

use access::{Actor, Role};
use billing::{
    charges::{self, NewCharge, Subject},
    suppliers::{self, NewPlace},
};
use kernel::{
    Currency, Money,
    ids::{AppointmentId, FacilityId, PractitionerId},
};
use uuid::Uuid;

use crate::support::{Hospital, Person, Words};

/// A laboratory that sells in its own name.
async fn laboratory(hospital: &Hospital) -> PractitionerId {
    let grace = hospital.member(Role::Administrator).await;
    let mut tx = hospital.test.system().await;
    let actor = Actor { account: grace.id.into(), roles: vec![Role::Administrator], ..Actor::nobody() };
    let new = NewPlace {
        facility: FacilityId::from_uuid(tx.id::<FacilityId>().uuid()),
        name: "City Laboratory".into(),
        registration_no: "LAB-7".into(),
        registration_body: "Ministry of Health".into(),
        email: "money@laboratory.test".into(),
        country: "KE".into(),
    };
    let place = suppliers::register(&mut tx, &actor, &new).await.unwrap();
    tx.commit().await.unwrap();
    place
}

/// The laboratory charges this much in a visit.
async fn orders(hospital: &Hospital, (patient, supplier): (Person, PractitionerId), visit: &str, amount: i64) {
    let visit: AppointmentId = visit.parse().unwrap();
    let mut tx = hospital.test.system().await;
    let new = NewCharge {
        patient: patient.id.into(),
        practitioner: supplier,
        subject: Subject::Order { id: tx.id::<AppointmentId>().uuid(), visit },
        service: None,
        price: Money::new(amount, Currency::USD),
        payable_until: tx.now().plus_minutes(24 * 60),
    };
    charges::raise(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_pays_what_a_laboratory_charges_and_only_that_is_given_back() {
    let hospital = Hospital::open().await;
    let (patient, _, visit, _) = hospital.confirmed("10:00", &Words::default()).await;
    let place = laboratory(&hospital).await;
    orders(&hospital, (patient, place), &visit, 701).await;
    orders(&hospital, (patient, place), &visit, 300).await;
    let mine = hospital.browser(patient).await;
    let bill = format!("/bills/{visit}");

    assert!(mine.get("/bills").await.is(200).text().contains(&bill));
    let shown = mine.get(&bill).await.is(200).text();
    assert!(shown.contains("City Laboratory") && shown.contains("Pay $10.01") && shown.contains("$34.01"), "{shown}");
    let stranger = hospital.browser(hospital.patient().await).await;
    stranger.get(&bill).await.is(404);
    stranger.post_form(&format!("{bill}/payment"), &[]).await.is(404);

    let page = mine.post_form(&format!("{bill}/payment"), &[]).await.is(303).location().to_owned();
    let paying = crate::support::Paying { checkout: page.rsplit('/').next().unwrap().to_owned() };
    hospital.press(&paying, "approve").await;
    hospital.report(&paying).await;
    hospital.doors.work().await;
    let shown = mine.get(&bill).await.is(200).text();
    assert!(!shown.contains("/payment\""), "nothing is owed: {shown}");
    assert_eq!(mine.post_form(&format!("{bill}/payment"), &[]).await.is(303).location(), bill);
    let invoices = hospital
        .test
        .texts("select id::text from invoices where practitioner_id <> (select practitioner_id from appointments)")
        .await;
    assert_eq!(invoices.len(), 2);
    for invoice in &invoices {
        mine.get(&format!("/invoices/{invoice}.pdf")).await.is(200);
        stranger.get(&format!("/invoices/{invoice}.pdf")).await.is(404);
    }

    let grace = hospital.browser(hospital.member(Role::Administrator).await).await;
    let of_laboratory = format!("select p.id::text from payments p where p.practitioner_id = '{place}'");
    let payment = hospital.test.texts(&of_laboratory).await.remove(0);
    let ask = format!("/admin/payments/{payment}/refunds");
    let form = grace.get(&format!("{ask}/new")).await.is(200).text();
    assert!(form.contains("name=\"charge\"") && form.contains("City Laboratory · $3.00"), "{form}");
    let second = hospital.test.texts("select charge_id::text from payment_parts").await.remove(0);
    let too_much = [("charge", second.as_str()), ("amount", "3.01"), ("note", "Wrong tube")];
    grace.post_form(&ask, &too_much).await.is(422);
    let all = [("charge", second.as_str()), ("amount", "3.00"), ("note", "Wrong tube")];
    grace.post_form(&ask, &all).await.is(303);
    hospital.doors.work().await;
    assert!(mine.get(&bill).await.is(200).text().contains("$3.00 was refunded."));
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_paid_through_an_account_that_administrators_open() {
    let hospital = Hospital::open().await;
    let (patient, doctor, visit, _) = hospital.confirmed("10:00", &Words::default()).await;
    let place = laboratory(&hospital).await;
    orders(&hospital, (patient, place), &visit, 1000).await;
    let mine = hospital.browser(patient).await;
    mine.get(&format!("/bills/{visit}")).await.is(200);
    let page = mine.post_form(&format!("/bills/{visit}/payment"), &[]).await.is(303).location().to_owned();
    let paying = crate::support::Paying { checkout: page.rsplit('/').next().unwrap().to_owned() };
    hospital.press(&paying, "approve").await;
    hospital.report(&paying).await;
    let mut tx = hospital.test.system().await;
    let charge: Uuid =
        hospital.test.texts("select charge_id::text from payments order by id desc").await[0].parse().unwrap();
    let now = tx.now();
    billing::shares::complete(&mut tx, charge.into(), now).await.unwrap();
    tx.commit().await.unwrap();
    hospital.test.pass_minutes(49 * 60);

    let grace = hospital.browser(hospital.member(Role::Administrator).await).await;
    let account = format!("/admin/suppliers/{place}/account");
    let ready = grace.get("/admin/payouts").await.is(200).text();
    assert!(ready.contains("City Laboratory") && ready.contains("$8.50") && ready.contains(&account), "{ready}");
    grace.post_form(&format!("/admin/suppliers/{}/account", doctor.id), &[]).await.is(404);
    assert!(grace.post_form(&account, &[]).await.is(303).location().contains("/sandbox/"));
    assert_eq!(grace.get(&account).await.is(303).location(), "/admin/payouts");
}
