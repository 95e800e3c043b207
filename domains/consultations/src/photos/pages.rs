//! HTML: the patient's side sends a photo from the room, and makes an address for a phone. The page is that of `shows`.

use axum::extract::Path;
use chart::documents::take_photo;
use identity::throttle::LINK_TRIES_NETWORK;
use kernel::{FaultKind, ids::VisitId};
use web::{Incoming, Patient, SignedIn};

use super::{FreshLink, PhotoError, make, revoke, send, send::may_send};
use crate::shows::{PanelAsked, panel};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .post_stream::<Patient, _, _>("/visits/{visit}/photos", post)
        .post::<Patient, _, _>("/visits/{visit}/photo-link", link)
        .post::<SignedIn, _, _>("/visits/{visit}/photo-link/revocation", take_back)
}

/// `POST /visits/{visit}/photos`
async fn post(me: Patient, Path(id): Path<VisitId>, mut form: Incoming) -> web::Result {
    let mut tx = me.begin().await?;
    may_send(&mut tx, me.actor(), id).await?;
    tx.rollback().await?;
    let kept = async {
        let photo = take_photo(me.app(), &mut form).await?;
        let mut tx = me.begin().await?;
        send(&mut tx, me.app().vault(), me.actor(), id, photo).await?;
        Ok::<_, web::Error>(tx.commit().await?)
    };
    match kept.await {
        Ok(()) => Ok(me.redirect(&format!("/visits/{id}/shows"))),
        Err(error) => match error.kind() {
            FaultKind::Invalid(errors) => {
                let errors = errors.clone();
                panel(&me, id, PanelAsked { errors, ..PanelAsked::default() }).await
            }
            _ => Err(error),
        },
    }
}

/// `POST /visits/{visit}/photo-link`: the code is shown this once.
async fn link(me: Patient, Path(id): Path<VisitId>) -> web::Result {
    let network = identity::door::origin(&me).network;
    identity::door::throttle(&me).pass(&[(LINK_TRIES_NETWORK, network.as_str())]).await?;
    let mut tx = me.begin().await?;
    let made = make(&mut tx, me.app().vault(), me.actor(), id).await?;
    tx.commit().await?;
    let address = identity::door::sender(&me).url(&made.path());
    let code = documents::qr_svg(&address).map_err(|_| PhotoError::Closed)?;
    let until = me.page("consultations-shows-title").time(made.expires_at);
    let fresh = Some(FreshLink { code, address, until });
    panel(&me, id, PanelAsked { fresh, ..PanelAsked::default() }).await
}

/// `POST /visits/{visit}/photo-link/revocation`
async fn take_back(me: SignedIn, Path(id): Path<VisitId>) -> web::Result {
    let mut tx = me.begin().await?;
    revoke(&mut tx, me.actor(), id).await?;
    tx.commit().await?;
    Ok(me.redirect(&format!("/visits/{id}/shows")))
}
