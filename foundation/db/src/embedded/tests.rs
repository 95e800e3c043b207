//! On real clusters in folders of their own. They need the PostgreSQL programs, as every test of the house does.

use std::path::Path;
use std::process::Command;

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;

use super::{Durability, Embedded, EmbeddedConfig, SUPERUSER};

fn config(dir: &Path, durability: Durability) -> EmbeddedConfig {
    EmbeddedConfig { dir: dir.to_owned(), bin: None, caches: Vec::new(), durability }
}

#[expect(clippy::disallowed_methods, reason = "an empty server has no schema to check against")]
async fn ask(embedded: &Embedded, question: &'static str) -> String {
    let mut connection = PgConnection::connect_with(&embedded.options("postgres", SUPERUSER)).await.unwrap();
    let answer: (String,) = sqlx::query_as(question).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    answer.0
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_restart_in_a_path_with_spaces() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("a path with spaces");
    let first = Embedded::start(config(&dir, Durability::Durable)).await.unwrap();
    ask(&first, "select set_config('x.y', 'z', false)").await;
    let mut connection = PgConnection::connect_with(&first.options("postgres", SUPERUSER)).await.unwrap();
    sqlx::raw_sql("create table kept as select 'yes' as word").execute(&mut connection).await.unwrap();
    assert_eq!(ask(&first, "show fsync").await, "on");
    assert_eq!(ask(&first, "show data_checksums").await, "on");
    assert_eq!(ask(&first, "show listen_addresses").await, "");
    first.stop().await.unwrap();

    let second = Embedded::start(config(&dir, Durability::Durable)).await.unwrap();
    assert_eq!(ask(&second, "select word from kept").await, "yes");
    let process = second.process_id().unwrap();
    second.stop().await.unwrap();
    assert!(!Path::new(&format!("/proc/{process}")).exists(), "nothing is left running");
    Embedded::start(config(&dir, Durability::Throwaway)).await.unwrap().stop().await.unwrap();
}

#[tokio::test]
async fn the_last_of_two_users_stops_the_server() {
    let home = tempfile::tempdir().unwrap();
    let first = Embedded::start(config(home.path(), Durability::Throwaway)).await.unwrap();
    let second = Embedded::start(config(home.path(), Durability::Throwaway)).await.unwrap();
    assert_eq!(first.process_id(), second.process_id());
    let process = first.process_id().unwrap();
    first.stop().await.unwrap();
    assert_eq!(ask(&second, "select 'still here'").await, "still here");
    drop(second);
    assert!(!Path::new(&format!("/proc/{process}")).exists());
}

#[tokio::test]
async fn a_server_that_was_killed_starts_again() {
    let home = tempfile::tempdir().unwrap();
    let killed = Embedded::start(config(home.path(), Durability::Throwaway)).await.unwrap();
    let process = killed.process_id().unwrap();
    assert!(Command::new("kill").args(["-9", &process.to_string()]).status().unwrap().success());
    let next = tokio::task::spawn_blocking({
        let config = config(home.path(), Durability::Throwaway);
        move || {
            while Path::new(&format!("/proc/{process}")).exists() {
                std::thread::yield_now();
            }
            Embedded::start_blocking(&config)
        }
    });
    let next = next.await.unwrap().unwrap();
    assert_eq!(ask(&next, "select 'again'").await, "again");
    assert_ne!(next.process_id(), Some(process));
    drop(killed);
    next.stop().await.unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_gets_a_short_folder_that_goes_with_the_server() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("x".repeat(120));
    let embedded = Embedded::start(config(&dir, Durability::Throwaway)).await.unwrap();
    let socket_dir = embedded.socket_dir.clone();
    assert!(socket_dir.as_os_str().len() < 80, "{}", socket_dir.display());
    assert_eq!(ask(&embedded, "select 'reached'").await, "reached");
    embedded.stop().await.unwrap();
    assert!(!socket_dir.exists());
}
