//! Pairing a phone (`/koppel`): the page around the island `Pairing`.

pub(crate) mod page;
