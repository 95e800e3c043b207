//! Refunds by four eyes, the daily reconciliation and the overview, as people meet them.

use access::Role;
use kernel::{Currency, Money};
use scheduling::{Mode, availability::Offer};
use serde_json::json;
use testkit::Client;

use crate::support::{Hospital, Person, Words, book, offer};

/// A confirmed and paid visit; who paid, and the payment.
async fn paid(hospital: &Hospital, wall: &str) -> (Person, String) {
    let (patient, _, appointment, _) = hospital.confirmed(wall, &Words::default()).await;
    let payment = format!(
        "select p.id::text from payments p join appointments a on a.charge_id = p.charge_id where a.id = '{appointment}'"
    );
    (patient, hospital.test.texts(&payment).await.remove(0))
}

/// The same for $240.
async fn paid_dearly(hospital: &Hospital, wall: &str) -> (Person, String) {
    let dear = Offer::plain(Mode::Video, 30, Money::new(24_000, Currency::USD));
    let (patient, doctor) = (hospital.patient().await, hospital.doctor(&dear).await);
    let mine = hospital.program(patient).await;
    let visit = book(&mine, doctor, hospital.at(wall)).await.is(201).field("id");
    hospital.pay(&mine, &visit).await;
    (patient, hospital.test.texts("select id::text from payments").await.remove(0))
}

async fn administrator(hospital: &Hospital) -> Client {
    let client = hospital.browser(hospital.member(Role::Administrator).await).await;
    client.get("/admin/refunds").await.is(200);
    client
}

#[tokio::test]
async fn a_refund_above_the_bound_goes_through_the_hands_of_two() {
    let hospital = Hospital::open().await;
    let (patient, payment) = paid_dearly(&hospital, "10:00").await;
    let (grace, otieno) = (administrator(&hospital).await, administrator(&hospital).await);
    let mine = hospital.browser(patient).await;

    let form = grace.get(&format!("/admin/payments/{payment}/refunds/new")).await.is(200).text();
    assert!(form.contains("$240.00"), "what is left: {form}");
    let ask = format!("/admin/payments/{payment}/refunds");
    let refused = grace.post_form(&ask, &[("amount", "1000"), ("note", "Too much")]).await.is(422).text();
    assert!(refused.contains("at most what is left"), "{refused}");
    let asked = grace.post_form(&ask, &[("amount", "60.00"), ("note", "=cmd|' /C calc'!A0")]).await.is(303);
    let refund = asked.location().to_owned();
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from sandbox_refunds").await, 0);
    assert!(mine.get("/bills").await.is(200).text().contains("A refund of $60.00 is being checked."));

    let own = grace.get(&refund).await.is(200).text();
    assert!(own.contains("another administrator decides") && !own.contains("name=\"decision\""), "{own}");
    let approve = [("decision", "approve"), ("note", "")];
    grace.post_form(&format!("{refund}/decision"), &approve).await.is(403);
    assert!(otieno.get("/admin/refunds?state=requested").await.is(200).text().contains("$60.00"));
    otieno.get(&refund).await.is(200);
    otieno.post_form(&format!("{refund}/decision"), &[("decision", "decline"), ("note", " ")]).await.is(422);
    otieno.post_form(&format!("{refund}/decision"), &approve).await.is(303);
    otieno.post_form(&format!("{refund}/decision"), &approve).await.is(409);
    assert!(mine.get("/bills").await.is(200).text().contains("$60.00 is on its way back to you. Expect it by"));
    hospital.doors.work().await;

    assert_eq!(hospital.test.count("select sum(amount)::bigint from sandbox_refunds").await, 6000);
    assert!(mine.get("/bills?show=refunded").await.is(200).text().contains("$60.00 was refunded."));
    let none = grace.get("/admin/refunds?state=failed").await.is(200).text();
    assert!(none.contains("No refund fits these filters") && none.contains("href=\"/admin/refunds\""), "{none}");
}

#[tokio::test]
async fn a_filter_that_finds_no_bill_says_so_and_offers_all() {
    let hospital = Hospital::open().await;
    let patient = hospital.patient().await;
    let mine = hospital.browser(patient).await;

    let nothing = mine.get("/bills").await.is(200).text();
    let filtered = mine.get("/bills?show=refunded").await.is(200).text();

    assert!(nothing.contains("No bills yet") && !nothing.contains("No bill fits this filter"));
    assert!(filtered.contains("No bill fits this filter") && !filtered.contains("No bills yet"), "{filtered}");
    assert!(filtered.contains("href=\"/bills\""), "{filtered}");
}

#[tokio::test]
async fn the_day_is_compared_by_itself_and_again_when_somebody_asks() {
    let hospital = Hospital::open().await;
    let (patient, _) = paid(&hospital, "10:00").await;
    paid(&hospital, "11:00").await;
    let otieno = administrator(&hospital).await;
    assert!(otieno.get("/admin/reconciliation").await.is(200).text().contains("No day has been compared yet"));
    hospital.test.pass_minutes(27 * 60);
    hospital.doors.work().await;

    let otieno_again = administrator(&hospital).await;
    let days = otieno_again.get("/admin/reconciliation").await.is(200).text();
    assert!(days.contains("No difference") && days.contains("$48.00") && days.contains("$0.00"), "{days}");
    let run = hospital.test.texts("select id::text from reconciliations where lines > 0").await.remove(0);
    let page = otieno_again.get(&format!("/admin/reconciliation/{run}")).await.is(200).text();
    assert!(page.contains("Matched") && page.contains("Our number"), "{page}");
    let csv = otieno_again.get(&format!("/admin/reconciliation/{run}/lines.csv")).await.is(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text().lines().count(), 3, "{}", csv.text());
    assert!(csv.text().contains(",matched,our_id,") && csv.text().contains(",24.00,24.00,24.00"), "{}", csv.text());

    // The gateway's books change; the next comparison says so by name.
    hospital.test.force("delete from sandbox_events; delete from sandbox_checkouts where merchant_ref in (select p.id::text from payments p limit 1)").await;
    otieno_again.post_form(&format!("/admin/reconciliation/{run}/run"), &[]).await.is(303);
    hospital.doors.work().await;
    let days = otieno_again.get("/admin/reconciliation?show=differences").await.is(200).text();
    assert!(days.contains("One difference") && days.contains("Grace Mutua"), "{days}");
    let again = "select id::text from reconciliations where differences > 0";
    let again = hospital.test.texts(again).await.remove(0);
    let lines = otieno_again.get(&format!("/admin/reconciliation/{again}?show=differences")).await.is(200).text();
    assert!(lines.contains("Missing at the gateway"), "{lines}");
    hospital.browser(patient).await.get("/admin/reconciliation").await.is(403);
}

#[tokio::test]
async fn the_overview_shows_what_the_rows_add_up_to_and_its_file_cannot_hurt() {
    let hospital = Hospital::open().await;
    let doctor = hospital.doctor(&offer()).await;
    hospital
        .test
        .force(&format!("update practitioners set full_name = '=HYPERLINK(\"x\")' where id = '{}'", doctor.id))
        .await;
    let mut visits = Vec::new();
    for wall in ["09:00", "10:00", "11:00"] {
        let patient = hospital.patient().await;
        let mine = hospital.program(patient).await;
        let visit = book(&mine, doctor, hospital.at(wall)).await.is(201).field("id");
        hospital.test.pass_minutes(6);
        hospital.pay(&mine, &visit).await;
        visits.push((mine, visit));
    }
    let (mine, visit) = &visits[0];
    mine.post_json(&format!("/api/v1/appointments/{visit}/cancellation"), &json!({})).await.is(200);
    hospital.doors.work().await;
    let otieno = administrator(&hospital).await;

    let page = otieno.get("/admin/money").await.is(200).text();

    let figure = |name: &str| {
        let (_, rest) = page.split_once(&format!("data-figure=\"{name}-USD\"><bdi>")).expect("the figure is there");
        rest.split('<').next().unwrap().to_owned()
    };
    assert_eq!(
        (figure("taken"), figure("returned"), figure("kept")),
        ("$72.00".into(), "$24.00".into(), "$48.00".into())
    );
    assert_eq!(figure("to-pay"), "6 min");
    assert_eq!(page.matches("<svg class=\"chart\"").count(), 3);
    assert!(
        page.contains("role=\"img\"") && page.contains("id=\"days\"") && !page.contains("<script>"),
        "charts have a table"
    );
    let csv = otieno.get("/admin/money/payments.csv").await.is(200);
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"payments-"), "{:?}", csv.headers);
    let text = csv.text();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\"") && !text.contains(",=HYPERLINK"), "no formula: {text}");
    let refunds = otieno.get("/admin/money/refunds.csv").await.is(200).text();
    assert!(refunds.lines().count() == 2 && refunds.contains(",24.00,USD,cancelled_by_patient,"), "{refunds}");
    let days = otieno.get("/admin/money/days.csv").await.is(200).text();
    assert_eq!(days.lines().count(), 31, "{days}");
    let taken: i64 = days
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(3).map(|cell| cell.replace('.', "").parse::<i64>().unwrap()))
        .sum();
    assert_eq!(taken, 7200);
    let other = otieno.get("/admin/money?currency=EUR&until=2020-01-31").await.is(200).text();
    assert!(other.contains("Nothing fits these filters") && other.contains("value=\"2020-01-31\""), "{other}");
}

#[tokio::test]
async fn a_file_of_more_rows_than_are_read_at_once_is_whole() {
    let hospital = Hospital::open().await;
    let (_, payment) = paid(&hospital, "10:00").await;
    let copies = format!(
        "insert into charges (id, patient_id, practitioner_id, subject_kind, subject_id, amount, currency, platform_basis_points, status,
             payable_until, settled_at, created_at)
             select gen_random_uuid(), c.patient_id, c.practitioner_id, c.subject_kind, gen_random_uuid(), c.amount, c.currency, 1500,
                 c.status, c.payable_until, c.settled_at, c.created_at
             from charges c, generate_series(1, 1100) where c.id = (select charge_id from payments where id = '{payment}');
         insert into payments (id, charge_id, patient_id, practitioner_id, gateway, status, amount, currency, captured_at, created_at)
             select gen_random_uuid(), c.id, c.patient_id, c.practitioner_id, 'sandbox', 'captured', c.amount, c.currency, c.settled_at,
                 c.created_at
             from charges c where not exists (select from payments p where p.charge_id = c.id)"
    );
    hospital.test.force(&copies).await;
    let otieno = administrator(&hospital).await;

    let text = otieno.get("/admin/money/payments.csv").await.is(200).text();

    let ids: std::collections::HashSet<_> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!((text.lines().count(), ids.len()), (1102, 1101), "each once");
}
