//! What a visit earns, to the doctor's bank; and a card holder who objects.

use access::Role;
use kernel::ids::EventId;

use crate::support::{Hospital, Story, Words, offer};

/// A visit that is over, and whose dispute window is over too.
async fn earned(hospital: &Hospital) -> Story {
    let story = hospital.told(&Words::default()).await;
    hospital.test.pass_minutes(49 * 60);
    story
}

/// The month of the one payment, "2026-11".
async fn paid_in(hospital: &Hospital) -> String {
    let sql = "select to_char(captured_at at time zone 'UTC', 'YYYY-MM') from payments";
    hospital.test.texts(sql).await.remove(0)
}

/// The path of an address of ours.
fn path(location: &str) -> String {
    let rest = location.split("://").nth(1).unwrap_or(location);
    format!("/{}", rest.split_once('/').map_or(rest, |(_, path)| path).trim_start_matches('/'))
}

/// Everything that the gateway has to say of accounts, payouts and disputes.
async fn report(hospital: &Hospital) {
    for event in hospital.test.texts("select id::text from sandbox_events where about is not null order by id").await {
        let event: EventId = event.parse().unwrap();
        let mut tx = hospital.test.system().await;
        let delivery = hospital.sandbox.delivery(&mut tx, event).await.unwrap().unwrap();
        drop(tx);
        hospital.deliver(&delivery.signature, &delivery.body).await.is(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doctor_earns_proves_who_they_are_and_is_paid() {
    let hospital = Hospital::open().await;
    let story = earned(&hospital).await;
    let theirs = hospital.browser(story.doctor).await;
    let admin = hospital.browser(hospital.member(Role::Administrator).await).await;
    let visit = format!("/appointments/{}", story.appointment);
    let month = paid_in(&hospital).await;
    assert!(theirs.get(&format!("/earnings?month={month}")).await.is(200).text().contains(&visit));
    admin.get("/admin/payouts").await.is(200);
    admin.post_form("/admin/payouts", &[]).await.is(303);
    assert_eq!(hospital.test.count("select count(*) from payouts").await, 0, "nobody is verified");

    let page = path(theirs.post_form("/earnings/account", &[]).await.is(303).location());
    let payee = hospital.doors.visitor();
    payee.get(&page).await.is(200);
    payee.post_form(&page, &[("answer", "pays")]).await.is(303);
    report(&hospital).await;
    admin.post_form("/admin/payouts", &[]).await.is(303);
    admin.post_form("/admin/payouts", &[]).await.is(303);
    hospital.doors.work().await;

    assert_eq!(hospital.test.texts("select status from payouts").await, ["paid"]);
    assert_eq!(hospital.test.count("select count(*) from sandbox_payouts").await, 1);
    let file = admin.get("/admin/payouts/export?show=paid").await.is(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    assert_eq!(file.text().lines().count(), 2);
    let balances = hospital.program(story.doctor).await.get("/api/v1/earnings").await.is(200).json();
    assert_eq!(balances["balances"][0]["available"]["amount"], 0, "{balances}");
    assert!(balances["balances"][0]["paid"]["amount"].as_i64().unwrap() > 0, "{balances}");

    let payout = hospital.test.texts("select id::text from payouts").await.remove(0);
    admin.post_form(&format!("/admin/payouts/{payout}/reversal"), &[]).await.is(303);
    assert_eq!(hospital.test.texts("select status from payouts").await, ["returned"]);
    admin.post_form(&format!("/admin/payouts/{payout}/reversal"), &[]).await.is(404);
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_the_doctors_own() {
    let hospital = Hospital::open().await;
    let story = earned(&hospital).await;
    let other = hospital.browser(hospital.doctor(&offer()).await).await;
    let theirs = hospital.browser(story.doctor).await;
    let month = paid_in(&hospital).await;
    let (csv, pdf) =
        (format!("/earnings/statement.csv?month={month}"), format!("/earnings/statement.pdf?month={month}"));

    assert_eq!(theirs.get(&csv).await.is(200).text().lines().count(), 2);
    assert_eq!(other.get(&csv).await.is(200).text().lines().count(), 1, "a header and nothing under it");
    assert_eq!(theirs.get(&pdf).await.is(200).header("content-type"), "application/pdf");
    let lines = hospital.program(story.doctor).await.get(&format!("/api/v1/earnings/lines?month={month}")).await;
    assert_eq!(lines.is(200).json()["items"][0]["appointment_id"], story.appointment.as_str());
    hospital.browser(story.patient).await.get("/earnings").await.is(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_holder_objects_and_the_bank_decides() {
    let hospital = Hospital::open().await;
    let story = earned(&hospital).await;
    let admin = hospital.browser(hospital.member(Role::Administrator).await).await;
    let checkout = hospital.test.texts("select gateway_ref from payments").await.remove(0);
    let payer = hospital.doors.visitor();
    payer.get(&format!("/sandbox/pay/{checkout}")).await.is(200);
    let page = path(payer.post_form(&format!("/sandbox/pay/{checkout}/objection"), &[]).await.is(303).location());
    report(&hospital).await;

    let seen = admin.get("/admin/disputes").await.is(200).text();
    assert!(seen.contains(&format!("/appointments/{}", story.appointment)), "the evidence leads to the visit");
    let balances = hospital.program(story.doctor).await.get("/api/v1/earnings").await.is(200).json();
    assert_eq!(balances["balances"][0]["available"]["amount"], 0, "frozen: {balances}");

    payer.get(&page).await.is(200);
    payer.post_form(&page, &[("answer", "lost")]).await.is(303);
    payer.post_form(&page, &[("answer", "won")]).await.is(303);
    report(&hospital).await;
    assert_eq!(hospital.test.texts("select status from disputes").await, ["lost"]);
    assert_eq!(billing::ledger::verify(hospital.test.db()).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_tries_a_rule_and_keeps_it() {
    let hospital = Hospital::open().await;
    let story = hospital.told(&Words::default()).await;
    let admin = hospital.browser(hospital.member(Role::Administrator).await).await;
    let rule = |step: &'static str| {
        [("percent", "20"), ("currency", "USD"), ("fixed", "0.50"), ("tax", "0"), ("hours", "24"), ("step", step)]
    };

    admin.get("/admin/commission").await.is(200);
    let tried = admin.post_form("/admin/commission", &rule("preview")).await.is(200).text();
    assert!(tried.contains("$10.50"), "a fifth of fifty dollars, and fifty cents");
    assert_eq!(hospital.test.count("select count(*) from split_rules").await, 1);
    admin.post_form("/admin/commission", &rule("")).await.is(303);
    admin.post_form("/admin/commission", &[("percent", "120"), ("hours", "24"), ("tax", "0")]).await.is(422);
    let service = hospital
        .test
        .texts(&format!("select id::text from services where practitioner_id = '{}'", story.doctor.id))
        .await
        .remove(0);
    let of_service = [("service", service.as_str()), ("percent", "5"), ("tax", "0"), ("hours", "48")];
    admin.post_form("/admin/service-commission", &of_service).await.is(303);
    admin.get("/admin/service-commission").await.is(200);
    admin.post_form("/admin/service-commission/withdrawal", &[("service", &service), ("currency", "")]).await.is(303);
    admin.post_form("/admin/service-commission/withdrawal", &[("service", &service), ("currency", "")]).await.is(404);
    admin.post_form("/admin/commission/withdrawal", &[("currency", "USD")]).await.is(303);

    assert_eq!(hospital.test.count("select count(*) from split_rules").await, 5);
    hospital.browser(story.doctor).await.get("/admin/commission").await.is(403);
}
