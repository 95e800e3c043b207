//! A command in words, for the panel, the summary and the paper.

use kernel::LocalDate;
use web::PageFrame;

use super::Command;

/// One line: what it is.
pub fn title(page: &PageFrame, command: &Command) -> String {
    let day = |day: &LocalDate| page.date(*day);
    match command {
        Command::Diagnose { code, name, .. } => format!("{name} ({code})"),
        Command::Instruct { text } | Command::Certificate { text } | Command::Order { text, .. } => first_line(text),
        Command::FollowUp { on, .. } => day(on),
        Command::Refer { specialty, to_name, .. } => {
            let specialty = page.t(people::specialties::name_key(specialty));
            if to_name.is_empty() { specialty } else { format!("{specialty} · {to_name}") }
        }
        Command::SickNote { from, until, .. } => {
            page.tr("consultations-sick-days", [("from", day(from).as_str()), ("until", day(until).as_str())])
        }
    }
}

/// What else it says: label and text.
pub(crate) fn details(page: &PageFrame, command: &Command) -> Vec<(String, String)> {
    let urgency = |urgency: &super::Urgency| {
        (page.t("consultations-command-urgency"), page.t(format!("consultations-urgency-{}", urgency.code())))
    };
    let said = |key: &str, text: &String| (page.t(key), text.clone());
    let rows = match command {
        Command::Diagnose { on_list, .. } => {
            if *on_list {
                vec![(page.t("consultations-command-on-list"), page.t("consultations-yes"))]
            } else {
                Vec::new()
            }
        }
        Command::Instruct { .. } => Vec::new(),
        Command::FollowUp { text, .. } => vec![said("consultations-command-what-for", text)],
        Command::Certificate { text } => vec![said("consultations-command-attests", text)],
        Command::Order { text, question, urgency: how } => {
            vec![
                said("consultations-command-ordered", text),
                said("consultations-command-question", question),
                urgency(how),
            ]
        }
        Command::Refer { question, urgency: how, .. } => {
            vec![said("consultations-command-question", question), urgency(how)]
        }
        Command::SickNote { capacity, text, diagnosis, .. } => vec![
            (page.t("consultations-command-capacity"), page.t(format!("consultations-capacity-{}", capacity.code()))),
            said("consultations-command-limits", text),
            said("consultations-command-diagnosis-shown", diagnosis),
        ],
    };
    rows.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(120) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}
