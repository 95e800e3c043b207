//! Medicines that harm together (data/safety/interactions.tsv): items with items, items with what the patient takes.
//!
//! For each pair the gravest rule speaks, once, however many ingredients of either meet. The ingredients of one medicine do not
//! interact with each other: whoever combined them meant it. What was stopped lately still counts for as long as its class
//! outlasts the last dose (fourteen days for MAO inhibitors, five weeks for fluoxetine).

use super::{
    Alert, Checked, Taken,
    classes::{meets, washout},
    data::{Interaction, Reach, Target, rules},
};

struct Side<'a> {
    ingredient: &'a str,
    systemic: bool,
    /// Days since it was last taken; 0 for now.
    days_since: u32,
}

/// Two medicines that meet: what they hold, and by what name the alert calls the second.
struct Meeting<'a> {
    position: u16,
    ours: &'a [Side<'a>],
    theirs: &'a [Side<'a>],
    name: Option<&'a str>,
    tag: String,
}

pub(super) fn between(items: &[Checked<'_>], taken: &[Taken]) -> Vec<Alert> {
    let sides: Vec<Vec<Side<'_>>> = items.iter().map(of_item).collect();
    let others: Vec<Vec<Side<'_>>> = taken.iter().map(of_taken).collect();
    let mut alerts = Vec::new();
    for (index, item) in items.iter().enumerate() {
        for (before, other) in items[..index].iter().enumerate() {
            let tag = other.position.to_string();
            let (ours, theirs) = (&sides[index], &sides[before]);
            alerts.extend(worst(&Meeting { position: item.position, ours, theirs, name: None, tag }));
        }
        for (place, other) in taken.iter().enumerate() {
            let tag = format!("taken{place}");
            let (ours, theirs) = (&sides[index], &others[place]);
            alerts.extend(worst(&Meeting { position: item.position, ours, theirs, name: Some(&other.name), tag }));
        }
    }
    alerts
}

fn of_item<'a>(item: &Checked<'a>) -> Vec<Side<'a>> {
    let systemic = item.directions.route.is_systemic();
    item.drug.ingredients.iter().map(|ingredient| Side { ingredient, systemic, days_since: 0 }).collect()
}

fn of_taken(taken: &Taken) -> Vec<Side<'_>> {
    let side = |ingredient| Side { ingredient, systemic: taken.systemic, days_since: taken.days_since };
    taken.ingredients.iter().map(|ingredient| side(ingredient.as_str())).collect()
}

fn worst(meeting: &Meeting<'_>) -> Option<Alert> {
    let pairs = meeting.ours.iter().flat_map(|ours| meeting.theirs.iter().map(move |theirs| (ours, theirs)));
    let (rule, ours, theirs) = pairs
        .filter(|(ours, theirs)| ours.ingredient != theirs.ingredient)
        .flat_map(|(ours, theirs)| applying(ours, theirs).map(move |rule| (rule, ours, theirs)))
        // The first of equal gravity, in the order of the table.
        .reduce(|worst, other| if other.0.tier > worst.0.tier { other } else { worst })?;
    Some(Alert {
        id: format!("interaction.{}.{}.{}", rule.id, meeting.position, meeting.tag),
        rule: if theirs.days_since > 0 { "interaction-lately" } else { "interaction" }.to_owned(),
        severity: rule.tier,
        position: Some(meeting.position),
        ingredient: ours.ingredient.to_owned(),
        because: meeting.name.map_or_else(|| theirs.ingredient.to_owned(), str::to_owned),
        source: rules().citation(rule.source).to_owned(),
        row: format!("interaction.{}", rule.id),
        mechanism: rule.mechanism.to_owned(),
        advice: rule.management.to_owned(),
    })
}

fn applying<'a>(ours: &'a Side<'_>, theirs: &'a Side<'_>) -> impl Iterator<Item = &'static Interaction> + 'a {
    rules().interactions.iter().filter(move |rule| {
        let reaches = rule.reach == Reach::Any || (ours.systemic && theirs.systemic);
        let lasts = |theirs_is: Target| theirs.days_since == 0 || theirs.days_since <= washout(theirs_is);
        let one_way = meets(rule.left, ours.ingredient) && meets(rule.right, theirs.ingredient) && lasts(rule.right);
        let other_way = meets(rule.right, ours.ingredient) && meets(rule.left, theirs.ingredient) && lasts(rule.left);
        reaches && (one_way || other_way)
    })
}
