//! One whole visit, told through the JSON doors: booked, paid, met, written, prescribed, signed, reviewed.

use kernel::Timestamp;
use scheduling::Mode;
use serde_json::json;
use testkit::Client;

use super::{Hospital, Person, book, offer};

/// What people say in it; health content all of it.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) reason: String,
    pub(crate) allergy: String,
    pub(crate) reaction: String,
    pub(crate) problem: String,
    pub(crate) note: String,
    pub(crate) instructions: String,
    pub(crate) remark: String,
}

impl Default for Words {
    fn default() -> Self {
        let word = str::to_owned;
        Self {
            reason: word("An itching rash"),
            allergy: word("Peanuts"),
            reaction: word("Swollen lips"),
            problem: word("Since childhood"),
            note: word("Red patches on both elbows"),
            instructions: word("Thinly, in the evening"),
            remark: word("Come back if it spreads"),
        }
    }
}

/// A visit and what came of it, by id.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) patient: Person,
    pub(crate) doctor: Person,
    pub(crate) appointment: String,
    pub(crate) visit: String,
    pub(crate) prescription: String,
    pub(crate) allergy: String,
    pub(crate) problem: String,
    /// Where the test has sent one.
    pub(crate) document: String,
}

impl Hospital {
    /// A confirmed appointment of a new patient with a new doctor.
    pub(crate) async fn confirmed(&self, wall: &str, words: &Words) -> (Person, Person, String, Timestamp) {
        let (patient, doctor) = (self.patient().await, self.doctor(&offer()).await);
        let starts_at = self.at(wall);
        let mine = self.program(patient).await;
        let wish =
            json!({ "doctor_id": doctor.id, "starts_at": starts_at, "mode": Mode::Video, "reason": words.reason });
        let appointment = mine.post_json("/api/v1/appointments", &wish).await.is(201).field("id");
        self.pay(&mine, &appointment).await;
        (patient, doctor, appointment, starts_at)
    }

    /// The doctor has admitted the patient, who said beforehand what there is to know.
    pub(crate) async fn met(&self, words: &Words) -> Story {
        let (patient, doctor, appointment, starts_at) = self.confirmed("10:00", words).await;
        self.wait_until(2, starts_at).await;
        let (mine, theirs) = (self.program(patient).await, self.program(doctor).await);
        let chart = format!("/api/v1/patients/{}", patient.id);
        let allergy = json!({ "substance": words.allergy, "reaction": words.reaction, "category": "food" });
        let allergy = mine.post_json(&format!("{chart}/allergies"), &allergy).await.is(201).field("id");
        let signs = json!({ "signs": { "pulse": 71.0, "temperature": 37.4 } });
        mine.post_json(&format!("{chart}/vitals"), &signs).await.is(201);
        let at = format!("/api/v1/appointments/{appointment}");
        mine.post_json(&format!("{at}/arrival"), &json!({})).await.is(200);
        let visit = theirs.post_json(&format!("{at}/visit"), &json!({})).await.is(201).field("visit_id");
        let problem = json!({ "code": "L20.9", "note": words.problem, "visit": visit });
        let problem = theirs.post_json(&format!("{chart}/problems"), &problem).await.is(201).field("id");
        let prescription = self.prescribe(&theirs, &visit, words).await;
        Story { patient, doctor, appointment, visit, prescription, allergy, problem, document: String::new() }
    }

    async fn prescribe(&self, theirs: &Client, visit: &str, words: &Words) -> String {
        let item = json!({
            "drug": "1014678", "dose": 1.0, "frequency": "QHS", "duration_days": 10, "instructions": words.instructions,
        });
        let new = json!({ "items": [item], "notes": words.remark });
        let path = format!("/api/v1/visits/{visit}/prescriptions");
        theirs.post_json(&path, &new).await.is(201).field("id")
    }

    /// The same to its end: everything signed, and reviewed by the patient.
    pub(crate) async fn told(&self, words: &Words) -> Story {
        let story = self.met(words).await;
        self.sign_all(&story, words).await;
        let mine = self.program(story.patient).await;
        let review = json!({ "overall": 5, "text": "Took time for every question" });
        let path = format!("/api/v1/appointments/{}/review", story.appointment);
        mine.post_json(&path, &review).await.is(201);
        self.doors.work().await;
        story
    }

    pub(crate) async fn sign_all(&self, story: &Story, words: &Words) {
        let theirs = self.program(story.doctor).await;
        let at = format!("/api/v1/visits/{}", story.visit);
        let note = json!({
            "reason": words.note, "history": words.note, "findings": words.note, "assessment": words.note,
            "plan": words.note, "diagnoses": ["L20.9"], "vitals": { "pulse": 72.0 },
        });
        theirs.put_json(&format!("{at}/note"), &note).await.is(200);
        let path = format!("/api/v1/prescriptions/{}/signature", story.prescription);
        theirs.post_json(&path, &json!({})).await.is(201);
        theirs.post_json(&format!("{at}/signature"), &json!({})).await.is(201);
    }

    /// A hold of this patient at this doctor.
    pub(crate) async fn held(&self, patient: Person, doctor: Person, wall: &str) -> String {
        let starts_at = self.at(wall);
        book(&self.program(patient).await, doctor, starts_at).await.is(201).field("id")
    }
}
