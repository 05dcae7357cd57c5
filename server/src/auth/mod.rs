//! Who asks: passwords, sessions of the website, tokens of programs, signatures of devices.

pub(crate) mod address;
pub(crate) mod caller;
pub(crate) mod device;
pub(crate) mod jose;
pub(crate) mod limiter;
pub(crate) mod password;
pub(crate) mod session;
pub(crate) mod tokens;
