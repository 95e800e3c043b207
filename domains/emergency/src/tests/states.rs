//! The ladder as a table: `docs/generated/states/urgent-ladder.md` is written from the code and must be what is committed.

use std::{fmt::Write as _, path::Path};

use kernel::{Locale, Timestamp, Zone, ids::PatientId};

use crate::{
    Acuity,
    requests::{
        Request, Rung, Status,
        policy::{Facts, WAVES, after},
    },
};

fn request(level: i16, rung: Rung, known: bool) -> Request {
    let now = Timestamp::from_unix_seconds(1_790_000_000);
    Request {
        id: uuid::Uuid::nil().into(),
        patient: known.then(|| PatientId::from_uuid(uuid::Uuid::nil())),
        country: None,
        locale: Locale::En,
        zone: Zone::utc(),
        acuity: Acuity::try_from(level).unwrap(),
        status: Status::Seeking,
        rung,
        step: 0,
        next_at: now,
        promised_by: now.plus_minutes(10),
        practitioner: None,
        appointment: None,
        held_until: None,
        is_override: false,
        created_at: now,
    }
}

fn table() -> String {
    let mut text = String::from(
        "# The ladder of urgent requests: rung × what it gave\n\nWritten by `cargo nextest run -p emergency the_ladder_is_the_one_in_the_docs`; \
         do not edit. A rung that gives a time ends the ladder.\n\n| level | person | rung | doctors asked | next rung | after |\n|---|---|---|---|---|---|\n",
    );
    for level in 1..=3 {
        for known in [true, false] {
            for rung in [Rung::Reserved, Rung::Pool, Rung::Insert, Rung::Displace] {
                // A place of one's own needs a name, and who is less urgent overrides nobody: those rungs are not reached.
                if matches!(rung, Rung::Insert | Rung::Displace) && (!known || level > 2) {
                    continue;
                }
                let cases: &[(bool, i32)] =
                    if rung == Rung::Pool { &[(false, 1), (true, 1), (true, WAVES)] } else { &[(false, 1)] };
                for (asked, waves) in cases {
                    row(&mut text, &request(level, rung, known), (*asked, *waves));
                }
            }
        }
    }
    text
}

fn row(text: &mut String, held: &Request, (asked, waves): (bool, i32)) {
    let (next, at) = after(held, Facts { now: held.created_at, waves, asked, kept: false });
    let person = if held.patient.is_some() { "known" } else { "guest" };
    let told = match (held.rung, asked) {
        (Rung::Pool, true) => format!("wave {waves}"),
        (Rung::Pool, false) => "nobody is ready".to_owned(),
        _ => "–".to_owned(),
    };
    let wait = at.seconds_since(held.created_at);
    let (level, rung, next) = (held.acuity.level(), held.rung.code(), next.code());
    let _ = writeln!(text, "| {level} | {person} | {rung} | {told} | {next} | {wait} s |");
}

#[test]
fn the_ladder_is_the_one_in_the_docs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/states/urgent-ladder.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if written != table() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, table()).unwrap();
        assert!(written.is_empty(), "the table has changed and is written anew: look at it and commit it");
    }
}
