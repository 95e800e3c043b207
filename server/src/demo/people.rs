//! Rows of people, places and what doctors offer.

use db::Tx;
use kernel::ids::CheckId;
use serde_json::{Value, json};

use super::dice::Dice;
use super::practice::Practice;
use super::{Scene, store};

pub(super) async fn write(
    tx: &mut Tx,
    scene: &Scene<'_>,
    dice: &mut Dice,
    password_hash: &str,
) -> Result<(), db::Error> {
    let joined = scene.now.plus_days(-90);
    let cast = scene.cast;
    let accounts: Value = cast
        .accounts
        .iter()
        .map(|a| json!({"id": a.id, "email": a.email, "name": a.name, "time_zone": a.zone, "exempt": a.exempt, "role": a.role, "at": joined}))
        .collect();
    store::people::insert_accounts(tx, &accounts, password_hash).await?;
    store::people::insert_roles(tx, &accounts).await?;
    store::people::insert_practitioners(tx, &practitioners(scene)).await?;
    store::people::insert_checks(tx, &checks(scene, dice)).await?;
    let patients: Value = cast
        .patients
        .iter()
        .map(|p| {
            json!({"id": p.id, "account_id": p.account, "record_no": p.record_no, "full_name": p.name, "birth_date": p.birth,
                   "sex": if p.woman { "female" } else { "male" }, "phone": p.phone, "country": p.city.country, "at": joined})
        })
        .collect();
    store::people::insert_patients(tx, &patients).await?;
    places(tx, scene).await?;
    practices(tx, scene).await
}

fn practitioners(scene: &Scene<'_>) -> Value {
    let joined = scene.now.plus_days(-90);
    scene
        .cast
        .doctors
        .iter()
        .map(|d| {
            json!({"id": d.id, "account_id": d.account, "slug": d.slug, "full_name": d.name,
                   "gender": if d.woman { "female" } else { "male" }, "qualification": d.specialty.qualification,
                   "registration_no": d.registration_no, "registration_body": d.city.registration_body,
                   "practising_since": d.since, "biography": d.biography, "languages": d.languages.join(","),
                   "specialty": d.specialty.code, "country": d.city.country, "city": d.city.name, "time_zone": d.city.zone,
                   "at": joined})
        })
        .collect()
}

fn checks(scene: &Scene<'_>, dice: &mut Dice) -> Value {
    let checked = scene.now.plus_days(-88);
    let mut rows = Vec::new();
    for doctor in &scene.cast.doctors {
        let register =
            format!("The public register of {}, entry {}", doctor.city.registration_body, doctor.registration_no);
        let until = scene.now.plus_days(dice.between(200, 1400)).date_in(&doctor.zone());
        for (kind, looked_at, until) in
            [("licence", register.as_str(), Some(until)), ("identity", "The passport that was shown", None)]
        {
            let id: CheckId = dice.id(checked);
            rows.push(json!({"id": id, "practitioner_id": doctor.id, "kind": kind, "looked_at": looked_at, "valid_until": until,
                             "checked_by": scene.cast.administrator, "at": checked}));
        }
    }
    Value::Array(rows)
}

async fn places(tx: &mut Tx, scene: &Scene<'_>) -> Result<(), db::Error> {
    let joined = scene.now.plus_days(-90);
    let facilities: Value = scene
        .cast
        .centres
        .iter()
        .map(|centre| {
            let open_on = (1..=7).filter(|day| !centre.city.days_off.contains(day));
            let hours: Vec<Value> =
                open_on.map(|day| json!({"weekday": day, "opens": "08:00", "closes": "20:00"})).collect();
            let words = centre.words;
            json!({"id": centre.id, "name": words.name, "kind": words.kind, "street": words.street, "city": words.city,
                   "country": centre.city.country, "latitude": words.latitude, "longitude": words.longitude,
                   "time_zone": centre.city.zone, "phone": centre.phone, "opening_hours": hours, "at": joined})
        })
        .collect();
    store::people::insert_facilities(tx, &facilities).await?;
    let doctors = scene.cast.doctors.iter();
    let places: Value = doctors
        .filter_map(|doctor| Some(json!({"practitioner_id": doctor.id, "facility_id": doctor.centre?})))
        .collect();
    store::people::insert_practice_places(tx, &places).await
}

async fn practices(tx: &mut Tx, scene: &Scene<'_>) -> Result<(), db::Error> {
    let joined = scene.now.plus_days(-90);
    let services: Value = scene
        .practices
        .iter()
        .flat_map(|practice| &practice.services)
        .map(|s| {
            json!({"id": s.id, "practitioner_id": s.practitioner, "facility_id": s.facility, "mode": s.mode, "minutes": s.minutes,
                   "price": s.price, "requires_approval": s.requires_approval, "at": joined})
        })
        .collect();
    store::people::insert_services(tx, &services).await?;
    let of_doctors = || scene.practices.iter().zip(&scene.cast.doctors);
    let schedules: Value = of_doctors()
        .map(|(practice, doctor)| {
            json!({"id": practice.schedule, "practitioner_id": doctor.id, "time_zone": doctor.city.zone, "valid_from": practice.valid_from})
        })
        .collect();
    store::people::insert_schedules(tx, &schedules).await?;
    let windows: Value = of_doctors()
        .flat_map(|(practice, doctor)| {
            let row = move |window: &super::practice::Window| {
                json!({"id": window.id, "schedule_id": practice.schedule, "practitioner_id": doctor.id, "weekday": window.weekday,
                       "starts": window.starts.to_string(), "ends": window.ends.to_string()})
            };
            practice.windows.iter().map(row)
        })
        .collect();
    store::people::insert_windows(tx, &windows).await?;
    let exceptions: Value = of_doctors().flat_map(|(practice, doctor)| exceptions(practice, doctor)).collect();
    store::people::insert_exceptions(tx, &exceptions).await
}

fn exceptions(practice: &Practice, doctor: &super::cast::Doctor) -> Vec<Value> {
    let rows = practice.exceptions.iter().map(|exception| {
        let (starts, ends) = exception.hours.map(|(starts, ends)| (starts.to_string(), ends.to_string())).unzip();
        json!({"id": exception.id, "practitioner_id": doctor.id, "kind": exception.kind, "day": exception.on, "starts": starts,
               "ends": ends, "time_zone": doctor.city.zone})
    });
    rows.collect()
}
