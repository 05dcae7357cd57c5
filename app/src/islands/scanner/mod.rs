//! The scanner: camera, verdict, undo.
//!
//! Markup is the server's, behaviour is the island's. [`markup`] draws the whole scanner once, hidden, with every
//! word that it may ever say; the browser's bundle has no HTML and no sentence in it, only what shows, hides and
//! fills. That is half the bundle it would be otherwise, and the reader of `markup.rs` sees the screen as it is.
//!
//! The page around it (`/scan`) works without it: an activity picker, a form for the number and one for a photo,
//! each an ordinary POST. The island does not repeat them but takes them over once it runs, by these attributes:
//!
//! | on | what it does |
//! |---|---|
//! | `<select data-scan="activity">` | its value is the chosen `ActivityId`, its option's text the name on the screen |
//! | `<button data-scan="pick">` | taken away: choosing is enough |
//! | `<input type="hidden" data-scan="activity-id">` | follows the choice, in case the form is posted after all |
//! | `<form data-scan="number">` with `name="number"` | sent by `fetch`, the verdict fills the screen |
//! | `<form data-scan="photo">` with `type="file"` | read by the worker, nothing is uploaded |
//!
//! | `data-scan="online"` | what only the page without a paired phone shows: goes away on a paired one |
//! | `data-scan="closed"`, `data-scan="device"` | for who may not scan: the sentence that says so, and the page that takes its place on a paired phone |
//!
//! Inside the markup `data-part` names what the browser shows or fills, `data-do` what a button does.

#[cfg(feature = "hydrate")]
pub(crate) mod browser;
#[cfg(feature = "ssr")]
mod markup;
#[cfg(any(feature = "hydrate", test))]
mod outcome;
#[cfg(feature = "ssr")]
mod queue_markup;
mod texts;

#[cfg(feature = "ssr")]
pub use markup::{lost, markup};
pub use texts::Text;
