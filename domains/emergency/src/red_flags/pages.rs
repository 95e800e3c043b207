//! The questions, and what to do now.

use askama::Template;
use db::Tx;
use facilities::nearest_hospitals;
use serde::Deserialize;
use web::{Ctx, MultiForm, PageFrame, Query, Visitor};

use super::{
    model::{Call, Screened},
    place::Place,
    screen::{Answers, find_call, read_flags, screen},
};

const WHY: &str = "in an emergency nobody is asked to sign in";

pub(super) fn routes() -> web::Routes {
    web::Routes::new().public_get("/emergency", WHY, show).public_post("/emergency", WHY, answer)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    country: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AnswerForm {
    country: String,
    flags: Vec<String>,
}

/// Whom to call, ready to show.
pub struct CallView {
    pub number: String,
    pub crisis: Option<String>,
    /// "Bangladesh"; empty where nothing is known.
    pub country: String,
    pub is_known: bool,
}

struct Hospital {
    name: String,
    address: String,
    distance: String,
    phone: Option<String>,
    href: String,
    map: Option<String>,
}

#[derive(Template)]
#[template(path = "red_flags/pages/screen.html")]
struct ScreenPage {
    page: PageFrame,
    call: CallView,
    country: String,
    countries: Vec<(String, String)>,
    flags: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "red_flags/pages/call.html")]
struct CallPage {
    page: PageFrame,
    call: CallView,
    country: String,
    flags: Vec<(String, String)>,
    is_crisis: bool,
    city: String,
    hospitals: Vec<Hospital>,
}

#[derive(Template)]
#[template(path = "red_flags/pages/none.html")]
struct NonePage {
    page: PageFrame,
    call: CallView,
    country: String,
}

async fn show(me: Visitor, Query(asked): Query<Asked>) -> web::Result {
    let place = Place::of(&asked.country, me.zone());
    let mut tx = me.begin().await?;
    let set = read_flags(&mut tx).await?;
    let call = find_call(&mut tx, &place).await?;
    tx.commit().await?;
    let page = me.page("emergency-screen-title");
    let flags = set.flags.into_iter().map(|flag| (word(&me, &flag.code), flag.code));
    web::render(&ScreenPage {
        flags: flags.map(|(word, code)| (code, word)).collect(),
        call: call_view(&page, call, &place),
        country: place.country.unwrap_or_default(),
        countries: people::country_choices(&me),
        page,
    })
}

/// The answer is the page itself: nothing of it is kept, not even in an address.
async fn answer(me: Visitor, MultiForm(form): MultiForm<AnswerForm>) -> web::Result {
    let answers = Answers { codes: form.flags, place: Place::of(&form.country, me.zone()) };
    let mut tx = me.begin_system("somebody answers the screen for emergencies").await?;
    let (screened, call) = screen(&mut tx, me.actor(), &answers).await?;
    let hospitals = hospitals(&mut tx, &me, &answers.place).await?;
    tx.commit().await?;
    render(&me, answers.place, &screened, call, hospitals)
}

fn render(me: &Ctx, place: Place, screened: &Screened, call: Call, hospitals: Vec<Hospital>) -> web::Result {
    if !screened.is_emergency() {
        let page = me.page("emergency-none-title");
        let call = call_view(&page, call, &place);
        return web::render(&NonePage { call, country: place.country.unwrap_or_default(), page });
    }
    let page = me.page("emergency-call-title");
    web::render(&CallPage {
        call: call_view(&page, call, &place),
        country: place.country.unwrap_or_default(),
        flags: screened.flags.iter().map(|flag| (flag.code.clone(), word(me, &flag.code))).collect(),
        is_crisis: screened.is_crisis(),
        city: place.city,
        hospitals,
        page,
    })
}

fn word(me: &Ctx, code: &str) -> String {
    me.t(format!("emergency-flag-{code}"))
}

pub fn call_view(page: &PageFrame, call: Call, place: &Place) -> CallView {
    let country = place.country.as_ref().map(|code| page.t(format!("country-{code}")));
    CallView {
        is_known: call != Call::anywhere(),
        number: call.number,
        crisis: call.crisis,
        country: country.unwrap_or_default(),
    }
}

/// How many are shown, and from how far away they are of no use.
const HOSPITALS: i64 = 4;
const FURTHEST_METRES: f64 = 300_000.0;

async fn hospitals(tx: &mut Tx, me: &Ctx, place: &Place) -> Result<Vec<Hospital>, db::Error> {
    let Some(point) = place.point else { return Ok(Vec::new()) };
    let near = nearest_hospitals(tx, point, HOSPITALS).await?;
    let shown = near.into_iter().filter(|(_, metres)| *metres < FURTHEST_METRES).map(|(place, metres)| Hospital {
        href: format!("/health-centres/{}", place.id),
        address: format!("{}, {}", place.street, place.city),
        distance: me.tr("facilities-distance", [("km", format!("{:.0}", metres / 1000.0).as_str())]),
        map: place.point.map(|p| {
            format!("https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=16/{0}/{1}", p.latitude(), p.longitude())
        }),
        name: place.name,
        phone: place.phone,
    });
    Ok(shown.collect())
}
