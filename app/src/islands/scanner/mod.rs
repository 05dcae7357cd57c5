//! The scanner: camera, verdict, undo.
//!
//! The page around it (`/scan`) works without it: an activity picker, a form for the number and one for a photo,
//! each an ordinary POST. The island does not repeat them but takes them over once it runs, by these attributes:
//!
//! | on | what it does |
//! |---|---|
//! | `<select data-scan="activity">` | its value is the chosen `ActivityId`, its option's text the name on the screen |
//! | `<button data-scan="pick">` | hidden: choosing is enough |
//! | `<input type="hidden" data-scan="activity-id">` | follows the choice, in case the form is posted after all |
//! | `<form data-scan="number">` with `name="number"` | sent by `fetch`, the verdict fills the screen |
//! | `<form data-scan="photo">` with `type="file"` | read by the worker, nothing is uploaded |
//!
//! So there is one form on the page, not two, and if the bundle never arrives nothing is lost but the camera.
//!
//! [`state`] holds the signals, `view` draws them; what touches the browser is in `browser`, which the server's
//! build does not have.

mod act;
#[cfg(feature = "hydrate")]
mod browser;
mod island;
mod state;
mod texts;
mod view;

pub use island::{Scanner, ScannerProps};
pub use texts::{Text, Texts};
