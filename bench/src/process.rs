//! CPU time and memory of process trees, from `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// Linux counts CPU time in hundredths of a second here, whatever its timer does.
const TICKS_PER_SECOND: u64 = 100;

struct Stat {
    parent: u32,
    ticks: u64,
}

/// Parent and CPU time. The name may hold spaces and parentheses: what counts comes after the last one.
fn parse(text: &str) -> Option<Stat> {
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Stat { parent: u32::try_from(number(1)?).ok()?, ticks: number(11)? + number(12)? + number(13)? + number(14)? })
}

/// The CPU time of these processes and everything below them, with children that have ended.
pub(crate) fn cpu(roots: &[u32]) -> Duration {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        if let Some(stat) = fs::read_to_string(entry.path().join("stat")).ok().and_then(|text| parse(&text)) {
            all.insert(id, stat);
        }
    }
    let below = |mut id: u32| loop {
        if roots.contains(&id) {
            return true;
        }
        match all.get(&id) {
            Some(stat) if stat.parent > 1 => id = stat.parent,
            _ => return false,
        }
    };
    let ticks: u64 = all.iter().filter(|(id, _)| below(**id)).map(|(_, stat)| stat.ticks).sum();
    Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND)
}

/// The processes that this one has started.
pub(crate) fn children(parent: u32) -> Vec<u32> {
    let ids = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let is_child = |id: &u32| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok().and_then(|text| parse(&text));
        stat.is_some_and(|stat| stat.parent == parent)
    };
    ids.filter(is_child).collect()
}

/// What a process says of itself; PostgreSQL names database and user there.
pub(crate) fn title(id: u32) -> String {
    fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default()
}

/// It runs, or is about to end; one that has ended and was not asked for yet does not.
pub(crate) fn is_alive(id: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
}

/// Resident memory, in bytes.
pub(crate) fn resident(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_is_no_trouble() {
        let stat = parse("42 (a (very) odd name) S 7 42 42 0 -1 4194304 1 2 3 4 10 20 30 40 20 0 1 0 5").unwrap();
        assert_eq!((stat.parent, stat.ticks), (7, 100));
    }

    #[test]
    fn our_own_memory_is_more_than_nothing() {
        assert!(resident(std::process::id()) > 100_000);
    }
}
