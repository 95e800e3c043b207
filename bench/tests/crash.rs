//! A few kills under load, with the same program that does a hundred (`bench crash`).

use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "a minute and a half long; `make crash` does it a hundred times"]
fn after_kills_of_server_and_database_nothing_is_lost_and_nothing_happened_twice() {
    let bench = Path::new(env!("CARGO_BIN_EXE_bench"));
    let bedside = bench.with_file_name("bedside");
    assert!(bedside.is_file(), "build it first: cargo build -p server");
    let done = Command::new(bench)
        .args([
            "crash",
            "--server-kills",
            "3",
            "--postgres-kills",
            "1",
            "--clients",
            "4",
            "--last-patience",
            "3",
            "--bedside",
        ])
        .arg(bedside)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    println!("{said}");
}
