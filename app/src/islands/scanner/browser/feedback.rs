//! Sound and vibration: a volunteer looks at the person, not at the phone.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, OscillatorType};

use crate::islands::dom;

thread_local! {
    static SOUND: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Called from a tap or a key: browsers let a page make sound only then.
pub(super) fn wake() {
    SOUND.with_borrow_mut(|sound| {
        if sound.is_none() {
            *sound = AudioContext::new().ok();
        }
        if let Some(context) = sound {
            let _ = context.resume();
        }
    });
}

/// Up for yes, twice the same for look, down and rough for no. Vibration: once, twice, long.
pub(super) fn play(verdict: &str) {
    // (Hertz, starts after seconds, lasts seconds)
    let (kind, tones, shakes): (_, &[(f32, f64, f64)], &[u32]) = match verdict {
        "counted" => (OscillatorType::Sine, &[(660.0, 0.0, 0.12), (990.0, 0.12, 0.22)], &[80]),
        "duplicate" | "flagged" => (
            OscillatorType::Triangle,
            &[(520.0, 0.0, 0.14), (520.0, 0.22, 0.14)],
            &[80, 80, 80],
        ),
        "annulled" => (OscillatorType::Sine, &[(660.0, 0.0, 0.1), (440.0, 0.1, 0.18)], &[40]),
        _ => (
            OscillatorType::Square,
            &[(220.0, 0.0, 0.18), (150.0, 0.18, 0.34)],
            &[400],
        ),
    };
    SOUND.with_borrow(|sound| {
        if let Some(context) = sound {
            for &(hertz, after, lasts) in tones {
                let _ = tone(context, kind, hertz, context.current_time() + after, lasts);
            }
        }
    });
    vibrate(shakes);
}

/// One tone, faded out so that it does not click.
fn tone(context: &AudioContext, kind: OscillatorType, hertz: f32, at: f64, lasts: f64) -> Result<(), JsValue> {
    let (voice, loudness) = (context.create_oscillator()?, context.create_gain()?);
    voice.set_type(kind);
    voice.frequency().set_value(hertz);
    loudness.gain().set_value_at_time(0.25, at)?;
    loudness.gain().linear_ramp_to_value_at_time(0.0, at + lasts)?;
    voice.connect_with_audio_node(&loudness)?;
    loudness.connect_with_audio_node(&context.destination())?;
    voice.start_with_when(at)?;
    voice.stop_with_when(at + lasts)
}

/// Where the phone can (iOS cannot).
fn vibrate(pattern: &[u32]) {
    let Some(navigator) = dom::window().map(|window| window.navigator()) else {
        return;
    };
    if let Some(shake) = dom::method(&navigator, "vibrate") {
        let pattern: Array = pattern.iter().map(|&ms| JsValue::from(ms)).collect();
        let _ = shake.call1(&navigator, &pattern);
    }
}
