use kernel::PageRequest;

use super::{Clinic, doctor};
use crate::reviews::{find_rating, list_published, store};

#[tokio::test]
async fn one_voice_does_not_make_a_five_and_many_do() {
    let clinic = Clinic::new().await;
    let mut scores = Vec::new();
    for number in 1..=20 {
        let (actor, visit) = clinic.visit(number, "Amina Karim", "fulfilled").await;
        clinic.review(&actor, visit, 5, "").await.unwrap();
        scores.push(clinic.public().await.1.unwrap());
    }
    // (5 × 4.2 + n × 5) / (5 + n)
    assert_eq!((scores[0], scores[4], scores[19]), (4333, 4600, 4840));
    assert!(scores.windows(2).all(|pair| pair[0] < pair[1]));
    let mut tx = clinic.db.begin(&db::Context::anonymous()).await.unwrap();
    let rating = find_rating(&mut tx, doctor()).await.unwrap().unwrap();
    assert_eq!((rating.reviews, rating.listening_milli, rating.explanation_milli), (20, Some(5000), None));
    assert_eq!((rating.punctuality_milli, rating.shown().as_deref()), (Some(3000), Some("4.8")));
}

#[tokio::test]
async fn old_reviews_weigh_less() {
    let clinic = Clinic::new().await;
    let (old, old_visit) = clinic.visit(1, "Amina Karim", "fulfilled").await;
    clinic.review(&old, old_visit, 1, "").await.unwrap();
    let fresh = clinic.public().await.1.unwrap();
    clinic.db.clock().shift_seconds(2 * 31_557_600);
    let mut tx = clinic.db.begin(&db::Context::system("test")).await.unwrap();
    let before = tx.now().plus_days(-1);
    assert_eq!(store::rate_stale(&mut tx, before, 10).await.unwrap(), 1);
    assert_eq!(store::rate_stale(&mut tx, before, 10).await.unwrap(), 0);
    tx.commit().await.unwrap();
    let faded = clinic.public().await.1.unwrap();
    // A quarter of the weight after two years: (21 + 0.25) / 5.25.
    assert_eq!((fresh, faded), (3667, 4048));
}

#[tokio::test]
async fn readers_see_no_name_but_the_label_and_pages_follow_each_other() {
    let clinic = Clinic::new().await;
    for number in 1..=5 {
        let (actor, visit) = clinic.visit(number, "Amina Karim", "fulfilled").await;
        clinic.review(&actor, visit, 4, &format!("Number {number}.")).await.unwrap();
    }
    let mut tx = clinic.db.begin(&db::Context::anonymous()).await.unwrap();
    let mut cursor = None;
    let mut seen = Vec::new();
    loop {
        let page = list_published(&mut tx, doctor(), &PageRequest::of(2, cursor)).await.unwrap();
        seen.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.iter().all(|review| review.author == "Amina K."));
}
