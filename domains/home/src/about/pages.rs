use askama::Template;
use web::{PageFrame, Visitor};

/// A page of text: sections of a title and paragraphs, all from the locale.
#[derive(Template)]
#[template(path = "about/pages/text.html")]
struct TextPage {
    page: PageFrame,
    lead: String,
    sections: Vec<Section>,
}

struct Section {
    title: String,
    text: String,
    points: Vec<String>,
}

pub(super) async fn about(me: Visitor) -> web::Result {
    text(&me, "about", &[("what", 0), ("doctors", 3), ("time", 0), ("money", 0), ("open", 0)])
}

pub(super) async fn privacy(me: Visitor) -> web::Result {
    text(&me, "privacy", &[("what", 4), ("why", 0), ("who", 4), ("how", 4), ("long", 0), ("rights", 4), ("cookies", 3)])
}

pub(super) async fn accessibility(me: Visitor) -> web::Result {
    text(&me, "accessibility", &[("aim", 0), ("works", 6), ("limits", 3), ("tested", 0), ("tell", 0)])
}

/// Keys are `home-<page>-<section>`, `…-text`, `…-1` and on.
fn text(me: &Visitor, name: &str, sections: &[(&str, usize)]) -> web::Result {
    let page = me.page(match name {
        "about" => "home-about-title",
        "privacy" => "home-privacy-title",
        _ => "home-accessibility-title",
    });
    let say = |key: String| page.tr(&key, [("brand", page.brand.as_str())]);
    let sections = sections
        .iter()
        .map(|(section, points)| Section {
            title: say(format!("home-{name}-{section}")),
            text: say(format!("home-{name}-{section}-text")),
            points: (1..=*points).map(|number| say(format!("home-{name}-{section}-{number}"))).collect(),
        })
        .collect();
    web::render(&TextPage { lead: say(format!("home-{name}-lead")), sections, page })
}
