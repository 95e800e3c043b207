//! The JSON door.

use axum::extract::Path;
use kernel::{LocalDate, Sex, ids::PatientId};
use serde::{Deserialize, Serialize};
use web::{Json, Patient};

use super::{
    add::{AddChild, add_child},
    config::Config,
    end::end,
    model::{Dependant, Relation},
    store,
};
use crate::text;

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_get::<Patient, (), Dependants, _, _>("/api/v1/dependants", "The children one acts for", list)
        .api_post::<Patient, ChildBody, DependantView, _, _>(
            "/api/v1/dependants",
            "Add a child, to act for until it comes of age",
            create,
        )
        .api_post::<Patient, Empty, Empty, _, _>(
            "/api/v1/dependants/{dependant}/ending",
            "Act for a child no longer",
            create_ending,
        )
}

#[derive(Serialize, schemars::JsonSchema)]
struct DependantView {
    patient_id: PatientId,
    full_name: String,
    birth_date: Option<LocalDate>,
    relation: Relation,
    /// The day on which the child comes of age.
    ends_on: LocalDate,
}

impl From<Dependant> for DependantView {
    fn from(one: Dependant) -> Self {
        Self {
            patient_id: one.patient,
            full_name: one.full_name,
            birth_date: one.birth_date,
            relation: one.relation,
            ends_on: one.ends_on,
        }
    }
}

#[derive(Serialize, schemars::JsonSchema)]
struct Dependants {
    items: Vec<DependantView>,
}

async fn list(me: Patient) -> web::Result {
    let mut tx = me.begin().await?;
    let items = store::list(&mut tx, me.actor()).await?;
    tx.commit().await?;
    web::json(&Dependants { items: items.into_iter().map(DependantView::from).collect() })
}

#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChildBody {
    full_name: String,
    birth_date: LocalDate,
    /// What the one who acts is to the child.
    relation: Relation,
    /// female, male, intersex or unknown.
    #[serde(default)]
    sex_at_birth: Option<String>,
}

async fn create(me: Patient, Json(body): Json<ChildBody>) -> web::Result {
    let full_name = text::name("full_name", &body.full_name)
        .map_err(|error| web::Error::of(kernel::FaultKind::Invalid(vec![error])))?;
    if body.birth_date > me.today().await? {
        let error = kernel::FieldError::new("birth_date", "people-birth-date-future");
        return Err(web::Error::of(kernel::FaultKind::Invalid(vec![error])));
    }
    let command = AddChild {
        account: me.actor().account,
        full_name,
        birth_date: body.birth_date,
        sex_at_birth: body.sex_at_birth.and_then(|code| code.parse().ok()).unwrap_or(Sex::Unknown),
        relation: body.relation,
    };
    let mut tx = me.begin_system("a parent adds a child").await?;
    let added = add_child(&mut tx, &me.app().part::<Config>(), &command).await?;
    let known = store::list_of_account(&mut tx, me.actor().account).await?;
    tx.commit().await?;
    let view = known.into_iter().find(|one| one.patient == added).map(DependantView::from);
    web::created(&view)
}

#[derive(Serialize, Deserialize, Default, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Empty {}

async fn create_ending(me: Patient, Path(patient): Path<PatientId>, Json(_): Json<Empty>) -> web::Result {
    let mut tx = me.begin_system("a parent acts for a child no longer").await?;
    end(&mut tx, me.actor().account, patient).await?;
    tx.commit().await?;
    web::json(&Empty {})
}
