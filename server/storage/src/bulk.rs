//! The demo's loader.
