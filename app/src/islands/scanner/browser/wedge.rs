//! A USB or Bluetooth scanner that types: what it reads arrives as keys, faster than fingers, ended by Enter.
//!
//! Two readings are kept of every burst. By the characters, which is right when the scanner was set to this
//! computer's keyboard; and by the keys' places as on an American keyboard, which is what a scanner out of the box
//! believes it is talking to: on a Belgian AZERTY its digits arrive as `&é"'(`. The reading that is one of ours wins.

use std::cell::RefCell;

use domain::parse_scan;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{Source, handle, page};
use crate::islands::dom;

/// Fingers leave more time than this between keys; scanners leave 1 to 30 ms.
const GAP_MS: f64 = 60.0;
/// A pass's number has eleven symbols; shorter bursts are a hand brushing the keyboard.
const SHORTEST: usize = 11;
/// Longer than any code of ours: whatever it is, it stops being collected.
const LONGEST: usize = 600;

#[derive(Default)]
struct Burst {
    by_character: String,
    by_place: String,
    last: f64,
}

thread_local! {
    static BURST: RefCell<Burst> = RefCell::default();
}

pub(super) fn listen() {
    dom::listen("keydown", |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        if event.ctrl_key() || event.meta_key() || event.is_composing() || typing_in_field(&event) {
            return;
        }
        if let Some(text) = BURST.with_borrow_mut(|burst| key(burst, &event)) {
            page::restore_choice();
            dom::spawn(handle(text, Source::Eyes));
        }
    });
}

fn typing_in_field(event: &KeyboardEvent) -> bool {
    dom::target::<Element>(event).is_some_and(|field| matches!(&*field.tag_name(), "INPUT" | "TEXTAREA"))
}

/// Takes one key in; the whole text when this key ended a burst.
fn key(burst: &mut Burst, event: &KeyboardEvent) -> Option<String> {
    let (name, now) = (event.key(), event.time_stamp());
    let fast = now - burst.last < GAP_MS;
    if name == "Shift" || name == "AltGraph" || name == "CapsLock" {
        return None;
    }
    if !fast {
        *burst = Burst::default();
    }
    burst.last = now;
    if name == "Enter" || name == "Tab" {
        let Burst {
            by_character, by_place, ..
        } = std::mem::take(burst);
        if by_character.chars().count() < SHORTEST {
            return None;
        }
        // Else Enter would also press the button that has the focus.
        event.prevent_default();
        let ours = |text: &String| parse_scan(text).is_ok();
        return Some(
            [by_character.clone(), by_place]
                .into_iter()
                .find(ours)
                .unwrap_or(by_character),
        );
    }
    let mut characters = name.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return None;
    };
    // From the second fast key on, keys are the scanner's: a space must not press a button, nor a letter the list.
    if fast && !burst.by_character.is_empty() {
        event.prevent_default();
    }
    if burst.by_character.len() < LONGEST {
        // Every letter of our codes is a capital; Caps Lock turns a scanner's capitals small.
        burst.by_character.push(character.to_ascii_uppercase());
        burst.by_place.extend(american(&event.code(), event.shift_key()));
    }
    None
}

/// The character of base45 that this key gives on an American keyboard.
fn american(code: &str, shift: bool) -> Option<char> {
    match (code, shift) {
        ("Space", _) => Some(' '),
        ("Minus", false) => Some('-'),
        ("Period", false) => Some('.'),
        ("Slash", false) => Some('/'),
        ("Equal" | "NumpadAdd", _) => Some('+'),
        ("Semicolon", true) => Some(':'),
        ("Digit4", true) => Some('$'),
        ("Digit5", true) => Some('%'),
        ("Digit8", true) => Some('*'),
        _ => code
            .strip_prefix("Key")
            .or_else(|| code.strip_prefix("Digit"))
            .and_then(|name| name.chars().next()),
    }
}
