//! Milliseconds a 1280×720 frame, for `make bench`: `cargo run --release -p decoder --example frame_time`.
//! Prints one line a scene: name, median, 95th percentile. The goal is a median of 15 ms at most.
#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]
#![expect(
    clippy::cast_possible_truncation,
    reason = "bytes of noise are cut out of 64-bit numbers"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use decoder::Frames;
use support::{Noise, Scene, pass_text};

const ROUNDS: usize = 100;

fn main() {
    let text = pass_text(1);
    let mut noise = Noise::new(7);
    let noisy: Vec<u8> = (0..1280 * 720 * 4).map(|_| noise.next() as u8).collect();
    let far = Scene {
        side: 115.0,
        ..Scene::screen()
    };
    let scenes = [
        ("screen", Scene::screen().render(&text, 1)),
        ("paper", Scene::paper().render(&text, 1)),
        ("far", far.render(&text, 1)),
        ("blank", vec![128; 1280 * 720 * 4]),
        ("noise", noisy),
    ];
    for (name, pixels) in &scenes {
        let mut frames = Frames::new();
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(frames.decode_rgba(std::hint::black_box(pixels), 1280, 720));
                start.elapsed()
            })
            .collect();
        times.sort();
        let ms = |at: usize| times[at].as_secs_f64() * 1_000.0;
        println!(
            "decode_frame {name}: median {:.1} ms, p95 {:.1} ms",
            ms(ROUNDS / 2),
            ms(ROUNDS * 95 / 100)
        );
    }
}
