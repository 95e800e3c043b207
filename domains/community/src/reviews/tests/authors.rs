use kernel::{Fault, FaultKind};

use super::{Clinic, patient, stars};
use crate::reviews::{EditError, EditReview, Status, SubmitError, WithdrawError, edit, store, withdraw};

#[tokio::test]
async fn a_patient_reviews_a_finished_visit_and_everyone_reads_it_as_amina_k() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let review = clinic.review(&amina, visit, 5, "Kind and clear.").await.unwrap();
    assert_eq!((review.status, review.author.as_str(), review.version), (Status::Published, "Amina K.", 1));
    assert_eq!(clinic.public().await.0, ["Kind and clear."]);
}

#[tokio::test]
async fn only_a_visit_that_took_place_is_reviewed() {
    let clinic = Clinic::new().await;
    let states = [
        "requested",
        "held",
        "confirmed",
        "rejected",
        "expired",
        "released",
        "cancelled_by_patient",
        "cancelled_by_doctor",
        "cancelled_by_platform",
        "no_show_patient",
        "no_show_doctor",
        "entered_in_error",
    ];
    for (number, state) in (10..).zip(states) {
        let (actor, visit) = clinic.visit(number, "Amina Karim", state).await;
        let refused = clinic.review(&actor, visit, 5, "").await.unwrap_err();
        assert!(matches!(refused, SubmitError::NotCompleted), "{state}: {refused}");
        assert_eq!(refused.kind(), FaultKind::conflict("visit_not_completed"));
    }
    assert_eq!(clinic.public().await, (vec![], None));
}

#[tokio::test]
async fn a_foreign_visit_is_as_absent_as_none() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let (karim, _) = clinic.visit(2, "Karim Aziz", "fulfilled").await;
    assert!(matches!(clinic.review(&karim, visit, 1, "").await, Err(SubmitError::NotFound)));
    assert!(matches!(clinic.review(&patient(99), visit, 1, "").await, Err(SubmitError::NotFound)));
    clinic.review(&amina, visit, 5, "Mine.").await.unwrap();

    let mut tx = clinic.begin(&karim).await;
    let command = EditReview { appointment: visit, scores: stars(1), text: "Not mine.".into() };
    assert!(matches!(edit(&mut tx, &karim, command).await, Err(EditError::NotFound)));
    assert!(matches!(withdraw(&mut tx, &karim, visit).await, Err(WithdrawError::NotFound)));
    assert!(store::find_of_author(&mut tx, &karim.patients, visit).await.unwrap().is_none());
    assert_eq!(clinic.public().await.0, ["Mine."]);
}

/// Row-level security alone, with the check in the verb gone around.
#[tokio::test]
async fn the_database_itself_keeps_others_from_writing() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let review = clinic.review(&amina, visit, 5, "Mine.").await.unwrap();
    let mut tx = clinic.begin(&patient(2)).await;
    store::delete_review(&mut tx, review.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(clinic.public().await.0, ["Mine."]);
    let mut tx = clinic.begin(&amina).await;
    let forged = sqlx::raw_sql("update practitioner_ratings set score = 5").execute(tx.conn()).await.unwrap();
    assert_eq!(forged.rows_affected(), 0, "scores are caused, not written");
}

#[tokio::test]
async fn a_visit_has_one_review_even_if_two_are_sent_at_once() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    let (one, two) = tokio::join!(clinic.review(&amina, visit, 5, "One."), clinic.review(&amina, visit, 1, "Two."));
    let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused[..], [SubmitError::AlreadyReviewed]), "{refused:?}");
    assert_eq!(refused[0].kind(), FaultKind::conflict("already_reviewed"));
    assert_eq!(clinic.public().await.0.len(), 1);
}

#[tokio::test]
async fn a_review_changes_for_thirty_days_and_goes_at_any_time() {
    let clinic = Clinic::new().await;
    let (amina, visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    clinic.review(&amina, visit, 2, "Late.").await.unwrap();

    clinic.db.clock().shift_seconds(29 * 86_400);
    let mut tx = clinic.begin(&amina).await;
    let command = EditReview { appointment: visit, scores: stars(4), text: "Late, but good.".into() };
    let edited = edit(&mut tx, &amina, command.clone()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((edited.version, edited.scores.overall.number()), (2, 4));
    assert!(edited.edited_at.is_some());
    assert_eq!(clinic.public().await.0, ["Late, but good."]);

    clinic.db.clock().shift_seconds(86_400);
    let mut tx = clinic.begin(&amina).await;
    let refused = edit(&mut tx, &amina, command).await.unwrap_err();
    assert!(matches!(refused.kind(), FaultKind::Conflict { code: "edit_window_over", .. }));
    tx.rollback().await.unwrap();

    clinic.db.clock().shift_seconds(400 * 86_400);
    let mut tx = clinic.begin(&amina).await;
    withdraw(&mut tx, &amina, visit).await.unwrap();
    tx.commit().await.unwrap();
    assert!(clinic.public().await.0.is_empty());
    let mut tx = clinic.begin(&amina).await;
    assert!(matches!(withdraw(&mut tx, &amina, visit).await, Err(WithdrawError::NotFound)));
}
