use crate::Audience;

/// A handler's arguments that begin with audience `A`. (Axum's tuples carry a marker before the arguments.)
pub trait FirstIs<A> {}

macro_rules! first_is {
    ($($rest:ident),*) => {
        impl<M, A: Audience, $($rest),*> FirstIs<A> for (M, A, $($rest),*) {}
    };
}

first_is!();
first_is!(B);
first_is!(B, C);
first_is!(B, C, D);
first_is!(B, C, D, E);
first_is!(B, C, D, E, F);
