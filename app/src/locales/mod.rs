//! The texts on screen, in one place. Dutch is the first and complete language; help languages come beside it.

pub(crate) mod nl;
