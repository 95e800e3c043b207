//! Whose record the pages show: a parent's choice, in every tab, for this session alone.

use serde_json::json;
use testkit::Client;

use crate::support::{Hospital, Person, pdf};

const LATEX: [(&str, &str); 2] = [("substance", "Latex"), ("category", "environment")];

/// A parent at a browser, and the child.
async fn family(hospital: &Hospital) -> (Person, Client, String) {
    let parent = hospital.patient().await;
    let born = hospital.test.now().await.date_in(&kernel::Zone::utc()).plus_days(-5 * 365 - 100);
    let child = json!({ "full_name": "Ayaan Rahman", "birth_date": born, "relation": "parent" });
    let program = hospital.program(parent).await;
    let child = program.post_json("/api/v1/dependants", &child).await.is(201).field("patient_id");
    (parent, hospital.browser(parent).await, child)
}

async fn choose(browser: &Client, patient: &str, next: &str) {
    let answer = browser.post_form("/acting-for", &[("patient", patient), ("next", next)]).await.is(303);
    assert_eq!(answer.location(), next);
}

async fn latex_of(hospital: &Hospital, patient: &str) -> i64 {
    hospital.test.count(&format!("select count(*) from allergies where patient_id = '{patient}'")).await
}

#[tokio::test]
async fn a_parent_opens_a_childs_record_and_comes_back_to_their_own() {
    let hospital = Hospital::open().await;
    let (parent, browser, child) = family(&hospital).await;
    let mine = browser.get("/record").await.is(200).text();
    assert!(mine.contains("Ayaan Rahman") && !mine.contains("You act for somebody else"), "{mine}");
    choose(&browser, &child, "/record").await;
    let theirs = browser.get("/record").await.is(200).text();
    assert!(
        theirs.contains("You act for somebody else") && theirs.contains(&format!("data-for=\"{child}\"")),
        "{theirs}"
    );
    browser.post_form("/record/allergies", &LATEX).await.is(303);
    assert_eq!((latex_of(&hospital, &child).await, latex_of(&hospital, &parent.id.to_string()).await), (1, 0));
    browser.get("/record/documents/new").await.is(200);
    let words = [("kind", "discharge"), ("title", "Letter"), ("dated_on", "2026-02-03")];
    browser.post_file("/record/documents", &words, ("a.pdf", &pdf())).await.is(303);
    let documents = format!("select count(*) from documents where patient_id = '{child}'");
    assert_eq!(hospital.test.count(&documents).await, 1, "files that are streamed, too");
    // Every page of a record, of the child now.
    for page in [
        "/record",
        "/record/timeline",
        "/record/documents",
        "/record/immunizations",
        "/record/vitals",
        "/record/family-history",
        "/record/social-history",
        "/record/sharing",
        "/record/access-log",
        "/record/access-log/questions",
        "/prescriptions",
        "/letters",
        "/account/card",
        "/account/profile",
        "/home/patient",
    ] {
        let text = browser.get(page).await.is(200).text();
        assert!(text.contains("You act for somebody else"), "{page}");
    }
    assert!(browser.get("/account/profile").await.is(200).text().contains("value=\"Ayaan Rahman\""));
    choose(&browser, &parent.id.to_string(), "/record").await;
    let mine = browser.get("/record").await.is(200).text();
    assert!(!mine.contains("Latex") && !mine.contains("You act for somebody else"), "{mine}");
    assert!(browser.get("/account/profile").await.is(200).text().contains("value=\"Amina Rahman\""));
}

#[tokio::test]
async fn a_page_of_another_tab_acts_for_whom_it_was_made() {
    let hospital = Hospital::open().await;
    let (parent, browser, child) = family(&hospital).await;
    let own = parent.id.to_string();
    let old = browser.get("/record/allergies/new").await.is(200).form_token().unwrap();
    choose(&browser, &child, "/record").await;
    // Made for the parent, sent while the session has chosen the child.
    let send = async |token: &str| {
        let fields: Vec<_> = [("_csrf", token)].into_iter().chain(LATEX).collect();
        browser.post_fields("/record/allergies", &fields).await.is(303)
    };
    send(&old).await;
    assert_eq!((latex_of(&hospital, &child).await, latex_of(&hospital, &own).await), (0, 1));
    let page = browser.get("/record").await.is(200).text();
    assert!(
        page.contains("Latex") && !page.contains("You act for somebody else"),
        "what it leads to is theirs: {page}"
    );
    // And the other way round.
    choose(&browser, &child, "/record").await;
    let old = browser.get("/record/allergies/new").await.is(200).form_token().unwrap();
    assert_ne!(browser.get("/").await.form_token().as_deref(), None);
    choose(&browser, &own, "/record").await;
    send(&old).await;
    assert_eq!((latex_of(&hospital, &child).await, latex_of(&hospital, &own).await), (1, 1));
    // Scripts say for whom their page was made.
    choose(&browser, &own, "/record").await;
    let other = browser.clone().with_header("x-for", &child);
    assert!(other.get("/account/profile").await.is(200).text().contains("value=\"Ayaan Rahman\""));
    assert!(browser.get("/account/profile").await.is(200).text().contains("value=\"Amina Rahman\""));
}

#[tokio::test]
async fn nobody_chooses_whom_they_do_not_act_for() {
    let hospital = Hospital::open().await;
    let (parent, browser, child) = family(&hospital).await;
    let stranger = hospital.patient().await;
    let other = hospital.browser(stranger).await;
    other.get("/record").await.is(200);
    other.post_form("/acting-for", &[("patient", &child), ("next", "/record")]).await.is(404);
    for nonsense in ["", "x", "00000000-0000-0000-0000-000000000000"] {
        browser.get("/record").await.is(200);
        browser.post_form("/acting-for", &[("patient", nonsense)]).await.is(404);
    }
    let own = |text: &str| text.contains("value=\"Amina Rahman\"");
    let forged = other.clone().with_header("x-for", &child);
    assert!(own(&forged.get("/account/profile").await.is(200).text()), "a header names whom one acts for, or nobody");
    let forged = hospital.browser(stranger).await.with_cookie("for", &format!("{child}.x"));
    assert!(own(&forged.get("/account/profile").await.is(200).text()));
    // Chosen in one session, it says nothing in the next; and a choice leads nowhere but here.
    browser.get("/record").await.is(200);
    choose(&browser, &child, "/record").await;
    let next = hospital.browser(parent).await.with_cookie("for", &format!("{child}.x"));
    assert!(own(&next.get("/account/profile").await.is(200).text()));
    for (to, leads) in [("https://evil.test", "/"), ("//evil.test", "/"), ("/record?x=1", "/record?x=1")] {
        let answer = browser.post_form("/acting-for", &[("patient", &child), ("next", to)]).await.is(303);
        assert_eq!(answer.location(), leads, "{to}");
    }
    let answer = browser.post_form("/acting-for", &[("patient", &child), ("next", &format!("/letters/{child}"))]).await;
    assert_eq!(answer.is(303).location(), "/home/patient", "what is one person's is not opened for another");
    // It ends with the right to act: the session goes on with its own record.
    assert!(browser.get("/record").await.is(200).text().contains("You act for somebody else"));
    hospital.program(parent).await.post_json(&format!("/api/v1/dependants/{child}/ending"), &json!({})).await.is(200);
    let mine = browser.get("/account/profile").await.is(200).text();
    assert!(own(&mine) && !mine.contains("You act for somebody else"), "{mine}");
}

#[tokio::test]
async fn a_childs_profile_renames_nobody_else_and_keeps_the_birthday() {
    let hospital = Hospital::open().await;
    let (parent, browser, child) = family(&hospital).await;
    browser.get("/record").await.is(200);
    choose(&browser, &child, "/account/profile").await;
    let name = format!("select name from accounts where id = '{}'", parent.id);
    let before = hospital.test.texts(&name).await;
    let born =
        hospital.test.texts(&format!("select birth_date::text from patients where id = '{child}'")).await.remove(0);
    let (year, month, day) = (born[..4].to_owned(), born[5..7].to_owned(), born[8..].to_owned());
    let save = async |full_name: &str, year: &str| {
        browser.get("/account/profile").await.is(200);
        let fields = [
            ("full_name", full_name),
            ("birth_date_day", day.as_str()),
            ("birth_date_month", month.as_str()),
            ("birth_date_year", year),
            ("sex_at_birth", "male"),
            ("version", "1"),
        ];
        browser.post_form("/account/profile", &fields).await
    };
    let refused = save("Ayaan R. Rahman", "2024").await.is(422).text();
    assert!(refused.contains("follows from their birthday") && refused.contains("Ayaan R. Rahman"), "{refused}");
    save("Ayaan R. Rahman", &year).await.is(303);
    assert_eq!(hospital.test.texts(&name).await, before, "the parent's account is called as before");
    let kept = hospital.test.texts(&format!("select full_name from patients where id = '{child}'")).await;
    assert_eq!(kept, ["Ayaan R. Rahman"]);
}

#[tokio::test]
async fn scripts_and_refusals_change_nobodys_choice_and_a_link_to_a_childs_thing_does() {
    let hospital = Hospital::open().await;
    let (parent, browser, child) = family(&hospital).await;
    let own = parent.id.to_string();
    browser.get("/record").await.is(200);
    choose(&browser, &child, "/record").await;
    let childs = browser.get("/record/allergies/new").await.is(200).form_token().unwrap();
    choose(&browser, &own, "/record").await;
    let is_own = async || {
        let page = browser.get("/account/profile").await.is(200).text();
        page.contains("value=\"Amina Rahman\"")
    };
    // A script of the child's page, in another tab, again and again.
    let script = browser.clone().with_header("x-csrf-token", &childs);
    script.post_json("/api/v1/urgent-requests", &json!({ "flags": [], "country": "BD" })).await.is(200);
    let of = "select patient_id::text from urgent_requests";
    assert_eq!(hospital.test.texts(of).await, [child.as_str()], "it acts for whom its page was made");
    assert!(is_own().await, "and changes nothing here");
    let panel = browser.clone().with_header("sec-fetch-mode", "cors").with_header("sec-fetch-site", "same-origin");
    let fields: Vec<_> = [("_csrf", childs.as_str())].into_iter().chain(LATEX).collect();
    panel.post_fields("/record/allergies", &fields).await.is(303);
    assert!(is_own().await, "nor does a form that a script sends");
    let refused = browser.post_fields("/record/allergies", &[("_csrf", childs.as_str())]).await.is(422).text();
    assert!(refused.contains("You act for somebody else"), "the form again is the child's: {refused}");
    assert!(is_own().await, "what was refused leads nowhere");
    let gone = format!("/record/allergies/{}/withdrawal", parent.id);
    let refused = browser.post_fields(&gone, &[("_csrf", childs.as_str())]).await.is(404).text();
    assert!(refused.contains("You act for somebody else"), "{refused}");
    assert!(is_own().await);

    // A letter leads to something of the child's: the page says whose it is, and so does what it leads to.
    browser.get(&format!("/account/cards/{child}")).await.is(200);
    assert!(!is_own().await);
    let page = browser.get("/record").await.is(200).text();
    assert!(page.contains("You act for somebody else"));
    let part = browser.clone().with_header("x-fragment", "1");
    choose(&browser, &own, "/record").await;
    assert!(part.get(&format!("/account/cards/{child}")).await.is(200).text().contains("You act for somebody else"));
    assert!(is_own().await, "a part that is loaded again is no going");
}

#[tokio::test]
async fn a_page_from_before_signing_in_is_ones_own() {
    let hospital = Hospital::open().await;
    let (parent, browser, child) = family(&hospital).await;
    let visitor = hospital.doors.visitor();
    let old = visitor.get("/emergency").await.is(200).form_token().unwrap();
    // The same browser, signed in meanwhile, with the child chosen in another tab.
    let session = hospital.session(parent).await;
    let signed_in = visitor.with_cookie("session", &session);
    signed_in.get("/record").await.is(200);
    choose(&signed_in, &child, "/record").await;
    signed_in
        .post_fields("/emergency/requests", &[("_csrf", &old), ("country", "BD"), ("flags", "chest-pain")])
        .await
        .is(303);
    let of = "select patient_id::text from urgent_requests";
    assert_eq!(hospital.test.texts(of).await, [parent.id.to_string()]);
    drop(browser);
}

#[tokio::test]
async fn two_joined_records_are_one_person_on_the_bar() {
    let hospital = Hospital::open().await;
    let parent = hospital.patient().await;
    let retired = hospital.patient().await;
    hospital
        .test
        .force(&format!(
            "insert into record_joins (id, survivor_id, retired_id, identity, reason_sealed, joined_by, joined_at)
             select gen_random_uuid(), '{}', '{}', 'in_person', ''::bytea, account_id, now() from patients where id = '{}'",
            parent.id, retired.id, parent.id
        ))
        .await;
    let browser = hospital.browser(parent).await;
    let page = browser.get("/record").await.is(200).text();
    assert!(!page.contains("/acting-for"), "who has one record chooses nothing: {page}");
    browser.get("/home/patient").await.is(200);
}
