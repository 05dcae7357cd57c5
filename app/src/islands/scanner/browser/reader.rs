//! The worker that reads codes. It may die of one strange frame: then the next frame gets a new one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Event, HtmlCanvasElement, ImageBitmap, MessageEvent, Worker, WorkerOptions, WorkerType,
};

use super::dom;

/// Served from `public/`.
const WORKER: &str = "/decoder-worker.js";
/// A worker that has to fetch its module over a poor network may take this long; one that runs may not.
const FIRST_ANSWER_MS: i32 = 40_000;
/// A photo is looked at in many ways.
const ANSWER_MS: i32 = 25_000;

/// What the page draws for the worker is made no larger than this.
const LARGEST_SIDE: u32 = 2_400;

/// What the worker found.
pub(super) enum Read {
    /// A code.
    Text(String),
    /// No code.
    Nothing,
    /// The worker died, or does not answer: it has been replaced.
    Dead,
}

/// Kept with the promise that waits for the worker's answer.
type Waiter = Rc<RefCell<Option<Function>>>;

struct Reader {
    worker: Worker,
    waiter: Waiter,
    /// It has answered before.
    warm: Rc<Cell<bool>>,
    /// Kept alive as long as the worker.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

thread_local! {
    static READER: RefCell<Option<Reader>> = const { RefCell::new(None) };
}

/// Starts fetching the decoder, so that it is there when the camera is.
pub(super) fn warm_up() {
    READER.with_borrow_mut(|reader| {
        if reader.is_none() {
            *reader = start();
        }
    });
}

fn start() -> Option<Reader> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(WORKER, &options).ok()?;
    let waiter = Waiter::default();
    let warm = Rc::new(Cell::new(false));

    let (keep, answered) = (Rc::clone(&waiter), Rc::clone(&warm));
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        if dom::get(&data, "ready").is_truthy() {
            answered.set(true);
            return;
        }
        // A text is a code, `undefined` is none, `null` is the worker's last word.
        let value = if dom::get(&data, "fatal").is_undefined() {
            dom::get(&data, "text")
        } else {
            JsValue::NULL
        };
        resolve(&keep, &value);
    });
    let keep = Rc::clone(&waiter);
    let failed = Closure::<dyn FnMut(Event)>::new(move |_| resolve(&keep, &JsValue::NULL));
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    Some(Reader {
        worker,
        waiter,
        warm,
        _on_message: heard,
        _on_error: failed,
    })
}

fn resolve(waiter: &Waiter, value: &JsValue) {
    let keep = waiter.borrow_mut().take();
    if let Some(keep) = keep {
        let _ = keep.call1(&JsValue::UNDEFINED, value);
    }
}

/// Hands one picture to the worker, which owns it from then on. One at a time: a second call while the first waits
/// makes the first answer [`Read::Dead`], without harm to the worker.
pub(super) async fn read(picture: ImageBitmap, photo: bool) -> Read {
    warm_up();
    let asked = READER.with_borrow(|reader| {
        let reader = reader.as_ref()?;
        resolve(&reader.waiter, &JsValue::NULL);
        let answer = Promise::new(&mut |keep, _| *reader.waiter.borrow_mut() = Some(keep));
        let message = Object::new();
        dom::set(&message, "photo", &JsValue::from_bool(photo));
        let cargo = load(&message, &picture)?;
        reader
            .worker
            .post_message_with_transfer(&message, &Array::of1(&cargo))
            .ok()?;
        Some((answer, if reader.warm.get() { ANSWER_MS } else { FIRST_ANSWER_MS }))
    });
    let answer = match asked {
        Some((answer, patience)) => dom::first(&answer, &late(patience)).await.unwrap_or(JsValue::NULL),
        None => JsValue::NULL,
    };
    if answer.is_null() {
        bury();
        return Read::Dead;
    }
    answer.as_string().map_or(Read::Nothing, Read::Text)
}

/// Puts the picture into the message; what has to be handed over with it. Workers of iPhones before 2023 cannot draw:
/// for them the page does.
fn load(message: &Object, picture: &ImageBitmap) -> Option<JsValue> {
    if !dom::get(&js_sys::global(), "OffscreenCanvas").is_undefined() {
        dom::set(message, "bitmap", picture);
        return Some(picture.into());
    }
    let scale = (f64::from(LARGEST_SIDE) / f64::from(picture.width().max(picture.height()).max(1))).min(1.0);
    let canvas: HtmlCanvasElement = dom::document()?.create_element("canvas").ok()?.unchecked_into();
    let [width, height] = [picture.width(), picture.height()].map(|side| shrunk(side, scale));
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    let (across, down) = (f64::from(width), f64::from(height));
    context
        .draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, across, down)
        .ok()?;
    picture.close();
    // Through `data.buffer`, so that the pixels are not copied into this module and out again.
    let pixels = context.get_image_data(0.0, 0.0, across, down).ok()?;
    let buffer = dom::get(&dom::get(&pixels, "data"), "buffer");
    for (name, value) in [("rgba", &buffer), ("width", &width.into()), ("height", &height.into())] {
        dom::set(message, name, value);
    }
    Some(buffer)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive side, made smaller"
)]
fn shrunk(side: u32, scale: f64) -> u32 {
    ((f64::from(side) * scale) as u32).max(1)
}

/// `null` when the worker takes too long.
fn late(ms: i32) -> Promise {
    let to_null = Closure::once_into_js(|| JsValue::NULL);
    let timer = dom::timer(ms);
    dom::method(&timer, "then")
        .and_then(|then| then.call1(&timer, &to_null).ok())
        .map_or(timer, JsCast::unchecked_into)
}

/// Ends this worker; the next picture starts another.
fn bury() {
    if let Some(reader) = READER.take() {
        reader.worker.terminate();
    }
}
