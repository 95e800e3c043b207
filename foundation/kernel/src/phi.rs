//! Wrappers that will not print: secrets, and health data.

use std::fmt;

macro_rules! unprintable {
    ($(#[$doc:meta])* $name:ident, $shown:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Default)]
        pub struct $name<T>(T);

        impl<T> $name<T> {
            pub const fn new(value: T) -> Self { Self(value) }
            pub const fn expose(&self) -> &T { &self.0 }
            pub fn into_inner(self) -> T { self.0 }
        }
        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self { Self(value) }
        }
        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str($shown) }
        }
    };
}

unprintable!(
    /// A password, token or key.
    Secret,
    "[secret]"
);
unprintable!(
    /// Protected health information.
    Phi,
    "[health data]"
);
