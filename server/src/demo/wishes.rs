//! What the first patient asked for: to act for a child, and to be told when a time gets free. Through the doors' own commands.

use access::{Actor, Role};
use db::Tx;
use kernel::{LocalDate, Sex, Zone};
use people::dependants::{AddChild, Config, Relation, add_child};
use scheduling::{
    Mode,
    slots::WallTime,
    waiting_list::{JoinWaitingList, Sought, Suits, join},
};

use super::{DemoError, Scene, dice::Dice};

/// Where the first patient lives.
const HOME: &str = "Asia/Dhaka";

pub(super) async fn write(tx: &mut Tx, scene: &Scene<'_>, dice: &mut Dice) -> Result<(), DemoError> {
    child(tx, scene).await?;
    place(tx, scene, dice).await
}

/// A daughter of six.
async fn child(tx: &mut Tx, scene: &Scene<'_>) -> Result<(), DemoError> {
    let Some(mother) = scene.cast.patients.first() else { return Ok(()) };
    let today = scene.now.date_in(&Zone::utc()).jiff();
    let born = LocalDate::from_ymd(today.year() - 6, 3, 15).unwrap_or_else(|| mother.birth.plus_days(9000));
    let command = AddChild {
        account: mother.account,
        full_name: "Anika Gomes".to_owned(),
        birth_date: born,
        sex_at_birth: Sex::Female,
        relation: Relation::Parent,
    };
    add_child(tx, &Config::for_tests(), &command).await?;
    Ok(())
}

/// With a doctor of her own city, at hours at which nobody works: she still waits when somebody looks.
async fn place(tx: &mut Tx, scene: &Scene<'_>, dice: &mut Dice) -> Result<(), DemoError> {
    let Some(patient) = scene.cast.patients.first() else { return Ok(()) };
    let near = scene.cast.doctors.iter().zip(scene.practices).skip(1).filter(|(doctor, _)| doctor.city.zone == HOME);
    let mut asked = near.filter_map(|(doctor, practice)| {
        practice.services.first().filter(|service| !service.requires_approval).map(|service| (doctor.id, service.id))
    });
    let Some((practitioner, service)) = asked.next() else { return Ok(()) };
    let Ok(zone) = HOME.parse::<Zone>() else { return Ok(()) };
    let (Ok(starts), Ok(ends)) = ("03:00".parse::<WallTime>(), "04:00".parse::<WallTime>()) else { return Ok(()) };
    let actor = Actor {
        account: patient.account,
        session: dice.id(scene.now),
        roles: vec![Role::Patient],
        patients: vec![patient.id],
        name: patient.name.clone(),
        zone: zone.clone(),
        ..Actor::nobody()
    };
    let today = scene.now.date_in(&zone);
    let suits =
        Suits { from_day: today, until_day: today.plus_days(21), weekdays: vec![1, 2, 3, 4, 7], starts, ends, zone };
    let command = JoinWaitingList {
        patient: patient.id,
        sought: Sought::Doctor { practitioner, service },
        mode: Mode::Video,
        suits,
    };
    join(tx, &actor, command).await?;
    Ok(())
}
