use access::{Actor, Role};

use super::{House, actor, id};
use crate::{
    Acuity,
    desk::{Review, ReviewError, Verdict, Watch, be_on_duty, review, watch},
    red_flags::{Answers, Place, screen},
    requests::{AskError, Assess, AssessError, Status, Who, Why, assess, store},
};

#[tokio::test]
async fn whoever_cried_wolf_twice_is_in_the_urgent_queue() {
    let house = House::new().await;
    house.doctor_at_work().await;
    let (patient, admin) = (house.patient().await, house.administrator().await);
    for _ in 0..2 {
        let request = house.asks(&patient, &["stroke"]).await;
        assert_eq!(house.climb(request).await.acuity, Acuity::AT_ONCE);
        judge(&house, &admin, request, Verdict::Unjustified, "The signs were not there").await.unwrap();
        house.pass_seconds(25 * 3600);
    }
    let request = house.asks(&patient, &["stroke"]).await;
    let believed = house.climb(request).await;
    assert_eq!((believed.acuity, believed.is_override), (Acuity::URGENT, false));
    let judged = store::list_assessments(&mut house.system().await, request).await.unwrap();
    let rows: Vec<_> = judged.iter().map(|row| (row.acuity, row.source.as_str(), row.why.as_str())).collect();
    assert_eq!(rows, [(1, "patient", "red_flag"), (3, "rule", "abuse_score")]);
    house.pass_seconds(181 * 86_400);
    let request = house.asks(&patient, &["stroke"]).await;
    assert_eq!(house.read(request).await.acuity, Acuity::AT_ONCE, "after half a year it is forgotten");
}

async fn judge(
    house: &House,
    admin: &Actor,
    request: kernel::ids::UrgentRequestId,
    verdict: Verdict,
    reason: &str,
) -> Result<(), ReviewError> {
    let mut tx = house.begin(admin).await;
    review(&mut tx, admin, &Review { request, verdict, reason: reason.to_owned() }).await?;
    tx.commit().await.unwrap();
    Ok(())
}

#[tokio::test]
async fn a_review_needs_an_administrator_an_override_and_a_reason() {
    let house = House::new().await;
    house.doctor_at_work().await;
    let (patient, admin) = (house.patient().await, house.administrator().await);
    let request = house.asks(&patient, &["stroke"]).await;
    let before = judge(&house, &admin, request, Verdict::Justified, "Right").await;
    assert!(matches!(before, Err(ReviewError::NotFound)), "nothing was overridden yet");
    house.climb(request).await;
    assert!(matches!(judge(&house, &patient, request, Verdict::Justified, "Mine").await, Err(ReviewError::NotFound)));
    assert!(matches!(judge(&house, &admin, request, Verdict::Justified, " x ").await, Err(ReviewError::Reason)));
    judge(&house, &admin, request, Verdict::Unjustified, "Nothing was there").await.unwrap();
    judge(&house, &admin, request, Verdict::Justified, "It was there after all").await.unwrap();
    assert_eq!(house.count("select count(*) from urgent_reviews where verdict = 'justified'").await, 1);
    assert_eq!(house.count("select count(*) from audit_log where object = 'urgent_override'").await, 2);
}

#[tokio::test]
async fn a_person_asks_three_times_a_day_and_one_at_a_time() {
    let house = House::new().await;
    let patient = house.patient().await;
    let request = house.asks(&patient, &["stroke"]).await;
    assert_eq!(house.asks(&patient, &[]).await, request, "the open one");
    house.climb(request).await;
    for _ in 0..2 {
        let request = house.asks(&patient, &["stroke"]).await;
        assert_eq!(house.climb(request).await.status, Status::Escalated);
    }
    let fourth = house.ask(&patient, Who::Patient(patient.patients[0]), &["stroke"]).await;
    assert!(matches!(fourth, Err(AskError::Quota)));
    let foreign = house.ask(&house.patient().await, Who::Patient(patient.patients[0]), &[]).await;
    assert!(matches!(foreign, Err(AskError::NotTheirPatient)));
    house.pass_seconds(24 * 3600 + 60);
    assert!(house.ask(&patient, Who::Patient(patient.patients[0]), &["stroke"]).await.is_ok());
}

#[tokio::test]
async fn nurses_and_doctors_who_are_asked_say_how_urgent_it_is() {
    let house = House::new().await;
    let doctor = house.doctor_ready().await;
    let request = house.asks(&house.patient().await, &[]).await;
    let nurse_id = id();
    house
        .test
        .force(&format!("insert into accounts (id, email, name) values ('{nurse_id}', 'n@x.test', 'Grace')"))
        .await;
    let nurse = actor(nurse_id, Role::Nurse, Vec::new(), None);
    let command = |level: i16| Assess { request, acuity: Acuity::try_from(level).unwrap(), why: Why::SeenWorse };

    let mut tx = house.system().await;
    assert!(matches!(assess(&mut tx, &doctor, command(1)).await, Err(AssessError::NotFound)), "not asked yet");
    let admin = house.administrator().await;
    assert!(matches!(assess(&mut tx, &admin, command(1)).await, Err(AssessError::NotFound)), "no clinician");
    let after = assess(&mut tx, &nurse, command(2)).await.unwrap();
    assert_eq!(after.promised_by, after.created_at.plus_minutes(10), "the promise moves with it");
    tx.commit().await.unwrap();
    house.climb(request).await;
    let mut tx = house.system().await;
    assess(&mut tx, &doctor, command(1)).await.unwrap();
    let judged = store::list_assessments(&mut tx, request).await.unwrap();
    let sources: Vec<_> = judged.iter().map(|row| (row.acuity, row.source.as_str())).collect();
    assert_eq!(sources, [(3, "patient"), (2, "nurse"), (1, "doctor")]);
    tx.commit().await.unwrap();
    house.pass_seconds(600);
    house.climb(request).await;
    let mut tx = house.system().await;
    assert!(matches!(assess(&mut tx, &nurse, command(3)).await, Err(AssessError::Over)));
}

#[tokio::test]
async fn a_broken_promise_tells_who_is_on_duty_once() {
    let house = House::new().await;
    let (on_duty, other) = (house.administrator().await, house.administrator().await);
    let mut tx = house.begin(&on_duty).await;
    be_on_duty(&mut tx, &on_duty, 8).await.unwrap();
    tx.commit().await.unwrap();
    let request = house.asks(&house.patient().await, &[]).await;
    let look = async || {
        let mut tx = house.system().await;
        let again = watch(&mut tx, &Watch { request }).await.unwrap();
        tx.commit().await.unwrap();
        again
    };
    assert!(look().await.is_some(), "too early");
    house.pass_seconds(3601);
    assert_eq!((look().await, look().await), (None, None));
    assert_eq!(house.count("select count(*) from notices where kind = 'emergency.breach'").await, 1);
    let whose = format!("update notices set kind = 'right' where account_id = '{}'", on_duty.account);
    house.test.force(&whose).await;
    assert_eq!(house.count("select count(*) from notices where kind = 'right'").await, 1);
    assert_ne!(on_duty.account, other.account);
}

#[tokio::test]
async fn answers_are_counted_and_name_nobody() {
    let house = House::new().await;
    let patient = house.patient().await;
    let answers = |codes: &[&str]| Answers {
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        place: Place::of("GB", &kernel::Zone::utc()),
    };
    let mut tx = house.system().await;
    let (screened, call) = screen(&mut tx, &Actor::nobody(), &answers(&["suicide", "stroke"])).await.unwrap();
    assert_eq!((screened.acuity(), call.number.as_str()), (Some(Acuity::AT_ONCE), "999"));
    assert_eq!(call.crisis.as_deref(), Some("116123"));
    screen(&mut tx, &Actor::nobody(), &answers(&["stroke"])).await.unwrap();
    let (none, _) = screen(&mut tx, &patient, &answers(&["no-such-sign"])).await.unwrap();
    assert!(!none.is_emergency());
    tx.commit().await.unwrap();
    assert_eq!(house.count("select times from red_flag_counts where answer = 'stroke' and country = 'GB'").await, 2);
    assert_eq!(house.count("select times from red_flag_counts where answer = 'none'").await, 1);
    assert_eq!(house.count("select count(*) from audit_log where object = 'red_flags'").await, 1, "who is signed in");
}
