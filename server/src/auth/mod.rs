//! Who asks: passwords, sessions of the website, tokens of programs.

pub(crate) mod address;
pub(crate) mod caller;
pub(crate) mod limiter;
pub(crate) mod password;
pub(crate) mod session;
pub(crate) mod tokens;
