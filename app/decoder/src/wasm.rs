//! What the worker calls.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::frames::Frames;

/// A camera's stream, kept by the worker between frames.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Decoder {
    frames: Frames,
}

#[wasm_bindgen]
impl Decoder {
    /// A new stream.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// One camera frame: RGBA, four bytes a pixel. `undefined` when nothing reads.
    #[wasm_bindgen]
    pub fn frame(&mut self, rgba: &[u8], width: u32, height: u32) -> Option<String> {
        self.frames.decode_rgba(rgba, width, height)
    }

    /// A photo, with more patience.
    #[wasm_bindgen]
    pub fn photo(&self, rgba: &[u8], width: u32, height: u32) -> Option<String> {
        crate::decode_photo(rgba, width, height)
    }
}
