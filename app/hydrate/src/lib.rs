//! The browser bundle's entry: it wakes the islands of `/scan` and `/koppel`, and nothing else.

/// Called once by Leptos' script in the page. There are no elements of Leptos' own that it would look for afterwards.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::islands::wake();
}
