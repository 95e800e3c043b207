//! Whose record the pages show from here on.

use identity::door::Refused;
use kernel::{FaultKind, ids::PatientId};
use serde::Deserialize;
use web::{Form, Patient};

pub(super) fn routes() -> web::Routes {
    web::Routes::new().post::<Patient, _, _>("/acting-for", choose)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choice {
    patient: String,
    next: String,
}

/// `POST /acting-for`
async fn choose(me: Patient, Form(choice): Form<Choice>) -> web::Result {
    let chosen: Option<PatientId> = choice.patient.parse().ok();
    let Some(patient) = chosen.filter(|patient| me.actor().patients.contains(patient)) else {
        return Err(Refused(FaultKind::NotFound).into());
    };
    let next = if is_for_anybody(&choice.next) { web::local_path(&choice.next) } else { "/home/patient" };
    let answer = me.redirect(next);
    Ok(me.acting_for(answer, patient))
}

/// The address names nothing that belongs to one person.
fn is_for_anybody(address: &str) -> bool {
    !address.split(['/', '?', '&', '=']).any(|part| uuid::Uuid::try_parse(part).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_an_id_in_it_is_one_persons() {
        for anybodys in ["/record", "/record/timeline?kind=visit", "/doctors?q=skin", "/home/patient"] {
            assert!(is_for_anybody(anybodys), "{anybodys}");
        }
        let id = "0198a2b4-0000-7000-8000-000000000001";
        for ones in [format!("/record/documents/{id}"), format!("/prescriptions/{id}"), format!("/record?of={id}")] {
            assert!(!is_for_anybody(&ones), "{ones}");
        }
    }
}
