//! Who gets paid, and into which account: numbers that carry their own check.

mod iban;
mod kbo;
mod v_code;

pub use iban::{Iban, IbanError};
pub use kbo::{Kbo, KboError};
pub use v_code::{VCode, VCodeError};
