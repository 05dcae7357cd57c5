//! What the buttons do. On the server nothing: it draws them, the browser presses them.

use leptos::ev::{Event, SubmitEvent};

use super::state::Scan;

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $kind:ty),*);)*) => {
        $(
            $(#[$doc])*
            pub(super) fn $name(scan: Scan $(, $arg: $kind)*) {
                #[cfg(feature = "hydrate")]
                super::browser::$name(scan $(, $arg)*);
                #[cfg(not(feature = "hydrate"))]
                let _ = (scan $(, $arg)*);
            }
        )*
    };
}

acts! {
    /// The island runs: take over the page's forms, listen to the keyboard scanner.
    mounted();
    /// Asks for the camera and scans until stopped.
    start_camera();
    /// Gives the camera back.
    stop_camera();
    /// Light on or off.
    toggle_torch();
    /// Nearer or not.
    toggle_zoom();
    /// Sends the waiting scan again.
    retry();
    /// Throws the waiting scan away.
    drop_waiting();
    /// Takes the last scan back.
    undo();
    /// Closes the verdict now.
    next();
    /// The number typed in the sheet.
    number_sent(event: &SubmitEvent);
    /// The photo chosen in the sheet.
    photo_chosen(event: &Event);
    /// Loads the page again.
    reload();
}
