//! What an island can say. The words are only in the server's build: the browser finds them in the markup, by their
//! place in this list, so another language costs the bundle nothing.

macro_rules! texts {
    ($(#[$meta:meta])* $enum:ident { $($name:ident = $dutch:expr; $doc:literal)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $enum {
            $(#[doc = $doc] $name,)*
        }

        #[cfg(feature = "ssr")]
        impl $enum {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// In Dutch.
            pub fn dutch(self) -> &'static str {
                match self {
                    $(Self::$name => $dutch,)*
                }
            }
        }
    };
}

pub(crate) use texts;
