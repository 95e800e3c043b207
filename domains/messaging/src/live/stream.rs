use std::{convert::Infallible, time::Duration};

use access::Role;
use axum::response::{
    IntoResponse,
    sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt, stream};
use web::{
    SignedIn,
    live::{News, Topic},
};

use super::seats::Seat;

/// Comments keep proxies from closing a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(20);
const LONGEST: Duration = Duration::from_mins(10);

/// `GET /live`: the account's news, and for a doctor those of the practice.
pub(crate) async fn open(me: SignedIn) -> web::Result {
    let actor = me.actor();
    let seat = Seat::take(actor.account)?;
    let live = me.app().live();
    let mut topics = vec![Topic::Account(actor.account)];
    if let Some(practitioner) = actor.practitioner.filter(|_| actor.is(Role::Doctor)) {
        topics.push(Topic::Practitioner(practitioner));
    }
    let news = stream::select_all(topics.into_iter().map(|topic| live.subscribe(topic).into_stream().boxed()));
    Ok(Sse::new(told(seat, news)).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response())
}

/// What is heard, until the stream has lasted long enough. A listener that fell behind is told to look at everything again.
fn told(
    seat: Seat,
    news: impl Stream<Item = News> + Send + 'static,
) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
    let hello = stream::once(async { Event::default().comment("listening").retry(Duration::from_secs(2)) });
    let news = news.map(move |News { kind, data }| {
        // The seat goes with the stream.
        let _seat = &seat;
        Event::default().event(kind).data(data.to_string())
    });
    hello.chain(news).map(Ok).take_until(tokio::time::sleep(LONGEST))
}
