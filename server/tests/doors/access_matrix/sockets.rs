//! The one route that is asked for by an upgrade.

use http::StatusCode;
use tokio_tungstenite::tungstenite::Error;

use super::cast::{Cast, Who};
use crate::support::{Hospital, Words};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_listens_to_a_conversation_of_others() {
    let hospital = Hospital::open().await;
    let story = hospital.met(&Words::default()).await;
    let visit = story.visit.clone();
    let cast = Cast::gather(&hospital, story).await;
    let serving = hospital.serve().await;
    for who in Who::ALL {
        let token = match cast.person(who) {
            Some(person) => hospital.session(person).await,
            None => String::new(),
        };
        let opened = serving.socket(&visit, &token, &serving.origin()).await;
        match who {
            Who::Owner | Who::Doctor => assert!(opened.is_ok(), "{who:?}"),
            Who::Visitor => assert_eq!(refusal(opened), StatusCode::SEE_OTHER),
            _ => assert_eq!(refusal(opened), StatusCode::NOT_FOUND, "{who:?}"),
        }
        let of_another_site = serving.socket(&visit, &token, "https://evil.example").await;
        if matches!(who, Who::Owner | Who::Doctor) {
            assert_eq!(refusal(of_another_site), StatusCode::FORBIDDEN, "{who:?}");
        }
    }
}

#[track_caller]
fn refusal<T>(opened: Result<T, Error>) -> StatusCode {
    match opened {
        Err(Error::Http(response)) => response.status(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("the socket opened"),
    }
}
