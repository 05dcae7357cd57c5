//! What the decoder must read, and what it must survive.
#![expect(
    clippy::cast_possible_truncation,
    reason = "bytes of noise are cut out of 64-bit numbers"
)]

mod support;

use decoder::{Frames, decode_luma, decode_photo, decode_rgba};
use qrcode::EcLevel;
use support::{Noise, Scene, pass_text};

/// Shown to a camera's stream for half a second at 10 frames a second, each with its own noise.
/// The answer: how many frames it took.
fn frames_until_read(scene: &Scene, text: &str) -> Option<usize> {
    let mut frames = Frames::new();
    let (width, height) = scene.frame;
    (1..=5)
        .find(|&n| frames.decode_rgba(&scene.render(text, n), width, height).as_deref() == Some(text))
        .map(|n| n as usize)
}

fn assert_read(name: &str, scene: &Scene) {
    for seed in 1..=2 {
        let text = pass_text(seed);
        let took = frames_until_read(scene, &text);
        assert!(
            took.is_some(),
            "{name} (text {seed}) did not read within 5 frames: {scene:?}"
        );
    }
}

#[test]
fn reads_from_a_screen() {
    assert_read("screen", &Scene::screen());
}

#[test]
fn reads_from_paper() {
    assert_read("paper", &Scene::paper());
}

#[test]
fn reads_turned_by_25_degrees() {
    for turn in [-25.0, 25.0] {
        assert_read(
            "screen turned",
            &Scene {
                turn,
                ..Scene::screen()
            },
        );
        assert_read("paper turned", &Scene { turn, ..Scene::paper() });
    }
}

#[test]
fn reads_tilted_by_25_degrees() {
    for tilt in [(-25.0, 0.0), (25.0, 0.0), (0.0, -25.0), (0.0, 25.0), (25.0, 25.0)] {
        assert_read(
            "screen tilted",
            &Scene {
                tilt,
                ..Scene::screen()
            },
        );
        assert_read("paper tilted", &Scene { tilt, ..Scene::paper() });
    }
}

/// 115 pixels for 41 modules and the quiet zone: 2.3 pixels a module.
#[test]
fn reads_at_16_percent_of_the_frame_height() {
    let far = Scene {
        side: 0.16 * 720.0,
        ..Scene::screen()
    };
    assert_read("far", &far);
    assert_read("far and turned", &Scene { turn: 25.0, ..far });
    assert_read(
        "far and tilted",
        &Scene {
            tilt: (25.0, 0.0),
            ..far
        },
    );
    assert_read("far through a soft lens", &Scene { blur: 1.2, ..far });
    assert_read(
        "far paper",
        &Scene {
            side: 115.0,
            blur: 0.6,
            ..Scene::paper()
        },
    );
    assert_read(
        "far and off-centre",
        &Scene {
            centre: (300.3, 150.7),
            blur: 0.5,
            ..far
        },
    );
}

#[test]
fn reads_when_it_fills_the_frame() {
    assert_read(
        "near",
        &Scene {
            side: 715.0,
            blur: 3.0,
            ..Scene::screen()
        },
    );
}

#[test]
fn reads_a_foreign_code_as_it_is() {
    let scene = Scene {
        level: EcLevel::L,
        ..Scene::screen()
    };
    let text = "https://example.org/?menu=Überraschung";
    assert_eq!(decode_rgba(&scene.render(text, 1), 1280, 720).as_deref(), Some(text));
}

#[test]
fn reads_a_photo_upright_turned_and_inverted() {
    let text = pass_text(3);
    let photo = Scene {
        frame: (3000, 2000),
        centre: (1700.0, 900.0),
        side: 700.0,
        ..Scene::paper()
    };
    for turn in [0.0, 90.0, 45.0, 200.0] {
        let pixels = Scene { turn, ..photo }.render(&text, 1);
        assert_eq!(
            decode_photo(&pixels, 3000, 2000).as_deref(),
            Some(&*text),
            "turned {turn}"
        );
    }
    let inverted = Scene {
        greys: (240.0, 10.0, 40.0),
        ..Scene::screen()
    };
    assert_eq!(
        decode_photo(&inverted.render(&text, 1), 1280, 720).as_deref(),
        Some(&*text),
        "inverted"
    );
}

#[test]
fn a_blank_frame_and_noise_hold_nothing() {
    let mut noise = Noise::new(7);
    let noisy: Vec<u8> = (0..1280 * 720 * 4).map(|_| noise.next() as u8).collect();
    for frame in [vec![0; 1280 * 720 * 4], vec![255; 1280 * 720 * 4], noisy] {
        assert_eq!(decode_rgba(&frame, 1280, 720), None);
        let mut frames = Frames::new();
        for _ in 0..4 {
            assert_eq!(frames.decode_rgba(&frame, 1280, 720), None);
        }
    }
}

#[test]
fn every_size_is_survived() {
    let mut noise = Noise::new(9);
    for (width, height) in [
        (0, 0),
        (0, 5),
        (1, 1),
        (1, 40),
        (2, 2),
        (3, 1),
        (39, 41),
        (40, 40),
        (41, 7),
        (64, 48),
        (333, 1),
    ] {
        let rgba: Vec<u8> = (0..width * height * 4).map(|_| noise.next() as u8).collect();
        let grey: Vec<u8> = rgba.iter().step_by(4).copied().collect();
        assert_eq!(decode_rgba(&rgba, width, height), None, "{width}×{height}");
        assert_eq!(decode_luma(&grey, width, height), None, "{width}×{height}");
        assert_eq!(decode_photo(&rgba, width, height), None, "{width}×{height}");
        let mut frames = Frames::new();
        for _ in 0..4 {
            assert_eq!(frames.decode_rgba(&rgba, width, height), None, "{width}×{height}");
        }
    }
}

#[test]
fn a_length_that_does_not_match_holds_nothing() {
    assert_eq!(decode_rgba(&[0; 10], 4, 4), None);
    assert_eq!(decode_luma(&[0; 10], 4, 4), None);
    assert_eq!(decode_photo(&[0; 10], u32::MAX, u32::MAX), None);
    assert_eq!(Frames::new().decode_rgba(&[], 1280, 720), None);
}
