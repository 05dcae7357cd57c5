//! Enums that travel as stable lower-case codes: in the database, in JSON, in CSV and on the command line.

use thiserror::Error;

/// A text that is none of the codes of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{found}\" is no {what}; known: {known}")]
pub struct UnknownCode {
    /// What the text should have been, in words ("verdict").
    pub what: &'static str,
    /// The text as given.
    pub found: String,
    /// Every code that would have been right, separated by commas.
    pub known: String,
}

/// Declares an enum whose every value has one stable code, with `code`, `ALL`, `FromStr`, `Display` and serde by code.
macro_rules! code_enum {
    (
        $(#[$meta:meta])*
        $name:ident ($what:literal) {
            $( $(#[$variant_meta:meta])* $variant:ident = $code:literal $(= $value:literal)? ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $code)] $variant $(= $value)? ),+
        }

        impl $name {
            /// Every value, in the order in which they are declared.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable text of this value; it never changes once published.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.code() == text).ok_or_else(|| $crate::UnknownCode {
                    what: $what,
                    found: text.chars().take(80).collect(),
                    known: Self::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

pub(crate) use code_enum;
