//! From the token of a request to the person who asks.

use std::str::FromStr;

use access::{Actor, Role};
use db::{Context, Db};
use kernel::{Locale, Zone};
use web::{Known, SpokenFor};

use super::{Factor, model::is_staff, recent::Recent, store};
use crate::tokens::TokenHash;

/// The door that `web` asks for every request with a token.
#[derive(Debug)]
pub struct Door {
    demo_mode: bool,
    recent: Recent,
}

#[async_trait::async_trait]
impl web::SessionDoor for Door {
    /// Who holds this token now. Polling does not keep a session alive: it asks with `extends = false`.
    async fn find(&self, db: &Db, token: &str, extends: bool) -> Result<Option<Known>, db::Error> {
        let hash = TokenHash::of(token);
        let Some(found) = self.recent.find(db, &hash, store::find).await? else { return Ok(None) };
        if extends && found.idle {
            let mut tx = db.begin(&Context::system("session seen")).await?;
            store::set_seen(&mut tx, found.session).await?;
            tx.commit().await?;
        }
        let unread = found.unread;
        let named = found.people.iter().zip(&found.names);
        let people = named
            .map(|(patient, name)| SpokenFor {
                patient: *patient,
                name: name.clone(),
                is_own: found.own == Some(*patient),
            })
            .collect();
        Ok(Some(Known { actor: self.actor(found), unread, people }))
    }
}

impl Door {
    /// Only in demonstration mode are staff accounts honoured that need no second factor.
    pub fn new(demo_mode: bool) -> Self {
        Self { demo_mode, recent: Recent::default() }
    }

    fn actor(&self, found: store::Found) -> Actor {
        let roles: Vec<Role> = found.roles.iter().filter_map(|role| Role::from_str(role).ok()).collect();
        let exempt = self.demo_mode && found.exempt;
        let factor = found.factor.parse().unwrap_or(Factor::Password);
        let must_enrol = is_staff(&roles) && !factor.is_strong() && !exempt;
        Actor {
            account: found.account,
            session: found.session,
            roles,
            patients: found.patients,
            practitioner: found.practitioner,
            name: found.name,
            locale: found.locale.parse().unwrap_or(Locale::En),
            zone: found.zone.parse().unwrap_or_else(|_| Zone::utc()),
            must_enrol,
        }
    }
}
