use kernel::FaultKind;
use serde::{Deserialize, Serialize};
use web::{Json, Query, Visitor};

use super::{
    place::Place,
    screen::{Answers, find_call, read_flags, screen},
};
use crate::acuity::Acuity;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    country: String,
}

/// A question of the screen.
#[derive(Serialize, schemars::JsonSchema)]
struct FlagView {
    code: String,
    /// In the caller's language.
    text: String,
    acuity: Acuity,
    source: String,
}

/// The questions that hold now, and whom to call.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct FlagsView {
    version: i32,
    flags: Vec<FlagView>,
    country: Option<String>,
    number: String,
    crisis_line: Option<String>,
}

/// What was said yes to.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScreeningBody {
    flags: Vec<String>,
    /// ISO 3166-1 alpha-2; else that of the caller's time zone.
    #[serde(default)]
    country: String,
}

/// What the answers say.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct ScreeningView {
    is_emergency: bool,
    acuity: Option<Acuity>,
    number: String,
    crisis_line: Option<String>,
}

/// More codes than any set has.
const MOST_FLAGS: usize = 60;
const WHY: &str = "in an emergency nobody is asked to sign in";

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api_public_get::<(), FlagsView, _, _>(
            "/api/v1/emergency/red-flags",
            "The red flags in force, and the number to call in `country`",
            WHY,
            list,
        )
        .api_public_post::<ScreeningBody, ScreeningView, _, _>(
            "/api/v1/emergency/screenings",
            "Whether these signs are an emergency; counted, never kept with a name",
            WHY,
            answer,
        )
}

async fn list(me: Visitor, Query(asked): Query<Asked>) -> web::Result {
    let place = Place::of(&asked.country, me.zone());
    let mut tx = me.begin().await?;
    let set = read_flags(&mut tx).await?;
    let call = find_call(&mut tx, &place).await?;
    tx.commit().await?;
    let flags = set.flags.into_iter().map(|flag| FlagView {
        text: me.t(format!("emergency-flag-{}", flag.code)),
        code: flag.code,
        acuity: flag.acuity,
        source: flag.source,
    });
    web::json(&FlagsView {
        version: set.version,
        flags: flags.collect(),
        country: place.country,
        number: call.number,
        crisis_line: call.crisis,
    })
}

async fn answer(me: Visitor, Json(body): Json<ScreeningBody>) -> web::Result {
    if body.flags.len() > MOST_FLAGS {
        return Err(web::Error::of(FaultKind::invalid("flags", "emergency-error-too-many")));
    }
    let answers = Answers { codes: body.flags, place: Place::of(&body.country, me.zone()) };
    let mut tx = me.begin_system("somebody answers the screen for emergencies").await?;
    let (screened, call) = screen(&mut tx, me.actor(), &answers).await?;
    tx.commit().await?;
    web::json(&ScreeningView {
        is_emergency: screened.is_emergency(),
        acuity: screened.acuity(),
        number: call.number,
        crisis_line: call.crisis,
    })
}
