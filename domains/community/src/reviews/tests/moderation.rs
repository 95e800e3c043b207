use kernel::{Fault, FaultKind, PageRequest};

use super::{Clinic, administrator, stars};
use crate::reviews::{Decision, EditReview, ModerateError, Status, edit, moderate, store};

#[tokio::test]
async fn a_text_with_contact_details_waits_and_counts_only_once_published() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let review = clinic.review(&amina, visit, 1, "Call me: +962 79 123 4567").await.unwrap();
    assert_eq!((review.status, &review.flags[..]), (Status::AwaitingModeration, &["contact".to_owned()][..]));
    assert_eq!(clinic.public().await, (vec![], Some(4200)), "only the prior counts");

    let admin = administrator();
    let mut tx = clinic.begin(&admin).await;
    let waiting = store::list_to_moderate(&mut tx, &PageRequest::default()).await.unwrap();
    assert_eq!(waiting.items.len(), 1);
    let decision = Decision::Redact { text: "[removed]".into(), reason: "It had your phone number.".into() };
    let redacted = moderate(&mut tx, &admin, review.id, review.version, decision).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(redacted.text, "Call me: +962 79 123 4567", "the author keeps seeing their own words");
    assert_eq!(redacted.redacted_to.as_deref(), Some("[removed]"));
    let (texts, score) = clinic.public().await;
    assert_eq!(texts, ["[removed]"]);
    assert!(score < Some(4200));
}

#[tokio::test]
async fn a_rejected_review_vanishes_with_its_weight_and_may_be_changed() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let review = clinic.review(&amina, visit, 1, "Bad.").await.unwrap();
    let admin = administrator();
    let mut tx = clinic.begin(&admin).await;
    let decision = Decision::Reject { reason: "Not about the visit.".into() };
    moderate(&mut tx, &admin, review.id, 1, decision).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.public().await, (vec![], Some(4200)));

    let mut tx = clinic.begin(&amina).await;
    let mine = store::find_of_author(&mut tx, &amina.patients, visit).await.unwrap().unwrap();
    assert_eq!((mine.status, mine.reason.as_deref()), (Status::Rejected, Some("Not about the visit.")));
    let command = EditReview { appointment: visit, scores: stars(2), text: "The sound was bad.".into() };
    assert_eq!(edit(&mut tx, &amina, command).await.unwrap().status, Status::Published);
    tx.commit().await.unwrap();
    assert_eq!(clinic.public().await.0, ["The sound was bad."]);
}

#[tokio::test]
async fn a_moderator_decides_on_what_was_read() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let review = clinic.review(&amina, visit, 1, "see www.example.org").await.unwrap();
    let mut tx = clinic.begin(&amina).await;
    let command = EditReview { appointment: visit, scores: stars(1), text: "see www.other.example".into() };
    edit(&mut tx, &amina, command).await.unwrap();
    tx.commit().await.unwrap();
    let admin = administrator();
    let mut tx = clinic.begin(&admin).await;
    let refused = moderate(&mut tx, &admin, review.id, review.version, Decision::Publish).await.unwrap_err();
    assert_eq!(refused.kind(), FaultKind::conflict("review_changed"));
}

#[tokio::test]
async fn nobody_but_an_administrator_moderates() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let review = clinic.review(&amina, visit, 1, "see www.example.org").await.unwrap();
    let mut tx = clinic.begin(&amina).await;
    let tried = moderate(&mut tx, &amina, review.id, 1, Decision::Publish).await;
    assert!(matches!(tried, Err(ModerateError::NotFound)));
}

#[tokio::test]
async fn a_decision_is_recorded_and_the_author_is_to_be_told() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let review = clinic.review(&amina, visit, 1, "see www.example.org").await.unwrap();
    let admin = administrator();
    let mut tx = clinic.begin(&admin).await;
    moderate(&mut tx, &admin, review.id, 1, Decision::Publish).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = clinic.db.begin(&db::Context::system("test")).await.unwrap();
    let jobs = sqlx::query_scalar!(r#"select count(*) as "count!" from jobs where name = 'community.tell_author'"#);
    assert_eq!(jobs.fetch_one(tx.conn()).await.unwrap(), 1);
    let actions = sqlx::query_scalar!("select action from audit_log where object = 'review'");
    assert_eq!(actions.fetch_all(tx.conn()).await.unwrap(), ["published"]);
}
