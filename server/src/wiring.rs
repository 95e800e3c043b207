//! Every room of the hospital, and the news that one room has for another.
//!
//! This is the one place that knows them all. A room subscribes to the events of rooms it depends on by itself; what is wired here
//! is what crosses rooms that do not know each other.

use std::sync::Arc;

use web::Room;

/// In the order in which rooms may call each other.
pub fn rooms() -> Vec<Room> {
    vec![
        identity::room(),
        people::room(),
        facilities::room(),
        chart::room(),
        billing::room(),
        scheduling::room(),
        emergency::room(),
        messaging::room(),
        consultations::room(),
        correspondence::room(),
        prescriptions::room(),
        community::room(),
        home::room(),
    ]
}

/// What the record shows of rooms that come after it.
pub fn record_panels() -> chart::RecordPanels {
    chart::RecordPanels(vec![Arc::new(consultations::VisitsPanel), Arc::new(prescriptions::PrescriptionsPanel)])
}

/// What the desk does with somebody who has shown a card.
pub fn front_desk() -> people::cards::FrontDesk {
    people::cards::FrontDesk(Arc::new(scheduling::appointments::Desk))
}

/// What a draft of a note needs to know of medicines.
pub fn medicines() -> consultations::drafts::Medicines {
    consultations::drafts::Medicines(Box::new(prescriptions::VisitMedicines))
}

/// What is counted and compared before two records are joined.
pub fn holdings() -> people::joins::Parts {
    people::joins::Parts(vec![
        Arc::new(chart::ChartHoldings),
        Arc::new(scheduling::AppointmentHoldings),
        Arc::new(consultations::VisitHoldings),
        Arc::new(prescriptions::PrescriptionHoldings),
    ])
}
