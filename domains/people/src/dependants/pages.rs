//! `/account/children`: the children one acts for.

use askama::Template;
use axum::extract::Path;
use kernel::{Fault, FaultKind, FieldError, Sex, ids::PatientId};
use serde::Deserialize;
use web::{Form, Patient};

use super::{
    add::{AddChild, add_child},
    config::Config,
    end::end,
    model::{Dependant, Relation},
    store,
};
use crate::{
    patients::birth_date_of,
    text::{self, Kept},
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Patient, _, _>("/account/children", list)
        .post::<Patient, _, _>("/account/children", add)
        .post::<Patient, _, _>("/account/children/{dependant}/ending", remove)
}

#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
struct ChildForm {
    full_name: String,
    birth_date_day: String,
    birth_date_month: String,
    birth_date_year: String,
    sex_at_birth: String,
    relation: String,
}

struct Child {
    patient: String,
    name: String,
    born: String,
    relation: String,
    until: String,
    card: String,
    ending: String,
}

#[derive(Template)]
#[template(path = "dependants/pages/children.html")]
struct ChildrenPage {
    page: web::PageFrame,
    tab: &'static str,
    is_patient: bool,
    children: Vec<Child>,
    form: ChildForm,
    relations: Vec<(&'static str, String)>,
    sexes: Vec<(&'static str, String)>,
}

async fn list(me: Patient) -> web::Result {
    let form = ChildForm { relation: Relation::Parent.code().to_owned(), ..ChildForm::default() };
    show(&me, form, Vec::new()).await
}

async fn show(me: &Patient, form: ChildForm, errors: Vec<FieldError>) -> web::Result {
    let status = if errors.is_empty() { 200 } else { 422 };
    let mut tx = me.begin().await?;
    let children = store::list(&mut tx, me.actor()).await?;
    tx.commit().await?;
    let page = me.page("people-children-title").with_errors(errors);
    let view = ChildrenPage {
        tab: "children",
        is_patient: true,
        children: children.iter().map(|one| child(&page, one)).collect(),
        relations: Relation::ALL.into_iter().map(|one| (one.code(), page.t(one.label_key()))).collect(),
        sexes: [
            ("female", "people-sex-female"),
            ("male", "people-sex-male"),
            ("intersex", "people-sex-intersex"),
            ("unknown", "people-sex-unknown"),
        ]
        .into_iter()
        .map(|(code, key)| (code, page.t(key)))
        .collect(),
        form,
        page,
    };
    web::render_status(status, &view)
}

fn child(page: &web::PageFrame, one: &Dependant) -> Child {
    let until = page.date(one.ends_on);
    Child {
        patient: one.patient.to_string(),
        name: one.full_name.clone(),
        born: one.birth_date.map(|day| page.date(day)).unwrap_or_default(),
        relation: page.t(one.relation.label_key()),
        until: page.tr("people-children-until", [("day", until.as_str())]),
        card: format!("/account/cards/{}", one.patient),
        ending: format!("/account/children/{}/ending", one.patient),
    }
}

async fn add(me: Patient, Form(form): Form<ChildForm>) -> web::Result {
    let today = me.today().await?;
    let mut kept = Kept::default();
    let full_name = kept.take(text::name("full_name", &form.full_name));
    let born = birth_date_of(&form.birth_date_day, &form.birth_date_month, &form.birth_date_year, today)
        .and_then(|day| day.ok_or_else(|| FieldError::new("birth_date", "people-birth-date-missing")));
    let birth_date = kept.take(born);
    let relation = Relation::from_code(&form.relation);
    let relation = kept.take(relation.ok_or_else(|| FieldError::new("relation", "people-error-relation")));
    let (Some(full_name), Some(birth_date), Some(relation)) = (full_name, birth_date, relation) else {
        return show(&me, form, kept.errors).await;
    };
    let command = AddChild {
        account: me.actor().account,
        full_name,
        birth_date,
        sex_at_birth: form.sex_at_birth.parse().unwrap_or(Sex::Unknown),
        relation,
    };
    let mut tx = me.begin_system("a parent adds a child").await?;
    match add_child(&mut tx, &me.app().part::<Config>(), &command).await {
        Ok(_) => {
            tx.commit().await?;
            me.flash_ok("people-child-added");
            Ok(me.redirect("/account/children"))
        }
        Err(error) => {
            drop(tx);
            match error.kind() {
                FaultKind::Invalid(errors) => show(&me, form, errors).await,
                _ => Err(error.into()),
            }
        }
    }
}

async fn remove(me: Patient, Path(patient): Path<PatientId>) -> web::Result {
    let mut tx = me.begin_system("a parent acts for a child no longer").await?;
    end(&mut tx, me.actor().account, patient).await?;
    tx.commit().await?;
    me.flash_ok("people-child-ended");
    Ok(me.redirect("/account/children"))
}
