//! HTML: social history, for the patient and for the doctor: the topics, and one topic with its form and versions.

use askama::Template;
use axum::extract::Path;
use kernel::{
    FieldError,
    ids::{HistoryEntryId, PatientId},
};
use web::{Ctx, Doctor, Form, PageFrame, Patient};

use super::{
    HomeSituation, SocialAnswer, SocialHistory, Topic, Use, policy,
    typed::{Typed, read_answer},
};
use crate::{
    ChartError,
    entries::{Entry, Status, Why, Withdrawal},
    record::{
        history_view::{HistoryRow, Whose, history_row},
        store as records, who,
    },
};

struct TopicRow {
    name: String,
    href: String,
    /// The answer that stands.
    row: Option<HistoryRow>,
}

#[derive(Template)]
#[template(path = "social_history/pages/list.html")]
struct ListPage {
    page: PageFrame,
    whose: Whose,
    topics: Vec<TopicRow>,
}

/// Radio buttons of one question.
struct Question {
    name: &'static str,
    text: String,
    options: Vec<(String, String)>,
    chosen: String,
}

/// A field to type in.
struct Field {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    /// What the keyboard of a telephone shows.
    keyboard: String,
}

#[derive(Template)]
#[template(path = "social_history/pages/topic.html")]
struct TopicPage {
    page: PageFrame,
    whose: Whose,
    topic: &'static str,
    title: String,
    row: Option<HistoryRow>,
    earlier: Vec<HistoryRow>,
    questions: Vec<Question>,
    fields: Vec<Field>,
    /// Where its forms go.
    topic_base: String,
    reason: String,
}

const PATH: &str = "social-history";
/// Whose record, and whether a doctor has it open.
type Of = (PatientId, bool);

/// `GET /record/social-history`
pub(crate) async fn list(me: Patient) -> web::Result {
    open_list(&me, (me.patient_id(), false)).await
}

/// `GET /doctor/patients/{patient}/social-history`
pub(crate) async fn list_for_doctor(me: Doctor, Path(patient): Path<PatientId>) -> web::Result {
    open_list(&me, (patient, true)).await
}

/// `GET /record/social-history/{topic}`
pub(crate) async fn topic(me: Patient, Path(topic): Path<String>) -> web::Result {
    web::render(&open_topic(&me, (me.patient_id(), false), &topic, Shown::default()).await?)
}

/// `GET /doctor/patients/{patient}/social-history/{topic}`
pub(crate) async fn topic_for_doctor(me: Doctor, Path((patient, topic)): Path<(PatientId, String)>) -> web::Result {
    web::render(&open_topic(&me, (patient, true), &topic, Shown::default()).await?)
}

/// `POST /record/social-history/{topic}`
pub(crate) async fn answer(me: Patient, Path(topic): Path<String>, Form(typed): Form<Typed>) -> web::Result {
    put(&me, (me.patient_id(), false), &topic, typed).await
}

/// `POST /doctor/patients/{patient}/social-history/{topic}`
pub(crate) async fn answer_as_doctor(
    me: Doctor,
    Path((patient, topic)): Path<(PatientId, String)>,
    Form(typed): Form<Typed>,
) -> web::Result {
    put(&me, (patient, true), &topic, typed).await
}

/// `POST /record/social-history/{topic}/{answer}/withdrawal`
pub(crate) async fn take_back(
    me: Patient,
    Path((topic, id)): Path<(String, HistoryEntryId)>,
    Form(why): Form<Why>,
) -> web::Result {
    remove(&me, (me.patient_id(), false), (&topic, id), why).await
}

/// `POST /doctor/patients/{patient}/social-history/{topic}/{answer}/withdrawal`
pub(crate) async fn take_back_as_doctor(
    me: Doctor,
    Path((patient, topic, id)): Path<(PatientId, String, HistoryEntryId)>,
    Form(why): Form<Why>,
) -> web::Result {
    remove(&me, (patient, true), (&topic, id), why).await
}

async fn put(me: &Ctx, of: Of, topic: &str, typed: Typed) -> web::Result {
    let known = topic.parse::<Topic>().map_err(|()| ChartError::NotFound)?;
    let answer = match read_answer(known, &typed) {
        Ok(answer) => answer,
        Err(errors) => {
            let shown = Shown { typed: Some(typed), errors, ..Shown::default() };
            return web::render_status(422, &open_topic(me, of, topic, shown).await?);
        }
    };
    let mut tx = me.begin().await?;
    match super::record(&mut tx, me.app().vault(), me.actor(), of.0, answer).await {
        Ok(_) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            drop(tx);
            let shown = Shown { typed: Some(typed), errors, ..Shown::default() };
            return web::render_status(422, &open_topic(me, of, topic, shown).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-social-saved");
    Ok(me.redirect(&Whose::base(of, PATH)))
}

async fn remove(me: &Ctx, of: Of, (topic, id): (&str, HistoryEntryId), why: Why) -> web::Result {
    let mut tx = me.begin().await?;
    match super::withdraw(&mut tx, me.app().vault(), me.actor(), (of.0, id), &Withdrawal { reason: why.reason.clone() })
        .await
    {
        Ok(()) => tx.commit().await?,
        Err(ChartError::Invalid(errors)) => {
            drop(tx);
            let shown = Shown { errors, reason: why.reason, ..Shown::default() };
            return web::render_status(422, &open_topic(me, of, topic, shown).await?);
        }
        Err(error) => return Err(error.into()),
    }
    me.flash_ok("chart-entry-withdrawn");
    Ok(me.redirect(&Whose::base(of, PATH)))
}

/// An answer in words, and what is worked out from it.
pub(crate) fn in_words(me: &Ctx, answer: &SocialAnswer, sex: &str) -> (String, String) {
    let used = |status: &Use| me.t(format!("chart-use-{}", status.as_str()));
    match answer {
        SocialAnswer::Tobacco { status, packs_per_day, years } => {
            let amount = |key: &str, value: &f64| me.tr(key, [("n", value.to_string().as_str())]);
            let mut more: Vec<_> = packs_per_day.iter().map(|packs| amount("chart-tobacco-packs", packs)).collect();
            more.extend(years.iter().map(|years| amount("chart-tobacco-years", years)));
            more.extend(policy::pack_years(answer).iter().map(|total| amount("chart-tobacco-pack-years", total)));
            (used(status), more.join(" · "))
        }
        SocialAnswer::Alcohol { how_often, .. } => {
            let often = me.t(format!("chart-alcohol-how_often-{how_often}"));
            let Some(audit) = policy::audit_c(answer, sex) else { return (often, String::new()) };
            let key = if audit.positive { "chart-alcohol-positive" } else { "chart-alcohol-negative" };
            let (score, threshold) = (audit.score.to_string(), audit.threshold.to_string());
            (often, me.tr(key, [("score", score.as_str()), ("threshold", threshold.as_str())]))
        }
        SocialAnswer::Substances { status, detail } => (used(status), detail.clone()),
        SocialAnswer::Occupation { detail } => (detail.clone(), String::new()),
        SocialAnswer::Living { situation, detail } => {
            (me.t(format!("chart-living-{}", situation.as_str())), detail.clone())
        }
        SocialAnswer::Exercise { days, minutes } => {
            let total = (u32::from(*days) * u32::from(*minutes)).to_string();
            (me.tr("chart-exercise-week", [("minutes", total.as_str())]), me.t("chart-exercise-target"))
        }
    }
}

struct Read {
    history: SocialHistory,
    whose: Whose,
    sex: String,
}

async fn read(me: &Ctx, of: Of) -> Result<Read, web::Error> {
    let (patient, for_doctor) = of;
    let mut tx = me.begin().await?;
    let reader = who::reads(&mut tx, me.actor(), patient).await?;
    let may_write = !for_doctor || records::basis(&mut tx, patient).await? == Some(who::Basis::CareLink);
    let name = if for_doctor {
        records::find_header(&mut tx, patient).await?.ok_or(ChartError::NotFound)?.full_name
    } else {
        String::new()
    };
    let sex = records::find_sex(&mut tx, patient).await?;
    let history = super::list_for(&mut tx, me.app().vault(), patient, who::purpose(reader)).await?;
    tx.commit().await?;
    Ok(Read { history, whose: Whose::new(me, of, PATH, name, may_write), sex })
}

async fn open_list(me: &Ctx, of: Of) -> web::Result {
    let Read { history, whose, sex } = read(me, of).await?;
    let page = me.page("chart-social-title");
    let topics = Topic::ALL.iter().map(|topic| TopicRow {
        name: me.t(format!("chart-topic-{}", topic.as_str())),
        href: format!("{}/{}", whose.base, topic.as_str()),
        row: history.answer(*topic).map(|entry| history_row(&page, &whose, entry, in_words(me, &entry.content, &sex))),
    });
    web::render(&ListPage { topics: topics.collect(), page, whose })
}

/// What a topic's page shows besides its answers.
#[derive(Default)]
struct Shown {
    typed: Option<Typed>,
    reason: String,
    errors: Vec<FieldError>,
}

async fn open_topic(me: &Ctx, of: Of, topic: &str, shown: Shown) -> Result<TopicPage, web::Error> {
    let topic = topic.parse::<Topic>().map_err(|()| ChartError::NotFound)?;
    let Read { history, whose, sex } = read(me, of).await?;
    let page = me.page("chart-social-title").with_errors(shown.errors);
    let row = |entry: &Entry<SocialAnswer>| history_row(&page, &whose, entry, in_words(me, &entry.content, &sex));
    let current = history.answer(topic);
    let closed =
        history.entries.iter().filter(|entry| entry.status != Status::Current && entry.content.topic() == topic);
    let typed = shown.typed.or_else(|| current.map(|entry| Typed::from(&entry.content))).unwrap_or_default();
    Ok(TopicPage {
        row: current.map(row),
        earlier: closed.map(row).collect(),
        topic_base: format!("{}/{}", whose.base, topic.as_str()),
        topic: topic.as_str(),
        title: me.t(format!("chart-topic-{}", topic.as_str())),
        questions: questions(me, topic, &typed),
        fields: fields(me, topic, &typed),
        reason: shown.reason,
        whose,
        page,
    })
}

fn questions(me: &Ctx, topic: Topic, typed: &Typed) -> Vec<Question> {
    let used = || {
        let text = me.t(format!("chart-topic-{}-question", topic.as_str()));
        let options = Use::ALL.iter().map(|one| (one.as_str().to_owned(), me.t(format!("chart-use-{}", one.as_str()))));
        vec![Question { name: "status", text, options: options.collect(), chosen: typed.status.clone() }]
    };
    match topic {
        Topic::Tobacco | Topic::Substances => used(),
        Topic::Alcohol => ["how_often", "how_many", "six_or_more"]
            .into_iter()
            .map(|name| Question {
                name,
                text: me.t(format!("chart-alcohol-{name}")),
                options: (0..5_u8)
                    .map(|points| {
                        let scale = if name == "six_or_more" { "chart-alcohol-six" } else { "chart-alcohol" };
                        let key = match name {
                            "six_or_more" => format!("{scale}-{points}"),
                            _ => format!("{scale}-{name}-{points}"),
                        };
                        (points.to_string(), me.t(key))
                    })
                    .collect(),
                chosen: typed.points(name).to_owned(),
            })
            .collect(),
        Topic::Living => vec![Question {
            name: "situation",
            text: me.t("chart-topic-living-question"),
            options: HomeSituation::ALL
                .iter()
                .map(|one| (one.as_str().to_owned(), me.t(format!("chart-living-{}", one.as_str()))))
                .collect(),
            chosen: typed.situation.clone(),
        }],
        Topic::Occupation | Topic::Exercise => Vec::new(),
    }
}

fn fields(me: &Ctx, topic: Topic, typed: &Typed) -> Vec<Field> {
    let field = |name: &'static str, value: &str, keyboard: &'static str| {
        let key = format!("chart-social-{}-{name}", topic.as_str());
        Field {
            name,
            label: me.t(&key),
            hint: me.t(format!("{key}-hint")),
            value: value.to_owned(),
            keyboard: keyboard.to_owned(),
        }
    };
    match topic {
        Topic::Tobacco => {
            vec![field("packs_per_day", &typed.packs_per_day, "decimal"), field("years", &typed.years, "decimal")]
        }
        Topic::Alcohol => Vec::new(),
        Topic::Substances | Topic::Occupation | Topic::Living => vec![field("detail", &typed.detail, "")],
        Topic::Exercise => vec![field("days", &typed.days, "decimal"), field("minutes", &typed.minutes, "decimal")],
    }
}
