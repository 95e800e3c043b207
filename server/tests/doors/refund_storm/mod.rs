//! A doctor calls off a day of forty paid visits while the gateway fails or loses half of its answers and the worker dies twice:
//! everybody gets the money back once and hears of it once, and the books balance after every run.

mod weather;

use std::{
    sync::{Arc, atomic::Ordering::SeqCst},
    time::Duration,
};

use jobs::{Runner, RunnerConfig};
use kernel::Money;
use serde_json::json;
use tokio::{task::JoinSet, time::timeout};
use tokio_util::sync::CancellationToken;
use weather::Sky;

use crate::support::{Hospital, PRICE, Person, book, offer};

const VISITS: usize = 40;
/// How long a test waits for what must come.
const SOON: Duration = Duration::from_mins(2);

/// A worker as the program has one. Dropped, it dies in the middle of what it does.
struct Worker {
    stop: CancellationToken,
    running: JoinSet<()>,
}

impl Worker {
    fn start(hospital: &Hospital) -> Self {
        let jobs = server::wiring::rooms()
            .iter_mut()
            .map(|room| std::mem::take(&mut room.jobs))
            .fold(web::Jobs::new(), web::Jobs::merge);
        let config = RunnerConfig { poll: Duration::from_millis(20), ..RunnerConfig::default() };
        let app = hospital.doors.app.clone();
        let runner = Runner::new(app.db().clone(), jobs, app, config).unwrap();
        let (stop, mut running) = (CancellationToken::new(), JoinSet::new());
        running.spawn(runner.run(stop.clone()));
        Self { stop, running }
    }

    /// Between two instructions, with its jobs in its hands.
    async fn kill(mut self) {
        self.running.shutdown().await;
    }

    async fn stops(mut self) {
        self.stop.cancel();
        timeout(SOON, self.running.join_next()).await.unwrap().unwrap().unwrap();
    }
}

/// Forty patients with a confirmed and paid visit each, on one day of one doctor.
async fn a_full_day(hospital: &Hospital, doctor: Person) -> Vec<(Person, String)> {
    let mut booked = Vec::with_capacity(VISITS);
    for (patient, n) in hospital.patients(VISITS).await.into_iter().zip(0_i64..) {
        let mine = hospital.program(patient).await;
        let visit = book(&mine, doctor, hospital.at("00:00").plus_minutes(30 * n)).await.is(201).field("id");
        let paying = hospital.checkout(&mine, &visit).await;
        hospital.press(&paying, "approve").await;
        hospital.report(&paying).await;
        booked.push((patient, visit));
    }
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from appointments where status = 'confirmed'").await, 40);
    booked
}

async fn call_off(hospital: &Hospital, doctor: Person) {
    let day = hospital.at("00:00").date_in(&kernel::Zone::utc());
    let path = format!("/api/v1/doctors/{}/called-off-days", doctor.id);
    let body = json!({ "day": day, "reason": "unwell" });
    hospital.program(doctor).await.post_json(&path, &body).await.is(201);
}

/// These patients press "money back" at this moment, each twice.
async fn ask_at_once(hospital: &Arc<Hospital>, patients: &[(Person, String)]) {
    let mut crowd = JoinSet::new();
    for (patient, visit) in patients {
        let mine = hospital.program(*patient).await;
        let path = format!("/api/v1/appointments/{visit}/choices/refund");
        for _ in 0..2 {
            let (mine, path) = (mine.clone(), path.clone());
            crowd.spawn(async move { mine.post_json(&path, &json!({})).await.is(200) });
        }
    }
    crowd.join_all().await;
}

/// What holds at every moment, whoever has just died: the journal balances, it says what payments and refunds say, and what the
/// program calls its balances is what plain arithmetic over the lines gives.
async fn the_books_balance(hospital: &Hospital) {
    let test = &hospital.test;
    assert_eq!(test.count("select coalesce(sum(amount), 0) from journal_lines").await, 0);
    let apart = "select count(*) from (select entry_id from journal_lines group by entry_id, currency having sum(amount) <> 0) e";
    assert_eq!(test.count(apart).await, 0);
    let held = "select coalesce(sum(l.amount), 0) from journal_lines l join ledger_accounts a on a.id = l.account_id
                where a.kind = 'gateway_clearing'";
    let moved = "select (select coalesce(sum(amount), 0) from payments where captured_at is not null)
                      - (select coalesce(sum(amount), 0) from refunds where status = 'succeeded')";
    assert_eq!(test.count(held).await, test.count(moved).await);
    let recomputed = test
        .texts(
            "select a.kind || ' ' || l.currency || ' ' || sum(l.amount)
             from ledger_accounts a, journal_lines l where l.account_id = a.id
             group by a.kind, l.currency order by l.currency, a.kind",
        )
        .await;
    let mut tx = test.system().await;
    let said = billing::ledger::balances(&mut tx).await.unwrap().into_iter().map(|line| {
        let Money { amount, currency } = line.money;
        format!("{} {} {amount}", line.kind, currency.code())
    });
    assert_eq!(said.collect::<Vec<_>>(), recomputed);
    assert_eq!(billing::ledger::verify(test.db()).await.unwrap().faults, []);
}

/// Let time pass as often as it takes: waits between attempts are up to an hour.
async fn until(hospital: &Hospital, sql: &str, wanted: i64) {
    let passes = async {
        while hospital.test.count(sql).await != wanted {
            // Less than a lease lasts: nobody is thought dead who works.
            hospital.test.db().clock().shift_seconds(20);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(SOON, passes).await.unwrap_or_else(|_| panic!("{sql} never became {wanted}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_called_off_day_everybody_gets_the_money_back_once_and_hears_of_it_once() {
    let sky = Arc::new(Sky::default());
    let hospital = Arc::new(Hospital::paying(weather::under(&sky)).await);
    let doctor = hospital.doctor(&offer()).await;
    let booked = a_full_day(&hospital, doctor).await;
    the_books_balance(&hospital).await;
    call_off(&hospital, doctor).await;
    hospital.doors.work().await;
    assert_eq!(hospital.test.count("select count(*) from appointment_choices where status = 'open'").await, 40);

    // Half ask for their money now. The worker dies while the gateway has made refunds whose answers never come.
    ask_at_once(&hospital, &booked[..20]).await;
    sky.silence_after(5);
    let worker = Worker::start(&hospital);
    timeout(SOON, sky.falls_silent()).await.unwrap();
    worker.kill().await;
    the_books_balance(&hospital).await;

    // The others wait, until at the end of their time some of them ask while the clock decides for all. It dies again.
    hospital.test.pass_minutes(12 * 60 + 1);
    sky.silence_after(12);
    let worker = Worker::start(&hospital);
    ask_at_once(&hospital, &booked[20..30]).await;
    timeout(SOON, sky.falls_silent()).await.unwrap();
    worker.kill().await;
    the_books_balance(&hospital).await;

    // The third lives, in the same storm.
    sky.storm();
    let worker = Worker::start(&hospital);
    until(&hospital, "select count(*) from deliveries where kind = 'billing.refunded' and state = 'sent'", 40).await;
    until(
        &hospital,
        "select count(*) from jobs where state in ('ready', 'running') and name like 'billing.%refund'",
        0,
    )
    .await;
    worker.stops().await;

    the_books_balance(&hospital).await;
    everybody_was_served_once(&hospital).await;
    sky.clears();
    the_gateway_agrees(&hospital).await;
    let (failed, lost, hanging) = (sky.failed.load(SeqCst), sky.lost.load(SeqCst), sky.left_hanging.load(SeqCst));
    assert!(failed >= 10 && lost >= 10 && hanging >= 2, "a storm: {failed} failed, {lost} lost, {hanging} hanging");
}

/// Line by line, on every day there was.
async fn the_gateway_agrees(hospital: &Hospital) {
    let (db, gateways) = (hospital.test.db(), hospital.doors.app.part::<gateways::Payments>());
    let (utc, today) = (kernel::Zone::utc(), hospital.test.now().await.date_in(&kernel::Zone::utc()));
    for back in 0..4 {
        billing::reconciliation::reconcile(db, &gateways, "sandbox", (today.plus_days(-back), &utc), None)
            .await
            .unwrap();
    }
    let latest = "select coalesce(sum(lines), 0)::bigint from (select distinct on (day) lines from reconciliations order by day, ran_at desc) r";
    assert_eq!(hospital.test.count(latest).await, 80, "forty payments, forty refunds");
    let differing =
        "select coalesce(sum(differences), 0)::bigint from (select distinct on (day) differences from reconciliations
                     order by day, ran_at desc) r";
    assert_eq!(hospital.test.count(differing).await, 0);
}

async fn everybody_was_served_once(hospital: &Hospital) {
    let all = i64::try_from(VISITS).unwrap();
    let counts = [
        // At the gateway, in its own books: once each, and everything.
        "select count(*) from sandbox_refunds",
        "select count(distinct token) from sandbox_refunds",
        "select count(*) from sandbox_checkouts where state = 'captured' and refunded = amount",
        // In ours.
        "select count(*) from refunds where status = 'succeeded' and reason = 'cancelled_by_doctor'",
        "select count(distinct payment_id) from refunds",
        "select count(*) from payments where status = 'refunded' and refunded = amount",
        "select count(*) from charges where status = 'refunded'",
        "select count(*) from journal_entries where kind = 'refund'",
        "select count(*) from invoices where kind = 'credit_note'",
        "select count(*) from appointment_choices where status = 'refunded'",
        // Told: that the visit is off, and that the money is back; in the app and by mail.
        "select count(*) from notices where kind = 'scheduling.called_off'",
        "select count(*) from notices where kind = 'billing.refunded'",
        "select count(distinct account_id) from notices where kind = 'billing.refunded'",
        "select count(*) from dev_mailbox m join deliveries d on d.id = m.id where d.kind = 'billing.refunded'",
        "select count(distinct recipient) from dev_mailbox m join deliveries d on d.id = m.id where d.kind = 'billing.refunded'",
    ];
    for sql in counts {
        assert_eq!(hospital.test.count(sql).await, all, "{sql}");
    }
    assert_eq!(hospital.test.count("select count(*) from refunds").await, all);
    assert_eq!(hospital.test.count("select sum(amount)::bigint from sandbox_refunds").await, all * PRICE);
    let kept = "select coalesce(sum(abs(total)), 0)::bigint from (select sum(amount) as total from journal_lines group by account_id) a";
    assert_eq!(hospital.test.count(kept).await, 0);
    assert_eq!(hospital.test.count("select count(*) from jobs where state = 'dead'").await, 0);
}
