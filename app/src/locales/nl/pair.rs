//! Texts of the page around pairing; what the browser says is with the island `pairing`.

pub(crate) const TITLE: &str = "Koppel dit toestel";
pub(crate) const DESCRIPTION: &str = "Koppel een telefoon of tablet met een club, om passen te scannen zonder account.";
pub(crate) const LEAD: &str = "Daarna scan je passen voor je club, ook zonder internet. Een account is niet nodig.";
pub(crate) const NO_SCRIPT: &str =
    "Koppelen kan alleen met JavaScript. Zet JavaScript aan, of meld je aan met het account van je club.";
pub(crate) const KEPT: &str = "Op dit toestel komen geen namen. Wat je scant, staat er alleen tot het verzonden is.";
