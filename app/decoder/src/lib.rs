//! QR decoding for camera frames and photos.
//!
//! One crate, two lives: natively it reads the photo that somebody without JavaScript uploads; compiled to
//! wasm it is a module of its own inside `public/decoder-worker.js`, so that a crash on one strange frame
//! takes down a worker that can be replaced and never the page.
//!
//! What it promises: any bytes in, `Some(text)` or `None` out. Whether the text is ours is not decided here
//! (that is `domain::credential::parse_scan`): a foreign QR code decodes like any other.
//!
//! Layout: [`luma`] turns pixels into grey images and resizes them, [`read`] looks for a symbol in one grey image,
//! `symbol` turns its modules into text, [`frames`] decides which images a camera frame or a photo is turned into.

pub mod frames;
pub mod luma;
pub mod read;
mod symbol;

#[cfg(target_arch = "wasm32")]
mod wasm;

pub use frames::{Frames, decode_luma, decode_photo, decode_rgba};
