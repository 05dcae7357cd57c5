//! The browser bundle's entry: it wakes the islands of `/scan`, and nothing else.

use app as _; // keeps the islands in the bundle: their exported functions are found by name

/// Called once by Leptos' script in the page, before it hands each island its element.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
