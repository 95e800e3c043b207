//! Reminders: of the time that holds, once to each, whatever crashes, repeats or moves.

use kernel::{
    Timestamp,
    ids::{AppointmentId, ReminderId},
};
use notify::Transports;

use super::clinic::Clinic;
use crate::{
    Config,
    appointments::{CancelReason, cancel, reschedule},
    reminders::{Agenda, announce, plan, remind, say_agenda, sweep},
};

impl Clinic {
    fn app(&self) -> web::App {
        let db = self.db().clone().with_part(self.vault.clone());
        let config = web::AppConfig {
            brand: "Bedside".to_owned(),
            base_url: "https://bedside.example".parse().unwrap(),
            demo_mode: false,
        };
        web::App::builder(db, self.vault.clone(), config).part(Config::for_tests()).build()
    }

    async fn plans(&self, id: AppointmentId) {
        let mut tx = self.system().await;
        plan(&mut tx, &Config::for_tests(), id).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// All reminders that are due and planned are said by as many workers at once; afterwards all letters are sent.
    async fn works(&self, app: &web::App, workers: usize) {
        let mut tx = self.system().await;
        let now = tx.now();
        let due: Vec<uuid::Uuid> = sqlx::query_scalar!("select id from reminders where due_at <= $1", now as Timestamp)
            .fetch_all(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let say = async |id: uuid::Uuid| {
            let mut tx = app.db().begin(&db::Context::system("test")).await.unwrap();
            remind(&mut tx, app, ReminderId::from_uuid(id)).await.unwrap();
            tx.commit().await.unwrap();
        };
        let all = due.iter().flat_map(|id| std::iter::repeat_n(*id, workers));
        futures::future::join_all(all.map(say)).await;
        let mut tx = self.system().await;
        let letters: Vec<uuid::Uuid> =
            sqlx::query_scalar!("select id from deliveries").fetch_all(tx.conn()).await.unwrap();
        tx.commit().await.unwrap();
        let send = async |id: uuid::Uuid| {
            let job = notify::Deliver { delivery: id.into() };
            let _in_hand = notify::deliver(app.db(), app.vault(), &Transports::mailbox(), job).await;
        };
        let all = letters.iter().flat_map(|id| std::iter::repeat_n(*id, workers));
        futures::future::join_all(all.map(send)).await;
    }

    async fn subjects(&self, to: &str) -> Vec<String> {
        let mut tx = self.system().await;
        let mut posted = notify::mailbox::list(&mut tx, &self.vault, Some(to), 50).await.unwrap();
        posted.reverse();
        posted.into_iter().map(|letter| letter.subject).collect()
    }

    async fn until(&self, minutes: i64, moment: Timestamp) {
        self.pass_minutes(moment.minutes_since(self.now().await) - minutes + 1);
    }

    async fn states(&self) -> Vec<String> {
        let mut tx = self.system().await;
        sqlx::query_scalar!("select state from reminders order by starts_at, lead_min desc")
            .fetch_all(tx.conn())
            .await
            .unwrap()
    }
}

fn address(actor: &access::Actor) -> String {
    format!("p{}@x.test", actor.account)
}

#[tokio::test]
async fn a_patient_is_reminded_a_day_and_an_hour_before_in_their_own_zone() {
    let clinic = Clinic::open().await;
    let (app, patient) = (clinic.app(), clinic.patient().await);
    clinic.test.force("update accounts set time_zone = 'Asia/Dhaka'").await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.plans(booked.id).await;
    clinic.until(24 * 60, booked.starts_at).await;
    clinic.works(&app, 1).await;
    let told = clinic.subjects(&address(&patient)).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("16:00 (Dhaka, GMT+6)"), "{told:?}");
    clinic.until(60, booked.starts_at).await;
    clinic.works(&app, 1).await;
    assert_eq!(clinic.subjects(&address(&patient)).await.len(), 2);
    assert_eq!(clinic.states().await, ["told", "told"]);
}

#[tokio::test]
async fn eight_workers_at_once_and_a_repeated_event_say_it_once() {
    let clinic = Clinic::open().await;
    let (app, patient) = (clinic.app(), clinic.patient().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.plans(booked.id).await;
    clinic.plans(booked.id).await;
    clinic.until(24 * 60, booked.starts_at).await;
    clinic.works(&app, 8).await;
    clinic.plans(booked.id).await;
    clinic.works(&app, 8).await;
    assert_eq!(clinic.subjects(&address(&patient)).await.len(), 1);
    assert_eq!(clinic.count("select count(*) from deliveries where kind = 'scheduling.reminder'").await, 1);
    assert_eq!(clinic.count("select count(*) from notices where kind = 'scheduling.reminder'").await, 1);
}

#[tokio::test]
async fn a_worker_killed_before_it_commits_has_said_nothing_and_the_next_says_it_once() {
    let clinic = Clinic::open().await;
    let (app, patient) = (clinic.app(), clinic.patient().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.plans(booked.id).await;
    clinic.until(24 * 60, booked.starts_at).await;
    let mut tx = app.db().begin(&db::Context::system("test")).await.unwrap();
    let id = sqlx::query_scalar!("select id from reminders order by lead_min desc limit 1");
    let id = ReminderId::from_uuid(id.fetch_one(tx.conn()).await.unwrap());
    remind(&mut tx, &app, id).await.unwrap();
    drop(tx);
    assert_eq!(clinic.count("select count(*) from deliveries").await, 0);
    clinic.works(&app, 2).await;
    assert_eq!(clinic.subjects(&address(&patient)).await.len(), 1);
}

#[tokio::test]
async fn a_moved_visit_is_announced_for_its_new_time_alone() {
    let clinic = Clinic::open().await;
    let (app, patient) = (clinic.app(), clinic.patient().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.plans(booked.id).await;
    let later = booked.starts_at.plus_days(2);
    let mut tx = clinic.begin(&patient).await;
    reschedule(&mut tx, &patient, booked.id, later).await.unwrap();
    tx.commit().await.unwrap();
    // The news has not been heard yet: the old reminder looks at the appointment itself.
    clinic.until(24 * 60, booked.starts_at).await;
    clinic.works(&app, 2).await;
    assert!(clinic.subjects(&address(&patient)).await.is_empty());
    clinic.plans(booked.id).await;
    assert_eq!(clinic.states().await, ["void", "void", "planned", "planned"]);
    clinic.until(24 * 60, later).await;
    clinic.works(&app, 2).await;
    assert_eq!(clinic.subjects(&address(&patient)).await.len(), 1);
}

#[tokio::test]
async fn a_visit_moved_away_and_back_is_announced_once() {
    let clinic = Clinic::open().await;
    let (app, patient, admin) = (clinic.app(), clinic.patient().await, clinic.admin().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.plans(booked.id).await;
    for at in [booked.starts_at.plus_minutes(120), booked.starts_at] {
        let mut tx = clinic.begin(&admin).await;
        reschedule(&mut tx, &admin, booked.id, at).await.unwrap();
        tx.commit().await.unwrap();
        clinic.plans(booked.id).await;
    }
    clinic.until(24 * 60, booked.starts_at).await;
    clinic.works(&app, 4).await;
    assert_eq!(clinic.subjects(&address(&patient)).await.len(), 1);
}

#[tokio::test]
async fn a_cancelled_visit_takes_back_even_what_waits_for_the_morning() {
    let clinic = Clinic::open().await;
    let (app, patient) = (clinic.app(), clinic.patient().await);
    let booked = clinic.confirmed(&patient, "14:00").await;
    let account = patient.account;
    clinic
        .test
        .force(&format!("insert into quiet_hours (account_id, starts_min, ends_min) values ('{account}', 780, 1000)"))
        .await;
    clinic.plans(booked.id).await;
    clinic.until(24 * 60, booked.starts_at).await;
    clinic.works(&app, 1).await;
    assert_eq!(clinic.count("select count(*) from deliveries where state = 'waiting'").await, 1, "it waits");
    let mut tx = clinic.begin(&patient).await;
    cancel(&mut tx, &patient, booked.id, CancelReason::NoTime).await.unwrap();
    tx.commit().await.unwrap();
    clinic.plans(booked.id).await;
    assert_eq!(clinic.states().await, ["told", "void"]);
    clinic.pass_minutes(6 * 60);
    clinic.works(&app, 1).await;
    assert!(clinic.subjects(&address(&patient)).await.is_empty());
    assert_eq!(clinic.count("select count(*) from deliveries where state = 'void'").await, 1);
}

#[tokio::test]
async fn after_a_pause_of_the_workers_one_reminder_is_enough() {
    let clinic = Clinic::open().await;
    let (app, patient) = (clinic.app(), clinic.patient().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.plans(booked.id).await;
    clinic.until(30, booked.starts_at).await;
    clinic.works(&app, 1).await;
    assert_eq!(clinic.subjects(&address(&patient)).await.len(), 1);
    assert_eq!(clinic.states().await, ["void", "told"]);
}

#[tokio::test]
async fn who_booked_for_another_gets_a_copy_that_names_the_patient() {
    let clinic = Clinic::open().await;
    let (app, patient, parent) = (clinic.app(), clinic.patient().await, clinic.patient().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic
        .test
        .force(&format!(
            "update appointment_events set actor_account_id = '{0}' where verb = 'book';
             insert into proxies (id, patient_id, account_id, relation, ends_on)
                 values (gen_random_uuid(), '{1}', '{0}', 'parent', current_date + 1000)",
            parent.account, patient.patients[0]
        ))
        .await;
    clinic.plans(booked.id).await;
    clinic.until(24 * 60, booked.starts_at).await;
    clinic.works(&app, 2).await;
    assert_eq!(clinic.subjects(&address(&patient)).await.len(), 1);
    let mut tx = clinic.system().await;
    let copy = notify::mailbox::list(&mut tx, &clinic.vault, Some(&address(&parent)), 5).await.unwrap();
    let [copy] = &copy[..] else { panic!("one copy") };
    assert!(copy.text.contains("Amina Rahman") && !copy.subject.contains("Amina"));
}

#[tokio::test]
async fn visits_of_before_there_were_reminders_are_planned_for() {
    let clinic = Clinic::open().await;
    let patient = clinic.patient().await;
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.until(25 * 60, booked.starts_at).await;
    for found in [1, 0] {
        let mut tx = clinic.system().await;
        assert_eq!(sweep(&mut tx, &Config::for_tests()).await.unwrap(), found);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_doctor_who_asked_for_it_hears_of_the_day_once_without_names() {
    let clinic = Clinic::open().await;
    let (app, patient) = (clinic.app(), clinic.patient().await);
    let booked = clinic.confirmed(&patient, "10:00").await;
    clinic.pass_minutes(booked.starts_at.minutes_since(clinic.now().await) - 180);
    let jobs = "select count(*) from jobs where name = 'scheduling.agenda'";
    let announced = async || {
        let mut tx = clinic.system().await;
        announce(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    announced().await;
    assert_eq!(clinic.count(jobs).await, 0, "nobody asked");
    let wish = format!(
        "insert into notice_preferences (account_id, topic, way, wanted) values ('{}', 'agenda', 'email', true)",
        clinic.doctor
    );
    clinic.test.force(&wish).await;
    announced().await;
    announced().await;
    assert_eq!(clinic.count(jobs).await, 1);
    for _ in 0..2 {
        let mut tx = app.db().begin(&db::Context::system("test")).await.unwrap();
        say_agenda(&mut tx, &app, Agenda { practitioner: clinic.doctor, day: clinic.day }).await.unwrap();
        tx.commit().await.unwrap();
    }
    clinic.works(&app, 1).await;
    let mut tx = clinic.system().await;
    let letters =
        notify::mailbox::list(&mut tx, &clinic.vault, Some(&format!("d{}@x.test", clinic.doctor)), 5).await.unwrap();
    let [letter] = &letters[..] else { panic!("one letter") };
    assert!(letter.text.contains("10:00 – 10:30") && !letter.text.contains("Amina"), "{}", letter.text);
}
