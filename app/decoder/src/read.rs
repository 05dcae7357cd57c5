//! One grey image, one answer: is there a QR code that reads?
//!
//! rxing's C++ port of the detector is used below its reader interface, because that one looks for Micro QR too,
//! asks the clock for the time of every result, and tries any number of finder pattern triples in a noisy image.

use rxing::common::{BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::qrcode::cpp_port::detector;
use rxing::{Binarizer, Luma8Source};

use crate::luma::Luma;
use crate::symbol;

/// How much work one look may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// A camera frame: the next one comes in a tenth of a second.
    Frame,
    /// A photo: there is only this one.
    Photo,
}

impl Effort {
    /// How many triples of finder patterns are tried, best first. A QR code is nearly always among the first
    /// three; a picture of leaves has thousands.
    fn triples(self) -> usize {
        match self {
            Self::Frame => 12,
            Self::Photo => 120,
        }
    }
}

/// How grey becomes black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// A threshold for every 8×8 block: copes with shadows and with the edge of a lit screen.
    Local,
    /// One threshold for the whole image: copes with blur and with codes larger than their surroundings.
    Global,
}

/// The text of the first QR code that reads, or `None`.
pub fn read(image: &Luma, threshold: Threshold, effort: Effort) -> Option<String> {
    guarded(|| read_unguarded(image, threshold, effort))
}

fn read_unguarded(image: &Luma, threshold: Threshold, effort: Effort) -> Option<String> {
    let (width, height) = (u32::try_from(image.width()).ok()?, u32::try_from(image.height()).ok()?);
    let source = Luma8Source::new_with_slice(image.pixels(), width, height).ok()?;
    match threshold {
        Threshold::Local => first_code(HybridBinarizer::new(source).get_black_matrix().ok()?, effort),
        Threshold::Global => first_code(GlobalHistogramBinarizer::new(source).get_black_matrix().ok()?, effort),
    }
}

/// Finder patterns, then triples of them, then a grid over each triple, then the bits.
fn first_code(black: &BitMatrix, effort: Effort) -> Option<String> {
    let mut patterns = detector::FindFinderPatterns(black, effort == Effort::Photo, 0);
    let triples = detector::GenerateFinderPatternSets(&mut patterns);
    triples.iter().take(effort.triples()).find_map(|triple| {
        let found = detector::SampleQR(black, triple).ok()?;
        symbol::text(found.getBits())
    })
}

/// rxing asserts what its authors believed to hold (two sorts by a distance that may be NaN, for one). A photo
/// comes from anybody, so on the server a broken belief is "no code here".
#[cfg(not(target_arch = "wasm32"))]
fn guarded(look: impl FnOnce() -> Option<String> + std::panic::UnwindSafe) -> Option<String> {
    std::panic::catch_unwind(look).ok().flatten()
}

/// wasm cannot unwind: there the worker dies and the page starts another one.
#[cfg(target_arch = "wasm32")]
fn guarded(look: impl FnOnce() -> Option<String>) -> Option<String> {
    look()
}
