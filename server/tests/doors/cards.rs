//! A card says who somebody is, to the staff alone, and opens nothing.

use access::Role;
use serde_json::{Value, json};
use testkit::Client;

use crate::support::{Hospital, Words, offer};

/// The address on a new card of this patient.
async fn card(client: &Client, patient: impl std::fmt::Display, kind: &str) -> String {
    let path = format!("/api/v1/patients/{patient}/cards");
    client.post_json(&path, &json!({ "kind": kind })).await.is(201).field("address")
}

/// The path of an address, as a camera opens it.
fn path(address: &str) -> String {
    address.parse::<url::Url>().unwrap().path().to_owned()
}

async fn scanned(desk: &Client, address: &str, status: u16) -> Value {
    let answer = desk.post_json("/api/v1/card-scans", &json!({ "code": address })).await.is(status);
    answer.json()
}

/// The page without what differs on every page.
async fn masked(client: &Client, path: &str) -> String {
    let page = client.get(path).await.is(200);
    let token = path.rsplit('/').next().unwrap();
    let text = page.text().replace(token, "(card)").replace(page.header("x-request-id"), "(request)");
    page.form_token().map_or(text.clone(), |token| text.replace(&token, "(token)"))
}

#[tokio::test]
async fn the_desk_sees_who_it_is_and_nothing_of_their_health() {
    let hospital = Hospital::open().await;
    let words = Words::default();
    let story = hospital.met(&words).await;
    let address = card(&hospital.program(story.patient).await, story.patient.id, "screen").await;
    for role in [Role::Nurse, Role::Administrator] {
        let desk = hospital.browser(hospital.member(role).await).await;
        let page = desk.get(&path(&address)).await.is(200).text();
        assert!(page.contains("Amina Rahman") && page.contains("17 May 1990"), "{role}");
        assert!(page.contains("Dr Nadia Karim"), "{role}: today's appointment");
        for health in [&words.reason, &words.allergy, &words.problem, &words.note, &words.instructions] {
            assert!(!page.contains(health.as_str()), "{role} reads {health}");
        }
        assert!(!page.contains(&format!("/doctor/patients/{}", story.patient.id)), "{role} has no way to the chart");
    }
    let other = hospital.browser(hospital.doctor(&offer()).await).await;
    let page = other.get(&path(&address)).await.is(200).text();
    assert!(page.contains("Amina Rahman"), "who the card is of");
    assert!(page.contains("None that concern you"), "another doctor's appointment is nothing to them");
    assert!(!page.contains(&format!("/doctor/patients/{}", story.patient.id)), "the card opens no chart");
    other.get(&format!("/doctor/patients/{}", story.patient.id)).await.is(404);
    let treats = hospital.browser(story.doctor).await;
    let page = treats.get(&path(&address)).await.is(200).text();
    assert!(page.contains(&format!("/doctor/patients/{}", story.patient.id)), "a care link opens it, as always");
}

#[tokio::test]
async fn whoever_is_no_staff_cannot_tell_a_card_in_force_from_a_dead_or_an_invented_one() {
    let hospital = Hospital::open().await;
    let (owner, other) = (hospital.patient().await, hospital.patient().await);
    let mine = hospital.program(owner).await;
    let alive = path(&card(&mine, owner.id, "printed").await);
    let dead = path(&card(&mine, owner.id, "screen").await);
    hospital.test.force("update identity_cards set revoked_at = now() where kind = 'screen'").await;
    let invented = format!("/c/{}", "x".repeat(43));
    let support = hospital.member(Role::SupportAgent).await;
    let suspended = hospital.doctor(&offer()).await;
    let away = format!(
        "update practitioners set status = 'suspended', suspended_at = now(), suspended_why = 'x' where id = '{}'",
        suspended.id
    );
    hospital.test.force(&away).await;
    for who in [None, Some(owner), Some(other), Some(support), Some(suspended)] {
        let client = match who {
            Some(person) => hospital.browser(person).await,
            None => hospital.doors.visitor(),
        };
        let pages = [masked(&client, &alive).await, masked(&client, &dead).await, masked(&client, &invented).await];
        assert_eq!(pages[0], pages[1], "{who:?}: dead");
        assert_eq!(pages[0], pages[2], "{who:?}: invented");
        assert!(pages[0].contains("This is a hospital card") && !pages[0].contains("17 May 1990"), "{who:?}");
    }
    assert_eq!(hospital.test.count("select sum(scans) from identity_cards").await, 0, "nothing was looked up");
    mine.post_json("/api/v1/card-scans", &json!({ "code": alive })).await.is(403);
}

#[tokio::test]
async fn a_code_on_a_screen_dies_after_minutes_and_the_one_before_after_a_grace() {
    let hospital = Hospital::open().await;
    let (owner, nurse) = (hospital.patient().await, hospital.member(Role::Nurse).await);
    let mine = hospital.program(owner).await;
    let first = card(&mine, owner.id, "screen").await;
    hospital.test.pass_minutes(4);
    let second = card(&hospital.program(owner).await, owner.id, "screen").await;
    assert_ne!(first, second);
    scanned(&hospital.program(nurse).await, &first, 200).await;
    hospital.test.pass_minutes(2);
    let desk = hospital.program(nurse).await;
    scanned(&desk, &first, 404).await;
    scanned(&desk, &second, 200).await;
    // Shown again at once: what stood there before is good for a minute, not for four.
    let third = card(&hospital.program(owner).await, owner.id, "screen").await;
    hospital.test.pass_minutes(2);
    let desk = hospital.program(nurse).await;
    scanned(&desk, &second, 404).await;
    scanned(&desk, &third, 200).await;
    hospital.test.pass_minutes(4);
    let desk = hospital.program(nurse).await;
    scanned(&desk, &third, 404).await;
    assert_eq!(desk.get(&path(&third)).await.status.as_u16(), 404);
}

#[tokio::test]
async fn the_token_is_kept_as_its_hash_alone() {
    let hospital = Hospital::open().await;
    let owner = hospital.patient().await;
    let address = card(&hospital.program(owner).await, owner.id, "printed").await;
    let token = address.rsplit('/').next().unwrap();
    assert_eq!(token.len(), 43, "256 bits");
    let kept = hospital.test.texts("select c::text from identity_cards c").await;
    assert!(kept.len() == 1 && !kept[0].contains(token));
    let hashed = format!("select count(*) from identity_cards where token_hash = sha256('{token}')");
    assert_eq!(hospital.test.count(&hashed).await, 1);
    let told = format!("select count(*) from audit_log a where a::text like '%{token}%'");
    assert_eq!(hospital.test.count(&told).await, 0);
}

#[tokio::test]
async fn a_printed_card_is_replaced_by_the_next_and_taken_back_by_its_owner() {
    let hospital = Hospital::open().await;
    let (owner, other, nurse) =
        (hospital.patient().await, hospital.patient().await, hospital.member(Role::Nurse).await);
    let (mine, desk) = (hospital.program(owner).await, hospital.program(nurse).await);
    let first = card(&mine, owner.id, "printed").await;
    scanned(&desk, &first, 200).await;
    let second = card(&mine, owner.id, "printed").await;
    scanned(&desk, &first, 404).await;
    scanned(&desk, &second, 200).await;
    let cards = mine.get(&format!("/api/v1/patients/{}/cards", owner.id)).await.is(200).json();
    assert_eq!(cards["items"].as_array().unwrap().len(), 1);
    assert_eq!((&cards["items"][0]["scans"], &cards["items"][0]["kind"]), (&json!(1), &json!("printed")));
    assert!(cards["items"][0]["last_scanned_at"].is_string());
    let id = cards["items"][0]["id"].as_str().unwrap().to_owned();
    let revocation = |patient: uuid::Uuid| format!("/api/v1/patients/{patient}/cards/{id}/revocation");
    let stranger = hospital.program(other).await;
    stranger.post_json(&revocation(owner.id), &json!({})).await.is(404);
    stranger.post_json(&revocation(other.id), &json!({})).await.is(404);
    stranger.get(&format!("/api/v1/patients/{}/cards", owner.id)).await.is(404);
    stranger.post_json(&format!("/api/v1/patients/{}/cards", owner.id), &json!({})).await.is(404);
    scanned(&desk, &second, 200).await;
    mine.post_json(&revocation(owner.id), &json!({})).await.is(200);
    mine.post_json(&revocation(owner.id), &json!({})).await.is(200);
    scanned(&desk, &second, 404).await;
    let third = card(&mine, owner.id, "printed").await;
    hospital.test.pass_minutes(366 * 24 * 60);
    scanned(&hospital.program(nurse).await, &third, 404).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_print_at_once_one_card_is_in_force() {
    let hospital = Hospital::open().await;
    let owner = hospital.patient().await;
    let mine = hospital.program(owner).await;
    let both = [mine.clone(), mine.clone(), mine.clone(), mine.clone()];
    let printed = both.iter().map(|client| card(client, owner.id, "printed"));
    futures::future::join_all(printed).await;
    let alive = "select count(*) from identity_cards where kind = 'printed' and revoked_at is null";
    assert_eq!(hospital.test.count(alive).await, 1);
    assert_eq!(hospital.test.count("select count(*) from identity_cards").await, 4);
}

#[tokio::test]
async fn a_guardian_has_the_card_of_a_child_until_they_no_longer_act_for_it() {
    let hospital = Hospital::open().await;
    let (parent, nurse) = (hospital.patient().await, hospital.member(Role::Nurse).await);
    let mine = hospital.program(parent).await;
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-2000);
    let child = json!({ "full_name": "Ayaan Rahman", "birth_date": born, "relation": "parent" });
    let child = mine.post_json("/api/v1/dependants", &child).await.is(201).field("patient_id");
    let page = hospital.browser(parent).await.get(&format!("/account/cards/{child}")).await.is(200).text();
    assert!(page.contains("Ayaan Rahman") && page.contains("<svg"));
    let address = card(&mine, &child, "printed").await;
    assert_eq!(scanned(&hospital.program(nurse).await, &address, 200).await["full_name"], "Ayaan Rahman");
    mine.post_json(&format!("/api/v1/dependants/{child}/ending"), &json!({})).await.is(200);
    let later = hospital.program(parent).await;
    later.post_json(&format!("/api/v1/patients/{child}/cards"), &json!({})).await.is(404);
    hospital.browser(parent).await.get(&format!("/account/cards/{child}")).await.is(404);
}

#[tokio::test]
async fn every_scan_stands_in_the_patients_access_log_with_its_reason() {
    let hospital = Hospital::open().await;
    let (owner, nurse) = (hospital.patient().await, hospital.member(Role::Nurse).await);
    let mine = hospital.program(owner).await;
    let address = card(&mine, owner.id, "screen").await;
    let desk = hospital.browser(nurse).await;
    desk.get(&path(&address)).await.is(200);
    desk.get(&path(&address)).await.is(200);
    let rows = format!(
        "select action || ' ' || purpose || ' ' || outcome from audit_log where patient_id = '{}' and object = 'identity_card'
             and actor = '{}'",
        owner.id, nurse.id
    );
    assert_eq!(hospital.test.texts(&rows).await, ["scanned identification ok", "scanned identification ok"]);
    let log = hospital.browser(owner).await.get("/record/access-log").await.is(200).text();
    assert!(log.contains("Hospital card") && log.contains("The front desk asked who you are"), "in words");
    // A card that is dead tells of nobody.
    hospital.test.pass_minutes(10);
    hospital.browser(nurse).await.get(&path(&address)).await.is(404);
    assert_eq!(hospital.test.texts(&rows).await.len(), 2);
}

#[tokio::test]
async fn reception_says_that_the_holder_is_here() {
    let hospital = Hospital::open().await;
    let (patient, doctor, appointment, starts_at) = hospital.confirmed("10:00", &Words::default()).await;
    let nurse = hospital.member(Role::Nurse).await;
    hospital.wait_until(10, starts_at).await;
    let address = path(&card(&hospital.program(patient).await, patient.id, "screen").await);
    let arrival = format!("{address}/arrivals/{appointment}");
    let other = hospital.browser(hospital.doctor(&offer()).await).await;
    other.get("/desk").await.is(200);
    other.post_form(&arrival, &[]).await.is(404);
    let desk = hospital.browser(nurse).await;
    let stranger = hospital.patient().await;
    let theirs = path(&card(&hospital.program(stranger).await, stranger.id, "screen").await);
    desk.get(&theirs).await.is(200);
    desk.post_form(&format!("{theirs}/arrivals/{appointment}"), &[]).await.is(404);
    assert!(desk.get(&address).await.is(200).text().contains(&arrival), "the button is there");
    desk.post_form(&arrival, &[]).await.is(303);
    let state = format!("select visit_status from appointments where id = '{appointment}'");
    assert_eq!(hospital.test.texts(&state).await, ["waiting"]);
    let who = format!(
        "select actor_role || ' ' || actor_account_id from appointment_events where appointment_id = '{appointment}' and verb = 'arrive'"
    );
    assert_eq!(hospital.test.texts(&who).await, [format!("nurse {}", nurse.id)]);
    assert!(!desk.get(&address).await.is(200).text().contains(&arrival), "and gone");
    desk.post_form(&arrival, &[]).await.is(303);
    let day = hospital.browser(doctor).await;
    day.get(&address).await.is(200);
}
