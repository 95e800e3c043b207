//! Prescribed things for tests.

use kernel::{Random, Timestamp, ids::PrescriptionItemId};

use super::{Item, ItemContent};
use crate::{
    directions::{Directions, Dose, Frequency},
    formulary,
};

/// Tablets of cetirizine, one a day, so many for so many days, with refills.
pub(crate) fn item(quantity: i32, days: u16, refills: u8) -> Item {
    let drug = formulary::search("cetirizine 10 tablet", 1)[0];
    let directions = Directions {
        dose: Dose::from_number(1.0).expect("a dose"),
        unit: drug.dose_unit,
        route: drug.route,
        frequency: Frequency::Qd,
        as_needed: None,
        days,
        instructions: String::new(),
    };
    Item {
        id: PrescriptionItemId::from_uuid(Random::seeded(7).uuid7(Timestamp::from_unix_seconds(0))),
        position: 1,
        quantity,
        quantity_unit: drug.quantity_unit,
        content: ItemContent { refills, ..ItemContent::of(drug, directions) },
    }
}
