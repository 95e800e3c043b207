//! What reaches people: their notices, news in the open page, and the demonstration's letters.
//!
//! * `notices`: the inbox, `/notifications` and `/api/v1/notices`
//! * `preferences`: what people want to hear, how and when, `/account/notifications`; the way out of letters, `/unsubscribe`
//! * `deliveries`: what administrators see of letters on their way, `/admin/deliveries`
//! * `live`: server-sent events for the open page, `/live`
//! * `mailbox`: where demonstration mode's e-mails and texts end up, `/dev/mailbox`
//!
//! Other rooms tell people things by `notify::tell`; this room shows them, and its jobs send the letters.

mod deliveries;
mod live;
mod mailbox;
mod notices;
mod preferences;
mod work;

/// What this room shows the server.
pub fn room() -> web::Room {
    let routes = notices::routes()
        .merge(preferences::routes())
        .merge(deliveries::routes())
        .merge(live::routes())
        .merge(mailbox::routes());
    web::Room { name: "messaging", routes, jobs: work::jobs() }
}
