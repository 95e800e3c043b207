//! How far one word is from another, when somebody mistypes.

/// Slips forgiven in a word of this length: none in short ones, where every letter counts.
pub(super) fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Whether `typed` becomes the beginning of `word` with at most `slips` letters changed, added, dropped or swapped with their
/// neighbour.
pub(super) fn begins_nearly(typed: &str, word: &str, slips: usize) -> bool {
    let typed: Vec<char> = typed.chars().collect();
    let word: Vec<char> = word.chars().take(typed.len() + slips).collect();
    if word.len() + slips < typed.len() || word.first() != typed.first() {
        return false;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=word.len()).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in word.iter().enumerate() {
            let mut best =
                (last[column] + usize::from(letter != other)).min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *letter == word[column - 1] && typed[row - 1] == *other {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.into_iter().min().is_some_and(|distance| distance <= slips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_at_the_beginning_of_a_longer_word() {
        assert!(begins_nearly("diabtes", "diabetes", 1));
        assert!(begins_nearly("pnuemon", "pneumonia", 1));
        assert!(!begins_nearly("hepatic", "hepatitis", 0));
        assert!(!begins_nearly("xiabetes", "diabetes", 1), "the first letter must be right");
    }
}
