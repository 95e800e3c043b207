//! Rows of the record: what patients are allergic to, live with, were measured at, and what doctors wrote; reviews.

use chart::allergies::{AllergyContent, Category, Criticality, Severity};
use chart::problems::ProblemContent;
use chart::vitals::VitalSigns;
use consultations::notes::{Diagnosis, NoteContent, signed_hash};
use kernel::ids::{AllergyId, NoteId, ProblemId, ReviewId, VitalsId};
use prescriptions::prescribing::{NewItem, PastPrescription};
use serde_json::{Value, json};
use vault::At;

use super::agenda::{Fate, Meeting};
use super::dice::Dice;
use super::meetings::signed_at;
use super::seal::{Sealer, base64};
use super::words::{medicines, reviews};
use super::{DemoError, Scene, store};

/// What some are allergic to: substance, kind, reaction, how bad.
const ALLERGIES: &[(&str, Category, &str, Severity)] = &[
    ("Penicillin", Category::Medicine, "Hives all over and a swollen face within an hour", Severity::Severe),
    ("Ibuprofen", Category::Medicine, "Wheezing", Severity::Moderate),
    ("Sulfamethoxazole", Category::Medicine, "Rash on the trunk", Severity::Moderate),
    ("Peanuts", Category::Food, "Swollen lips", Severity::Severe),
    ("Shrimps", Category::Food, "Itching and vomiting", Severity::Moderate),
    ("House dust mites", Category::Environment, "Blocked nose in the mornings", Severity::Mild),
    ("Latex", Category::Environment, "Itching hands", Severity::Mild),
];
/// Codes of what stays.
const LASTING: &[&str] =
    &["I10", "J45.909", "E11.65", "E11.9", "E03.9", "L20.9", "K21.9", "N18.31", "M06.9", "I25.2", "J45.40", "G43.109"];

pub(super) async fn write(sealer: &mut Sealer<'_>, scene: &Scene<'_>, dice: &mut Dice) -> Result<(), DemoError> {
    let allergic = allergies(sealer, scene, dice).await?;
    let mut problems = Vec::new();
    let mut vitals = Vec::new();
    let mut notes = Vec::new();
    for meeting in scene.meetings.iter().filter(|meeting| meeting.fate.has_visit()) {
        let signs = signs(dice, meeting);
        if meeting.fate != Fate::InCall {
            notes.push(note(sealer, scene, dice, meeting, signs).await?);
        }
        if meeting.fate == Fate::Signed {
            vitals.extend(measured(sealer, scene, dice, meeting, signs).await?);
            problems.extend(problem(sealer, scene, dice, meeting).await?);
        }
    }
    store::care::insert_problems(sealer.tx, &Value::Array(problems)).await?;
    store::care::insert_vitals(sealer.tx, &Value::Array(vitals)).await?;
    store::care::insert_notes(sealer.tx, &Value::Array(notes)).await?;
    for meeting in scene.meetings.iter().filter(|meeting| meeting.fate == Fate::Signed) {
        prescribed(sealer, scene, meeting, allergic[meeting.patient]).await?;
    }
    reviewed(sealer, scene, dice).await
}

/// The first patient must not have penicillin; a third of the others have something, some said that there is nothing.
async fn allergies(
    sealer: &mut Sealer<'_>,
    scene: &Scene<'_>,
    dice: &mut Dice,
) -> Result<Vec<Option<usize>>, DemoError> {
    let at = scene.now.plus_days(-80);
    let mut rows = Vec::new();
    let mut answers = Vec::new();
    let mut allergic = Vec::new();
    for (index, patient) in scene.cast.patients.iter().enumerate() {
        let has = if index == 0 { Some(0) } else { dice.chance(35).then(|| dice.below(ALLERGIES.len())) };
        allergic.push(has);
        if let Some(which) = has {
            let (substance, category, reaction, severity) = ALLERGIES[which];
            let criticality = if severity == Severity::Severe { Criticality::High } else { Criticality::Low };
            let content = AllergyContent {
                substance: substance.into(),
                category,
                reaction: reaction.into(),
                severity,
                criticality,
            };
            let id: AllergyId = dice.id(at);
            let secret = sealer.json(patient.id, At::new("allergies", "content_sealed", id.uuid()), &content).await?;
            rows.push(json!({"id": id, "patient_id": patient.id, "content": secret, "recorded_by": patient.account, "at": at}));
        }
        if has.is_some() || dice.chance(60) {
            let answer = if has.is_none() { "none_known" } else { "listed" };
            answers.push(json!({"patient_id": patient.id, "answer": answer, "answered_by": patient.account, "at": at}));
        }
    }
    store::care::insert_allergies(sealer.tx, &Value::Array(rows)).await?;
    store::care::insert_allergy_answers(sealer.tx, &Value::Array(answers)).await?;
    Ok(allergic)
}

/// What the story calls for, but nothing that the patient must not have.
async fn prescribed(
    sealer: &mut Sealer<'_>,
    scene: &Scene<'_>,
    meeting: &Meeting<'_>,
    allergy: Option<usize>,
) -> Result<(), DemoError> {
    let barred: &[&str] = match allergy.map(|which| ALLERGIES[which].0) {
        Some("Ibuprofen") => &["ibuprofen", "naproxen", "aspirin"],
        _ => &[],
    };
    let wanted =
        meeting.case.medicines.iter().filter(|name| !barred.contains(name)).filter_map(|name| medicines::named(name));
    let items: Vec<NewItem> = wanted
        .map(|medicine| NewItem {
            drug: medicine.drug.into(),
            dose: Some(medicine.dose),
            frequency: medicine.frequency().into(),
            as_needed_for: medicine.needed_for().map(Into::into),
            duration_days: Some(medicine.days),
            instructions: (!medicine.instructions.is_empty()).then(|| medicine.instructions.into()),
            ..NewItem::default()
        })
        .collect();
    if items.is_empty() {
        return Ok(());
    }
    let past = PastPrescription {
        visit: meeting.visit,
        patient: scene.cast.patients[meeting.patient].id,
        practitioner: scene.cast.doctors[meeting.doctor].id,
        items,
        notes: String::new(),
        signed_at: signed_at(meeting),
    };
    sealer.write_past(past).await
}

fn diagnosis(meeting: &Meeting<'_>) -> Option<Diagnosis> {
    let known = chart::icd10::find(meeting.case.code)?;
    Some(Diagnosis { code: known.code.to_owned(), name: known.name.to_owned() })
}

async fn note(
    sealer: &mut Sealer<'_>,
    scene: &Scene<'_>,
    dice: &mut Dice,
    meeting: &Meeting<'_>,
    vitals: VitalSigns,
) -> Result<Value, DemoError> {
    let (patient, doctor) = (&scene.cast.patients[meeting.patient], &scene.cast.doctors[meeting.doctor]);
    let case = meeting.case;
    let content = NoteContent {
        reason: case.reason.into(),
        history: case.history.into(),
        findings: case.findings.into(),
        assessment: case.assessment.into(),
        diagnoses: diagnosis(meeting).into_iter().collect(),
        plan: case.plan.into(),
        follow_up_on: case.follow_up_days.map(|days| meeting.ended_at.plus_days(days).date_in(&doctor.zone())),
        vitals,
    };
    let id: NoteId = dice.id(meeting.ended_at);
    let bytes = serde_json::to_vec(&content).map_err(vault::Error::from)?;
    let at = At::new("visit_notes", "content_sealed", id.uuid()).version(1);
    let secret = sealer.bytes(patient.id, at, &bytes).await?;
    let signed = (meeting.fate == Fate::Signed).then(|| signed_at(meeting));
    let hash =
        signed.map(|signed| base64(&signed_hash(meeting.visit, (patient.id, doctor.id), (id, 1), signed, &bytes)));
    Ok(
        json!({"id": id, "visit_id": meeting.visit, "patient_id": patient.id, "practitioner_id": doctor.id, "content": secret,
              "signed_at": signed, "hash": hash, "at": meeting.ended_at}),
    )
}

/// Measured at home and told: not at every visit.
fn signs(dice: &mut Dice, meeting: &Meeting<'_>) -> VitalSigns {
    let mut signs = VitalSigns::default();
    if meeting.fate == Fate::InCall || dice.chance(30) {
        return signs;
    }
    let high = meeting.case.code == "I10";
    let fever = meeting.case.code == "R50.9";
    let number = |tenths: i64| f64::from(i32::try_from(tenths).unwrap_or(0)) / 10.0;
    signs.systolic = Some(number(dice.between(if high { 146 } else { 108 }, if high { 158 } else { 132 }) * 10));
    signs.diastolic = Some(number(dice.between(if high { 90 } else { 66 }, if high { 98 } else { 84 }) * 10));
    signs.pulse = Some(number(dice.between(58, 92) * 10));
    signs.temperature = Some(number(if fever { dice.between(382, 391) } else { dice.between(362, 371) }));
    if dice.chance(50) {
        signs.weight = Some(number(dice.between(480, 960)));
    }
    signs
}

async fn measured(
    sealer: &mut Sealer<'_>,
    scene: &Scene<'_>,
    dice: &mut Dice,
    meeting: &Meeting<'_>,
    signs: VitalSigns,
) -> Result<Option<Value>, DemoError> {
    if signs.is_empty() {
        return Ok(None);
    }
    let patient = &scene.cast.patients[meeting.patient];
    let id: VitalsId = dice.id(meeting.ended_at);
    let secret = sealer.json(patient.id, At::new("vitals", "content_sealed", id.uuid()), &signs).await?;
    let doctor = scene.cast.doctors[meeting.doctor].account;
    Ok(Some(
        json!({"id": id, "patient_id": patient.id, "visit_id": meeting.visit, "content": secret, "recorded_by": doctor,
                   "role": "clinician", "at": signed_at(meeting)}),
    ))
}

async fn problem(
    sealer: &mut Sealer<'_>,
    scene: &Scene<'_>,
    dice: &mut Dice,
    meeting: &Meeting<'_>,
) -> Result<Option<Value>, DemoError> {
    let Some(diagnosis) = diagnosis(meeting).filter(|_| LASTING.contains(&meeting.case.code)) else { return Ok(None) };
    let patient = &scene.cast.patients[meeting.patient];
    let mark = sealer.mark("chart.problem", &format!("{}/{}", patient.id, diagnosis.code));
    let content = ProblemContent { code: diagnosis.code, name: diagnosis.name, onset: None, note: String::new() };
    let id: ProblemId = dice.id(meeting.ended_at);
    let secret = sealer.json(patient.id, At::new("problems", "content_sealed", id.uuid()), &content).await?;
    let doctor = scene.cast.doctors[meeting.doctor].account;
    Ok(Some(json!({"id": id, "patient_id": patient.id, "visit_id": meeting.visit, "mark": mark, "content": secret,
                   "recorded_by": doctor, "at": signed_at(meeting)})))
}

/// More than half say something afterwards; most are content.
async fn reviewed(sealer: &mut Sealer<'_>, scene: &Scene<'_>, dice: &mut Dice) -> Result<(), DemoError> {
    let mut rows = Vec::new();
    let mut rated = Vec::new();
    for meeting in scene.meetings.iter().filter(|meeting| meeting.fate == Fate::Signed) {
        let at = signed_at(meeting).plus_minutes(dice.between(20, 2_000));
        if at > scene.now || dice.chance(40) {
            continue;
        }
        let (overall, bodies) = match dice.below(100) {
            0..=61 => (5, reviews::FIVE),
            62..=89 => (4, reviews::FOUR),
            _ => (3, reviews::THREE),
        };
        let body = *dice.pick(bodies);
        let mut around = || dice.between((overall - 1).max(1), 5.min(overall + 1));
        let parts = [around(), around(), around(), around()];
        let id: ReviewId = dice.id(at);
        let patient = &scene.cast.patients[meeting.patient];
        let doctor = &scene.cast.doctors[meeting.doctor];
        rows.push(
            json!({"id": id, "appointment_id": meeting.id, "patient_id": patient.id, "practitioner_id": doctor.id,
                         "overall": overall, "listening": parts[0], "explanation": parts[1], "punctuality": parts[2],
                         "technology": parts[3], "body": body, "author": author(&patient.name), "at": at}),
        );
        rated.push(doctor.id.uuid());
    }
    rated.sort_unstable();
    rated.dedup();
    store::care::insert_reviews(sealer.tx, &Value::Array(rows)).await?;
    store::care::rate(sealer.tx, &rated).await?;
    Ok(())
}

/// "Maria Gomes" signs as "Maria G."
fn author(name: &str) -> String {
    let (given, family) = name.split_once(' ').unwrap_or((name, ""));
    family.chars().next().map_or_else(|| given.to_owned(), |initial| format!("{given} {initial}."))
}
