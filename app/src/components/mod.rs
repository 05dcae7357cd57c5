//! Pieces that more than one page is made of. Their HTML follows the list at the top of `style/main.css`.

pub(crate) mod activity;
pub(crate) mod document;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod masthead;
pub(crate) mod notice;
pub(crate) mod pass_card;
pub(crate) mod qr;
