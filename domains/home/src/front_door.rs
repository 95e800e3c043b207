//! `/home`: to the first page of whoever signed in.

use access::Role;
use web::SignedIn;

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().get::<SignedIn, _, _>("/home", go)
}

async fn go(me: SignedIn) -> web::Result {
    let actor = me.actor();
    let address = if actor.practitioner.is_some() && actor.is(Role::Doctor) {
        "/doctor"
    } else if actor.is(Role::Administrator) {
        "/admin"
    } else if actor.is(Role::Patient) {
        "/home/patient"
    } else if actor.is(Role::Nurse) {
        "/urgent/queue"
    } else {
        "/account"
    };
    Ok(me.redirect(address))
}
