//! The tables behind the golden vectors and the functions that check them.

pub(super) mod credential;
pub(super) mod decide;
mod decide_table;
pub(super) mod device;
pub(super) mod fold;
pub(super) mod live;
pub(super) mod number;

use serde::Serialize;

/// Writes a file instead of checking it, when asked to; never in wasm, which has no environment and no files.
pub(super) fn bless(file: &str, text: &str) -> bool {
    let asked = std::env::var_os("RANDPAS_BLESS").is_some();
    if asked {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/vectors")
            .join(file);
        std::fs::write(path, text).unwrap();
    }
    asked
}

/// A JSON object of lists, one line an entry, so that a change shows up as a line in the history.
pub(super) struct File(String);

impl File {
    pub(super) fn new(about: &str) -> Self {
        Self(format!("{{\n  \"about\": {}", serde_json::to_string(about).unwrap()))
    }

    pub(super) fn list<T: Serialize>(mut self, name: &str, entries: &[T]) -> Self {
        let lines: Vec<_> = entries
            .iter()
            .map(|entry| format!("    {}", serde_json::to_string(entry).unwrap()))
            .collect();
        self.0
            .push_str(&format!(",\n  \"{name}\": [\n{}\n  ]", lines.join(",\n")));
        self
    }

    pub(super) fn text(mut self) -> String {
        self.0.push_str("\n}\n");
        self.0
    }
}

pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}
