//! One stream, started by a tap and kept until the volunteer stops it; one frame in flight.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlElement, HtmlVideoElement, ImageBitmap, MediaStream, MediaStreamConstraints, MediaStreamTrack,
    MediaTrackConstraints,
};

use super::reader::{self, Read};
use super::state::{Camera, State, change, read};
use super::{Source, complain, feedback, handle};
use crate::islands::dom;
use crate::islands::scanner::texts::Text;

/// A code counts again only after it was out of sight this long: a pass held up for ten seconds is one visit.
const OUT_OF_SIGHT_MS: i64 = 3_000;
/// The next look even if the browser never announces a frame (a hidden page, an old iPhone).
const FRAME_MS: i32 = 250;

thread_local! {
    /// The camera's only track, while it runs.
    static TRACK: RefCell<Option<MediaStreamTrack>> = const { RefCell::new(None) };
    /// Which start this is: a loop that finds another number ends.
    static RUN: Cell<u32> = const { Cell::new(0) };
    /// The last code and when it was last in sight.
    static SEEN: RefCell<(String, i64)> = const { RefCell::new((String::new(), 0)) };
}

/// Asks for the camera and scans until stopped.
pub(super) fn start() {
    feedback::wake();
    if read(|state| state.camera != Camera::Off) {
        return;
    }
    if read(|state| state.activity.is_empty()) {
        complain(Text::NoActivity);
        return;
    }
    change(|state| {
        state.trouble = None;
        state.camera = Camera::Starting;
    });
    reader::warm_up();
    let run = RUN.get().wrapping_add(1);
    RUN.set(run);
    dom::spawn(async move {
        let opened = open().await;
        if RUN.get() != run {
            if let Ok(stream) = opened {
                end(&stream);
            }
            return;
        }
        let result = match opened {
            Ok(stream) => watch(&stream, run).await,
            Err(text) => Err(text),
        };
        if RUN.get() == run {
            stop();
            if let Err(text) = result {
                complain(text);
            }
        }
    });
}

/// Gives the camera back.
pub(super) fn stop() {
    RUN.set(RUN.get().wrapping_add(1));
    if let Some(track) = TRACK.take() {
        track.stop();
    }
    change(|state| {
        state.camera = Camera::Off;
        state.typing = false;
        state.torch = None;
        state.zoom = None;
    });
    if let Some(start) = dom::find::<HtmlElement>("[data-do=start]") {
        let _ = start.focus();
    }
}

/// The code in sight stays the one that was counted: its verdict has just left the screen.
pub(super) fn hold() {
    SEEN.with_borrow_mut(|seen| seen.1 = dom::milliseconds());
}

/// Another activity: the same pass may be scanned at once.
pub(super) fn forget() {
    SEEN.with_borrow_mut(|seen| seen.0.clear());
}

async fn open() -> Result<MediaStream, Text> {
    let devices = dom::window().and_then(|window| window.navigator().media_devices().ok());
    // Undefined on plain http.
    let devices = devices
        .filter(|devices| devices.is_truthy())
        .ok_or(Text::CameraMissing)?;
    let video = MediaTrackConstraints::new();
    dom::set(&video, "facingMode", &"environment".into());
    for (side, pixels) in [("width", 1280), ("height", 720)] {
        let ideal = Object::new();
        dom::set(&ideal, "ideal", &pixels.into());
        dom::set(&video, side, &ideal);
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&video);
    let asked = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|_| Text::CameraMissing)?;
    match JsFuture::from(asked).await {
        Ok(stream) => Ok(stream.unchecked_into()),
        Err(error) => Err(match dom::text(&error, "name").as_deref() {
            Some("NotAllowedError" | "SecurityError") => Text::CameraDenied,
            Some("NotReadableError" | "AbortError") => Text::CameraBusy,
            _ => Text::CameraMissing,
        }),
    }
}

fn end(stream: &MediaStream) {
    if let Ok(track) = stream.get_video_tracks().get(0).dyn_into::<MediaStreamTrack>() {
        track.stop();
    }
}

/// Shows the stream and reads its frames until another run or the stream's end.
async fn watch(stream: &MediaStream, run: u32) -> Result<(), Text> {
    let track: MediaStreamTrack = stream
        .get_video_tracks()
        .get(0)
        .dyn_into()
        .map_err(|_| Text::CameraMissing)?;
    TRACK.set(Some(track.clone()));
    let video: HtmlVideoElement = dom::find("[data-part=video]").ok_or(Text::CameraLost)?;
    video.set_muted(true);
    video.set_src_object(Some(stream));
    if let Ok(playing) = video.play() {
        let _ = JsFuture::from(playing).await;
    }
    if RUN.get() != run {
        return Ok(());
    }
    let torch = capability(&track, "torch").is_truthy().then_some(false);
    let zoom = zoom_range(&track).is_some_and(|(min, max)| max > min).then_some(false);
    change(|state| {
        state.torch = torch;
        state.zoom = zoom;
        state.camera = Camera::On;
    });
    if let Some(button) = dom::find::<HtmlElement>("[data-do=stop]") {
        let _ = button.focus();
    }
    let mut deaths = 0;
    while RUN.get() == run {
        next_frame(&video).await;
        if dom::text(&track, "readyState").as_deref() == Some("ended") {
            return if RUN.get() == run {
                Err(Text::CameraLost)
            } else {
                Ok(())
            };
        }
        if !looking() {
            continue;
        }
        let Some(picture) = picture(&video).await else { continue };
        let found = reader::read(picture, false).await;
        if matches!(found, Read::Dead) {
            deaths = (deaths + 1).min(10);
            change(|state| state.slow = state.camera == Camera::On);
            dom::sleep(300 * deaths).await;
            continue;
        }
        if deaths > 0 {
            deaths = 0;
            change(|state| state.slow = false);
        }
        if let Read::Text(text) = found
            && RUN.get() == run
            && looking()
        {
            seen(text).await;
        }
    }
    Ok(())
}

/// Nothing else has the screen.
fn looking() -> bool {
    read(State::looking) && !dom::document().is_some_and(|document| document.hidden())
}

async fn seen(text: String) {
    let now = dom::milliseconds();
    let again = SEEN.with_borrow_mut(|seen| {
        let again = seen.0 == text && now - seen.1 < OUT_OF_SIGHT_MS;
        *seen = (text.clone(), now);
        again
    });
    if !again {
        handle(text, Source::Eyes).await;
    }
}

async fn picture(video: &HtmlVideoElement) -> Option<ImageBitmap> {
    // HAVE_CURRENT_DATA
    if video.ready_state() < 2 {
        return None;
    }
    let made = dom::window()?.create_image_bitmap_with_html_video_element(video).ok()?;
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

/// The camera's next picture: `requestVideoFrameCallback` where there is one, else the screen's next frame.
async fn next_frame(video: &HtmlVideoElement) {
    let frame = Promise::new(&mut |keep, _| {
        if let Some(ask) = dom::method(video, "requestVideoFrameCallback") {
            let _ = ask.call1(video, &keep);
        } else if let Some(window) = dom::window() {
            let _ = window.request_animation_frame(&keep);
        }
    });
    let _ = dom::first(&frame, &dom::timer(FRAME_MS)).await;
}

/// One entry of what the track can do; `undefined` where the browser does not tell.
fn capability(track: &MediaStreamTrack, name: &str) -> JsValue {
    dom::method(track, "getCapabilities")
        .and_then(|ask| ask.call0(track).ok())
        .map_or(JsValue::UNDEFINED, |all| dom::get(&all, name))
}

fn zoom_range(track: &MediaStreamTrack) -> Option<(f64, f64)> {
    let zoom = capability(track, "zoom");
    Some((dom::get(&zoom, "min").as_f64()?, dom::get(&zoom, "max").as_f64()?))
}

/// Light on or off.
pub(super) fn toggle_torch() {
    let Some(on) = read(|state| state.torch).map(|on| !on) else {
        return;
    };
    if apply("torch", &JsValue::from_bool(on)) {
        change(|state| state.torch = Some(on));
    }
}

/// Twice as near, or back.
pub(super) fn toggle_zoom() {
    let Some(near) = read(|state| state.zoom).map(|near| !near) else {
        return;
    };
    let range = TRACK.with_borrow(|track| track.as_ref().and_then(zoom_range));
    if let Some((min, max)) = range
        && apply(
            "zoom",
            &JsValue::from_f64(if near { (min * 2.0).min(max) } else { min }),
        )
    {
        change(|state| state.zoom = Some(near));
    }
}

/// Asks the running track for one setting; whether it could be asked.
fn apply(name: &str, value: &JsValue) -> bool {
    let setting = Object::new();
    dom::set(&setting, name, value);
    let constraints = MediaTrackConstraints::new();
    dom::set(&constraints, "advanced", &Array::of1(&setting));
    TRACK.with_borrow(|track| {
        let asked = track
            .as_ref()
            .and_then(|track| track.apply_constraints_with_constraints(&constraints).ok());
        let Some(asked) = asked else { return false };
        // Refused settings are not an error worth words: the light simply stays off.
        dom::spawn(async move {
            let _ = JsFuture::from(asked).await;
        });
        true
    })
}
