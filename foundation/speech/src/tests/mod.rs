//! The rate that is reported is a rate.

mod hearing;
mod mixing;
mod packets;

use crate::testing::word_error_rate;

#[test]
fn each_kind_of_error_counts_once() {
    let rate = |said, heard| format!("{:.2}", word_error_rate(said, heard));
    assert_eq!(rate("Ever tried, ever failed.", "ever tried ever failed"), "0.00");
    assert_eq!(rate("one two three four", "one two tree four"), "0.25");
    assert_eq!(rate("one two three four", "one three four"), "0.25");
    assert_eq!(rate("one two three four", "one two two three four"), "0.25");
    assert_eq!(rate("one two", ""), "1.00");
}
