//! The index: which codes hold which word.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use super::{Code, data, everyday, near};

/// The list, unpacked and indexed once.
pub(super) fn list() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    LIST.get_or_init(|| List::read(data::unpacked().leak()))
}

pub(super) struct List {
    codes: Vec<Code>,
    /// Words in order, each with the places in `codes` where it stands.
    words: Vec<(&'static str, Vec<u32>)>,
    frequent: HashSet<&'static str>,
}

impl List {
    fn read(text: &'static str) -> Self {
        let codes: Vec<Code> = text.lines().filter_map(parsed).collect();
        let mut words: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        // Names are indexed in lower case; the copy lives as long as the list.
        let lower: &'static str = text.to_lowercase().leak();
        for (place, line) in (0u32..).zip(lower.lines()) {
            let name = line.rsplit('\t').next().unwrap_or_default();
            for word in split(name) {
                let places = words.entry(word).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        Self { codes, words: words.into_iter().collect(), frequent: everyday::frequent().iter().copied().collect() }
    }

    pub(super) fn find(&self, code: &str) -> Option<Code> {
        let wanted = bare(code);
        self.codes
            .binary_search_by(|known| known.code.replace('.', "").cmp(&wanted))
            .ok()
            .map(|place| self.codes[place])
    }

    pub(super) fn search(&self, q: &str, limit: usize) -> Vec<Code> {
        let typed = q.trim();
        if typed.chars().count() < 2 {
            return Vec::new();
        }
        if looks_like_code(typed) {
            let found = self.by_code(&bare(typed), limit);
            if !found.is_empty() {
                return found;
            }
        }
        let meant = everyday::meant(typed);
        let words: Vec<&str> = split(&meant).collect();
        self.by_words(&words, limit)
    }

    fn by_code(&self, beginning: &str, limit: usize) -> Vec<Code> {
        let start = self.codes.partition_point(|known| known.code.replace('.', "").as_str() < beginning);
        self.codes[start..]
            .iter()
            .take_while(|known| known.code.replace('.', "").starts_with(beginning))
            .take(limit)
            .copied()
            .collect()
    }

    fn by_words(&self, words: &[&str], limit: usize) -> Vec<Code> {
        let mut fitting: Option<Vec<bool>> = None;
        for word in words {
            let holding = self.holding(word);
            fitting = Some(match fitting {
                None => holding,
                Some(so_far) => so_far.iter().zip(&holding).map(|(a, b)| *a && *b).collect(),
            });
        }
        let Some(fitting) = fitting else { return Vec::new() };
        let mut ranked: Vec<(i32, Code)> = fitting
            .iter()
            .zip(&self.codes)
            .filter(|(fits, _)| **fits)
            .map(|(_, code)| (self.rank(*code, words), *code))
            .collect();
        ranked.sort_unstable_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.code.cmp(y.code)));
        ranked.into_iter().take(limit).map(|(_, code)| code).collect()
    }

    /// Marks the codes that hold a word beginning with `word`, or, when there is none, nearly so.
    fn holding(&self, word: &str) -> Vec<bool> {
        let mut marks = vec![false; self.codes.len()];
        let start = self.words.partition_point(|(known, _)| *known < word);
        let mut found = false;
        for (_, places) in self.words[start..].iter().take_while(|(known, _)| known.starts_with(word)) {
            found = true;
            mark(&mut marks, places);
        }
        let slips = near::slips_allowed(word.chars().count());
        if !found && slips > 0 {
            for (_, places) in self.words.iter().filter(|(known, _)| near::begins_nearly(word, known, slips)) {
                mark(&mut marks, places);
            }
        }
        marks
    }

    /// Everyday before rare, short before long, the beginning of the name before its end, whole words before beginnings.
    fn rank(&self, code: Code, words: &[&str]) -> i32 {
        let name = code.name.to_lowercase();
        let length = i32::try_from(name.len()).unwrap_or(i32::MAX).min(300);
        let whole = split(&name).filter(|word| words.contains(word)).count();
        let mut rank = 40 * i32::try_from(whole.min(words.len())).unwrap_or(0) - length;
        if words.first().is_some_and(|first| name.starts_with(first)) {
            rank += 60;
        }
        if self.frequent.contains(code.code) {
            rank += 150;
        }
        if code.billable {
            rank += 15;
        }
        // External causes, injuries by encounter, perinatal and obstetric codes are rarely what is meant by a plain word.
        if code.code.starts_with(['V', 'W', 'X', 'Y', 'S', 'T', 'P', 'O', 'Z']) {
            rank -= 80;
        }
        rank
    }
}

fn parsed(line: &'static str) -> Option<Code> {
    let mut cells = line.splitn(3, '\t');
    let (code, leaf, name) = (cells.next()?, cells.next()?, cells.next()?);
    Some(Code { code, name, billable: leaf == "1" })
}

fn mark(marks: &mut [bool], places: &[u32]) {
    for place in places {
        marks[*place as usize] = true;
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn bare(code: &str) -> String {
    code.trim().replace('.', "").to_uppercase()
}

/// A letter, a digit, and then only letters, digits and dots: `E11`, `e11.9`.
fn looks_like_code(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && letters.all(|c| c.is_ascii_alphanumeric() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::super::{find, search};

    fn first(q: &str) -> &'static str {
        search(q, 10).first().map_or("nothing", |code| code.code)
    }

    #[test]
    fn the_whole_list_is_there() {
        assert_eq!(super::list().codes.len(), 98_204);
        assert_eq!(find("e119").map(|code| code.name), Some("Type 2 diabetes mellitus without complications"));
        assert_eq!(find("U99.99"), None);
    }

    #[test]
    fn words_in_any_order_and_beginnings_find_a_diagnosis() {
        assert_eq!(first("type 2 diabetes mellitus without"), "E11.9");
        assert_eq!(first("diab type 2"), "E11.9");
        assert_eq!(first("hypertension"), "I10");
        assert_eq!(first("acne vulg"), "L70.0");
        assert_eq!(first("sore throat"), "J02.9");
    }

    #[test]
    fn abbreviations_and_british_spelling_are_understood() {
        assert_eq!(first("UTI"), "N39.0");
        assert_eq!(first("COPD"), "J44.9");
        assert_eq!(first("iron deficiency anaemia"), "D50.9");
        assert_eq!(first("heart attack"), "I21.9");
    }

    #[test]
    fn a_code_is_found_by_its_beginning() {
        assert_eq!(first("E11.9"), "E11.9");
        assert!(search("l20", 20).iter().all(|code| code.code.starts_with("L20")));
    }

    #[test]
    fn one_slip_is_forgiven_and_nonsense_is_not() {
        assert_eq!(first("diabtes type 2"), "E11.9");
        assert_eq!(first("asthmma unspecified"), "J45.909");
        assert_eq!(first("zzzqqq"), "nothing");
        assert_eq!(first("a"), "nothing");
    }
}
