//! `/admin/places`: the administrator opens health centres and says who practises where.

use askama::Template;
use axum::extract::Path;
use kernel::{
    Fault, FaultKind, FieldError, Zone,
    ids::{FacilityId, PractitionerId},
};
use serde::Deserialize;
use web::{Admin, Form};

use super::{
    super::{
        model::{Country, Hours, NewPlace, PlaceKind, Point, WeekHours},
        open::{let_practise, open_place, stop_practising},
        store,
    },
    PlaceError,
};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .get::<Admin, _, _>("/admin/places", list)
        .get::<Admin, _, _>("/admin/places/new", new)
        .post::<Admin, _, _>("/admin/places/new", open)
        .get::<Admin, _, _>("/admin/places/{facility}", show)
        .post::<Admin, _, _>("/admin/places/{facility}/doctors", add_doctor)
        .post::<Admin, _, _>("/admin/places/{facility}/doctors/{doctor}/removal", remove_doctor)
}

struct Line {
    href: String,
    name: String,
    kind: String,
    address: String,
    doctors: i64,
}

#[derive(Template)]
#[template(path = "places/pages/admin_list.html")]
struct ListPage {
    page: web::PageFrame,
    lines: Vec<Line>,
}

async fn list(me: Admin) -> web::Result {
    let mut tx = me.begin().await?;
    let places = store::list(&mut tx, None).await?;
    tx.commit().await?;
    let page = me.page("facilities-admin-title");
    let lines = places.into_iter().map(|place| Line {
        href: format!("/admin/places/{}", place.id),
        kind: page.t(PlaceKind::of(&place.kind).label_key()),
        address: format!("{}, {}", place.street, place.city),
        name: place.name,
        doctors: place.doctors,
    });
    let lines = lines.collect();
    web::render(&ListPage { page, lines })
}

/// As typed. Hours have a pair of fields for each weekday; an empty pair is a day closed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
struct PlaceForm {
    name: String,
    kind: String,
    street: String,
    city: String,
    country: String,
    /// "23.78, 90.41"
    point: String,
    time_zone: String,
    phone: String,
    opens: Vec<String>,
    closes: Vec<String>,
}

struct Day {
    name: String,
    opens: String,
    closes: String,
}

#[derive(Template)]
#[template(path = "places/pages/admin_new.html")]
struct NewPage {
    page: web::PageFrame,
    form: PlaceForm,
    kinds: Vec<(&'static str, String)>,
    countries: Vec<(String, String)>,
    zones: Vec<(String, String)>,
    week: Vec<Day>,
}

impl PlaceForm {
    fn check(&self) -> Result<NewPlace, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &'static str, key: &'static str| errors.push(FieldError::new(field, key));
        let country = self.country.parse::<Country>().map_err(|_| wrong("country", "facilities-error-country")).ok();
        let point = self.point.parse::<Point>().map_err(|_| wrong("point", "facilities-error-point")).ok();
        let zone = self.time_zone.parse::<Zone>().map_err(|_| wrong("time_zone", "facilities-error-zone")).ok();
        let phone: String = self.phone.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = phone.strip_prefix('+').unwrap_or_default();
        let is_number = (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !phone.is_empty() && !is_number {
            wrong("phone", "facilities-error-phone");
        }
        match (country, point, zone, errors.is_empty()) {
            (Some(country), Some(point), Some(zone), true) => Ok(NewPlace {
                name: self.name.clone(),
                kind: PlaceKind::of(&self.kind),
                street: self.street.clone(),
                city: self.city.clone(),
                country,
                point,
                zone,
                phone: (!phone.is_empty()).then_some(phone),
                hours: self.hours(),
            }),
            _ => Err(errors),
        }
    }

    fn hours(&self) -> WeekHours {
        let days = (1..=7).map(|weekday| {
            let (opens, closes) = self.of_day(weekday);
            Hours { weekday, opens, closes }
        });
        WeekHours(days.filter(|day| !(day.opens.is_empty() && day.closes.is_empty())).collect())
    }

    fn of_day(&self, weekday: u8) -> (String, String) {
        let at = |list: &[String]| list.get(usize::from(weekday - 1)).map_or("", |text| text.trim()).to_owned();
        (at(&self.opens), at(&self.closes))
    }
}

fn new_page(me: &Admin, form: PlaceForm, errors: Vec<FieldError>) -> NewPage {
    let page = me.page("facilities-new-title").with_errors(errors);
    let week = (1..=7_u8).map(|weekday| {
        let (opens, closes) = form.of_day(weekday);
        Day { name: page.t(format!("facilities-weekday-{weekday}")), opens, closes }
    });
    NewPage {
        kinds: PlaceKind::ALL.map(|kind| (kind.code(), page.t(kind.label_key()))).into(),
        countries: people::country_choices(me),
        zones: identity::door::zones(),
        week: week.collect(),
        page,
        form,
    }
}

async fn new(me: Admin) -> web::Result {
    let form = PlaceForm { time_zone: me.zone().name().to_owned(), ..PlaceForm::default() };
    web::render(&new_page(&me, form, Vec::new()))
}

async fn open(me: Admin, web::MultiForm(form): web::MultiForm<PlaceForm>) -> web::Result {
    let place = match form.check() {
        Ok(place) => place,
        Err(errors) => return web::render_status(422, &new_page(&me, form, errors)),
    };
    let mut tx = me.begin().await?;
    match open_place(&mut tx, &place).await {
        Ok(id) => {
            tx.commit().await?;
            me.flash_ok("facilities-opened");
            Ok(me.redirect(&format!("/admin/places/{id}")))
        }
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => web::render_status(422, &new_page(&me, form, errors)),
            FaultKind::Conflict { .. } => {
                let errors = vec![FieldError::new("name", "facilities-error-exists")];
                web::render_status(409, &new_page(&me, form, errors))
            }
            _ => Err(error.into()),
        },
    }
}

struct DoctorLine {
    href: String,
    name: String,
    removal: String,
}

#[derive(Template)]
#[template(path = "places/pages/admin_show.html")]
struct ShowPage {
    page: web::PageFrame,
    public: String,
    add: String,
    doctors: Vec<DoctorLine>,
    others: Vec<(PractitionerId, String)>,
}

async fn show(me: Admin, Path(id): Path<FacilityId>) -> web::Result {
    let mut tx = me.begin().await?;
    let place = store::find(&mut tx, id).await?.ok_or(PlaceError::NotFound)?;
    let (here, elsewhere) =
        store::list_staff(&mut tx, id).await?.into_iter().partition::<Vec<_>, _>(|doctor| doctor.here);
    tx.commit().await?;
    let doctors = here.into_iter().map(|doctor| DoctorLine {
        href: format!("/admin/doctors/{}", doctor.id),
        removal: format!("/admin/places/{id}/doctors/{}/removal", doctor.id),
        name: doctor.name,
    });
    web::render(&ShowPage {
        page: me.page("facilities-admin-title").titled(&place.name),
        public: format!("/health-centres/{id}"),
        add: format!("/admin/places/{id}/doctors"),
        doctors: doctors.collect(),
        others: elsewhere.into_iter().map(|doctor| (doctor.id, doctor.name)).collect(),
    })
}

#[derive(Debug, Deserialize)]
struct Chosen {
    doctor: String,
}

async fn add_doctor(me: Admin, Path(id): Path<FacilityId>, Form(chosen): Form<Chosen>) -> web::Result {
    let doctor: PractitionerId = chosen.doctor.parse().map_err(|_| PlaceError::NotFound)?;
    let mut tx = me.begin().await?;
    let_practise(&mut tx, doctor, id).await?;
    tx.commit().await?;
    me.flash_ok("facilities-doctor-added");
    Ok(me.redirect(&format!("/admin/places/{id}")))
}

async fn remove_doctor(me: Admin, Path((id, doctor)): Path<(FacilityId, PractitionerId)>) -> web::Result {
    let mut tx = me.begin().await?;
    stop_practising(&mut tx, doctor, id).await?;
    tx.commit().await?;
    me.flash_ok("facilities-doctor-removed");
    Ok(me.redirect(&format!("/admin/places/{id}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_becomes_a_place_or_says_what_is_wrong() {
        let form = PlaceForm {
            name: "Meridian Gulshan".into(),
            street: "Road 11".into(),
            city: "Dhaka".into(),
            country: "BD".into(),
            point: "23.78, 90.41".into(),
            time_zone: "Asia/Dhaka".into(),
            phone: "+880 1700 000000".into(),
            opens: vec!["08:00".into(), String::new()],
            closes: vec!["20:00".into(), String::new()],
            ..PlaceForm::default()
        };
        let place = form.check().unwrap();
        assert_eq!(place.hours, WeekHours::on([1], "08:00", "20:00"));
        assert_eq!(place.phone.as_deref(), Some("+8801700000000"));
        let wrong = PlaceForm { point: "here".into(), phone: "123".into(), country: String::new(), ..form };
        let fields: Vec<_> = wrong.check().unwrap_err().into_iter().map(|error| error.field.into_owned()).collect();
        assert_eq!(fields, ["country", "point", "phone"]);
    }
}
