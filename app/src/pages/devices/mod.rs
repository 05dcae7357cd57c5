//! The organiser's devices (`/toestellen`): pairing one, and what is done with those that are paired.

pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod pair;
pub(crate) mod whose;
