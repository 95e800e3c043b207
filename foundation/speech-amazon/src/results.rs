//! From Amazon's results to the words of utterances. Pure: results and times in, what was heard out.

use std::{collections::VecDeque, time::Duration};

use serde::Deserialize;
use speech::{Heard, SAMPLE_RATE, SpeechError, Word};

/// Samples since a stream began.
pub(crate) type Place = u64;

/// After the last word became final, nothing more is expected of an utterance.
const QUIET: Duration = Duration::from_millis(900);
/// Nothing at all was recognised in it.
const NOTHING: Duration = Duration::from_secs(5);
/// Amazon began to recognise something and does not come to an end.
const LONGEST: Duration = Duration::from_secs(10);
/// Amazon's times are a little off.
const SLACK: Place = SAMPLE_RATE as Place / 2;

/// The payload of a `TranscriptEvent`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Event {
    transcript: Transcript,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Transcript {
    results: Vec<Outcome>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outcome {
    start_time: f64,
    end_time: f64,
    is_partial: bool,
    alternatives: Vec<Alternative>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Alternative {
    items: Option<Vec<Item>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    content: String,
    /// Not said of punctuation.
    confidence: Option<f32>,
    start_time: f64,
    end_time: f64,
    r#type: String,
}

/// One utterance on its way.
#[derive(Debug)]
struct Open {
    from: Place,
    /// Where it ended, once it has.
    until: Option<Place>,
    /// When all of it was on its way.
    sent_at: Option<Duration>,
    words: Vec<Word>,
}

/// The utterances of one person that are not answered yet, in order, over one stream.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    open: VecDeque<Open>,
    /// From where to where Amazon is still thinking.
    pending: Option<(Place, Place)>,
    /// When something was last heard of Amazon.
    last_news: Option<Duration>,
}

impl Ledger {
    /// An utterance begins here.
    pub(crate) fn begin(&mut self, from: Place) {
        self.open.push_back(Open { from, until: None, sent_at: None, words: Vec::new() });
    }

    /// The last one ends here.
    pub(crate) fn end(&mut self, until: Place) {
        if let Some(last) = self.open.back_mut() {
            last.until = Some(until);
        }
    }

    /// Something came of Amazon, `now` since the task began.
    pub(crate) fn take(&mut self, event: Event, now: Duration) {
        for outcome in event.transcript.results {
            self.last_news = Some(now);
            if outcome.is_partial {
                self.pending = Some((place(outcome.start_time), place(outcome.end_time)));
                continue;
            }
            self.pending = None;
            let items = outcome.alternatives.into_iter().next().and_then(|first| first.items).unwrap_or_default();
            let mut spoken: Option<usize> = None;
            for item in items {
                if item.r#type == "punctuation" {
                    let word = spoken.and_then(|place| self.open[place].words.last_mut());
                    if let Some(word) = word {
                        word.text.push_str(item.content.trim());
                    }
                    continue;
                }
                spoken = self.whose(place(f64::midpoint(item.start_time, item.end_time)));
                if let Some(at) = spoken {
                    // What it is not said to be sure of is marked.
                    let confidence = item.confidence.unwrap_or(0.0);
                    let words = item.content.split_whitespace().map(|text| Word { text: text.to_owned(), confidence });
                    self.open[at].words.extend(words);
                }
            }
        }
    }

    /// Where a word at `at` belongs: where it lies, or right beside it. What belongs to an utterance that was answered already is late.
    fn whose(&self, at: Place) -> Option<usize> {
        let lies = self.open.iter().position(|one| one.from <= at && one.until.is_none_or(|until| at < until));
        lies.or_else(|| {
            self.open.iter().position(|one| {
                one.from <= at.saturating_add(SLACK) && one.until.is_none_or(|until| at < until.saturating_add(SLACK))
            })
        })
    }

    /// What is known of the first utterance, as soon as nothing more is expected of it; `sent` is how much Amazon was sent.
    pub(crate) fn settle(&mut self, sent: Place, now: Duration) -> Option<Result<Heard, SpeechError>> {
        for one in self.open.iter_mut().filter(|one| one.until.is_some_and(|until| until <= sent)) {
            one.sent_at.get_or_insert(now);
        }
        let first = self.open.front()?;
        let (until, sent_at) = (first.until?, first.sent_at?);
        let thinks = self.pending.is_some_and(|(from, to)| from < until && to >= first.from);
        let since = now.saturating_sub(self.last_news.map_or(sent_at, |news| news.max(sent_at)));
        let waited = now.saturating_sub(sent_at);
        let spoken = !first.words.is_empty();
        if waited < LONGEST && (thinks || since < if spoken { QUIET } else { NOTHING }) {
            return None;
        }
        let words = self.open.pop_front()?.words;
        if words.is_empty() && thinks {
            return Some(Err(SpeechError::Failed("no final result in time".to_owned())));
        }
        Some(Ok(Heard::of(words)))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of a stream of some hours")]
fn place(seconds: f64) -> Place {
    (seconds.max(0.0) * f64::from(SAMPLE_RATE)) as Place
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Place = SAMPLE_RATE as Place;

    fn result(is_partial: bool, words: &[(&str, f64, Option<f64>)]) -> Event {
        let items: Vec<_> = words
            .iter()
            .map(|(text, at, confidence)| match confidence {
                Some(sure) => serde_json::json!({ "Content": text, "StartTime": at, "EndTime": at + 0.2, "Type": "pronunciation", "Confidence": sure }),
                None => serde_json::json!({ "Content": text, "StartTime": at, "EndTime": at, "Type": "punctuation" }),
            })
            .collect();
        let (from, to) = (words[0].1, words[words.len() - 1].1 + 0.2);
        let results = serde_json::json!([{ "ResultId": "r", "StartTime": from, "EndTime": to, "IsPartial": is_partial,
            "Alternatives": [{ "Transcript": "", "Items": items }] }]);
        serde_json::from_value(serde_json::json!({ "Transcript": { "Results": results } }))
            .expect("as Amazon writes it")
    }

    const fn ms(number: u64) -> Duration {
        Duration::from_millis(number)
    }

    #[test]
    fn words_come_with_their_marks_and_how_sure_they_are() {
        let mut ledger = Ledger::default();
        ledger.begin(0);
        ledger.take(result(true, &[("je", 0.1, Some(0.5))]), ms(500));
        ledger.end(2 * RATE);
        assert_eq!(ledger.settle(2 * RATE, ms(2000)), None, "it is still thinking");
        let said = [("J'ai", 0.1, Some(0.98)), ("mal", 0.5, Some(0.4)), (".", 0.7, None)];
        ledger.take(result(false, &said), ms(2100));
        assert_eq!(ledger.settle(2 * RATE, ms(2500)), None, "more may come");
        let heard = ledger.settle(2 * RATE, ms(3100)).expect("all is said").expect("and heard");
        assert_eq!(heard.text, "J'ai mal.");
        assert_eq!(heard.words.iter().map(|word| word.confidence).collect::<Vec<_>>(), [0.98, 0.4]);
        assert!(ledger.open.is_empty());
    }

    #[test]
    fn a_result_over_two_utterances_is_shared_by_its_times() {
        let mut ledger = Ledger::default();
        ledger.begin(0);
        ledger.end(RATE);
        ledger.begin(RATE);
        ledger.end(2 * RATE);
        let said = [("one", 0.2, Some(0.9)), ("two", 1.2, Some(0.9)), ("!", 1.4, None), ("three", 2.2, Some(0.9))];
        ledger.take(result(false, &said), ms(100));
        assert_eq!(ledger.settle(2 * RATE, ms(1100)), None, "more may come");
        let mut text = |at| ledger.settle(2 * RATE, ms(at)).expect("said").expect("heard").text;
        assert_eq!([text(2200), text(2200)], ["one", "two! three"]);
        ledger.take(result(false, &[("late", 0.3, Some(0.9))]), ms(3200));
        ledger.begin(3 * RATE);
        assert!(ledger.open[0].words.is_empty(), "what comes late is not put into another's mouth");
    }

    #[test]
    fn nothing_is_waited_for_without_end() {
        let mut ledger = Ledger::default();
        ledger.begin(0);
        ledger.end(RATE);
        assert_eq!(ledger.settle(RATE / 2, ms(60_000)), None, "it is not sent yet");
        assert_eq!(ledger.settle(RATE, ms(60_000)), None);
        assert_eq!(ledger.settle(RATE, ms(65_000)), Some(Ok(Heard::of(Vec::new()))), "a cough");
        ledger.begin(RATE);
        ledger.end(2 * RATE);
        ledger.take(result(true, &[("a", 1.2, Some(0.9))]), ms(66_000));
        assert_eq!(ledger.settle(2 * RATE, ms(66_000)), None);
        assert!(matches!(ledger.settle(2 * RATE, ms(76_000)), Some(Err(SpeechError::Failed(_)))), "a hole is told");
    }

    #[test]
    fn what_is_no_result_is_not_read() {
        assert!(serde_json::from_str::<Event>("{}").is_err());
        assert!(serde_json::from_str::<Event>(r#"{"Transcript":{"Results":[]}}"#).is_ok());
    }
}
