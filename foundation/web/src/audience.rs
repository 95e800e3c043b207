//! Who a route is for, as the type of its handler's first argument. A wrong one does not compile; a wrong person does not get in.

use std::ops::Deref;

use access::Role;
use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::{
    FaultKind,
    ids::{PatientId, PractitionerId},
};

use crate::{App, Ctx, Error};

/// A kind of person that a route may be for.
pub trait Audience: FromRequestParts<App, Rejection = Error> + Deref<Target = Ctx> + Send + 'static {
    /// As the access matrix writes it.
    const NAME: &'static str;
    /// Whoever holds one of these; empty where any account will do.
    const ROLES: &'static [Role];
}

macro_rules! audience {
    ($(#[$doc:meta])* $name:ident, $word:literal, $roles:expr, $admit:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Ctx);

        impl Deref for $name {
            type Target = Ctx;
            fn deref(&self) -> &Ctx {
                &self.0
            }
        }

        impl FromRequestParts<App> for $name {
            type Rejection = Error;
            async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
                let ctx = parts.extensions.get::<Ctx>().cloned().ok_or_else(|| Error::of(FaultKind::Internal))?;
                let admit: fn(&Ctx) -> Result<(), Error> = $admit;
                admit(&ctx)?;
                Ok(Self(ctx))
            }
        }

        impl Audience for $name {
            const NAME: &'static str = $word;
            const ROLES: &'static [Role] = $roles;
        }
    };
}

audience!(
    /// Anyone, signed in or not. For public routes only.
    Visitor, "anyone", &[], |_| Ok(())
);
audience!(
    /// Anyone with a session.
    SignedIn, "signed in", &[], signed_in
);
audience!(
    /// An account with a patient record of its own.
    Patient, "patient", &[Role::Patient], |ctx| {
        signed_in(ctx)?;
        if ctx.actor().is(Role::Patient) && ctx.actor().patient().is_some() { Ok(()) } else { Err(not_for_you(ctx, "web-only-patients")) }
    }
);
audience!(
    /// A doctor with a practice here.
    Doctor, "doctor", &[Role::Doctor], |ctx| {
        signed_in(ctx)?;
        let actor = ctx.actor();
        if actor.is(Role::Doctor) && actor.practitioner.is_some() { Ok(()) } else { Err(not_for_you(ctx, "web-only-doctors")) }
    }
);
audience!(
    /// Whoever works here: doctors, nurses, administrators.
    Staff, "staff", &[Role::Doctor, Role::Nurse, Role::Administrator], |ctx| {
        signed_in(ctx)?;
        let works = Staff::ROLES.iter().any(|role| ctx.actor().is(*role));
        if works { Ok(()) } else { Err(not_for_you(ctx, "web-only-staff")) }
    }
);
audience!(
    /// Who runs the platform. Reads no chart.
    Admin, "administrator", &[Role::Administrator], |ctx| {
        signed_in(ctx)?;
        if ctx.actor().is(Role::Administrator) { Ok(()) } else { Err(not_for_you(ctx, "web-only-administrators")) }
    }
);

fn signed_in(ctx: &Ctx) -> Result<(), Error> {
    if ctx.actor_opt().is_some() { Ok(()) } else { Err(Error::of(FaultKind::SignInNeeded)) }
}

fn not_for_you(_: &Ctx, rule: &'static str) -> Error {
    Error::of(FaultKind::forbidden(rule, "web-who-gives-roles"))
}

impl Patient {
    /// As `Ctx::about`.
    #[must_use]
    pub fn about(&self, patient: PatientId) -> Self {
        Self(self.0.about(patient))
    }

    /// The account's own record. The audience was admitted because there is one.
    pub fn patient_id(&self) -> PatientId {
        self.actor().patient().unwrap_or_else(|| PatientId::from_uuid(uuid::Uuid::nil()))
    }
}

impl SignedIn {
    /// As `Ctx::about`.
    #[must_use]
    pub fn about(&self, patient: PatientId) -> Self {
        Self(self.0.about(patient))
    }
}

impl Doctor {
    /// The practice. The audience was admitted because there is one.
    pub fn practitioner_id(&self) -> PractitionerId {
        self.actor().practitioner.unwrap_or_else(|| PractitionerId::from_uuid(uuid::Uuid::nil()))
    }
}
