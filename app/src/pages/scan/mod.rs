//! Scanning (`/scan`): the camera island, and the same without JavaScript: a typed number, a photo, undo.

pub(crate) mod form;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod photo;
pub(crate) mod submit;
pub(crate) mod verdict;
