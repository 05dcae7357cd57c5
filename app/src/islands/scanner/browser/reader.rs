//! The worker that reads codes. It may die of one strange frame: then the next frame gets a new one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Event, HtmlCanvasElement, ImageBitmap, MessageEvent, Worker, WorkerOptions, WorkerType,
};

use crate::islands::dom;

/// Served from `public/`.
const WORKER: &str = "/decoder-worker.js";
/// A worker that has to fetch its module over a poor network may take this long; one that runs may not.
const FIRST_ANSWER_MS: i32 = 40_000;
/// A photo is looked at in many ways.
const ANSWER_MS: i32 = 25_000;

/// How often a picture looks whether it is its turn.
const TURN_MS: i32 = 20;
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

/// What the worker has told about itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Health {
    /// Nothing yet: it is still fetching its module.
    Cold,
    /// It reads.
    Warm,
    /// Its last word, perhaps before anybody asked.
    Dead,
}

struct Reader {
    worker: Worker,
    waiter: Waiter,
    health: Rc<Cell<Health>>,
    /// Kept alive as long as the worker.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

thread_local! {
    /// A picture is with the worker.
    static BUSY: Cell<bool> = const { Cell::new(false) };
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
    let health = Rc::new(Cell::new(Health::Cold));

    let (keep, told) = (Rc::clone(&waiter), Rc::clone(&health));
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        if dom::get(&data, "ready").is_truthy() {
            told.set(Health::Warm);
        } else if dom::get(&data, "fatal").is_undefined() {
            // A text is a code, `undefined` is none.
            resolve(&keep, &dom::get(&data, "text"));
        } else {
            told.set(Health::Dead);
            resolve(&keep, &JsValue::NULL);
        }
    });
    let (keep, told) = (Rc::clone(&waiter), Rc::clone(&health));
    let failed = Closure::<dyn FnMut(Event)>::new(move |_| {
        told.set(Health::Dead);
        resolve(&keep, &JsValue::NULL);
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    Some(Reader {
        worker,
        waiter,
        health,
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

/// Hands one picture to the worker, which owns it from then on. One at a time: a photo waits for the camera's frame
/// that is being read.
pub(super) async fn read(picture: ImageBitmap, photo: bool) -> Read {
    while BUSY.get() {
        dom::sleep(TURN_MS).await;
    }
    BUSY.set(true);
    let found = ask(picture, photo).await;
    BUSY.set(false);
    found
}

async fn ask(picture: ImageBitmap, photo: bool) -> Read {
    warm_up();
    let asked = READER.with_borrow(|reader| {
        let reader = reader.as_ref().filter(|reader| reader.health.get() != Health::Dead)?;
        let answer = Promise::new(&mut |keep, _| *reader.waiter.borrow_mut() = Some(keep));
        let message = Object::new();
        dom::set(&message, "photo", &JsValue::from_bool(photo));
        let cargo = load(&message, &picture)?;
        reader
            .worker
            .post_message_with_transfer(&message, &Array::of1(&cargo))
            .ok()?;
        Some((
            answer,
            if reader.health.get() == Health::Warm {
                ANSWER_MS
            } else {
                FIRST_ANSWER_MS
            },
        ))
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
