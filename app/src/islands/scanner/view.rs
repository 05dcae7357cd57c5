//! How the scanner looks. Classes: header of `style/main.css`.

use leptos::prelude::*;

use super::act;
use super::state::{Camera, Outcome, Scan, Sheet, Work};
use super::texts::Text;

/// A pictogram beside words that say the same.
fn icon(class: &'static str, name: &'static str) -> impl IntoView {
    let href = format!("/icons.svg#{name}");
    view! { <svg class=class aria-hidden="true"><use_ href=href /></svg> }
}

/// In the page: the camera button, what went wrong with it, and the last verdict once it has left the screen.
pub(super) fn start(scan: Scan) -> impl IntoView {
    let label = move || {
        scan.say(if scan.camera.get() == Camera::Starting {
            Text::Starting
        } else {
            Text::Start
        })
    };
    view! {
        <section class="scan-start">
            <button type="button" class="button button--main button--wide"
                disabled=move || !scan.awake.get() || scan.camera.get() != Camera::Off
                on:click=move |_| act::start_camera(scan)>
                {icon("icon", "scan")} {label}
            </button>
            {move || (scan.camera.get() == Camera::Off).then(|| trouble(scan))}
            <Show when=move || !scan.covers() fallback=|| ()>
                {move || scan.last.get().map(|outcome| view! {
                    <div class="alert alert--info" role="status">
                        {icon("icon", outcome.symbol())}
                        <div>
                            <p><b>{scan.say(Text::Last)} ": " {scan.say(outcome.word())} "."</b> " " {outcome.sentence.clone()}</p>
                            {undo_button(scan, &outcome, "button")}
                        </div>
                    </div>
                })}
            </Show>
        </section>
    }
}

/// A message that is not a verdict.
fn trouble(scan: Scan) -> impl IntoView {
    let message = move || {
        scan.trouble.get().map(|sentence| {
            view! {
                <p class="alert alert--stop" role="alert">{icon("icon", "alert")} <span>{sentence}</span></p>
            }
        })
    };
    let hoarse = move || {
        scan.hoarse.get().then(|| view! {
        <div class="alert alert--wait" role="status">
            {icon("icon", "alert")}
            <div>
                <p>{scan.say(Text::ReaderTrouble)}</p>
                <button type="button" class="button" on:click=move |_| act::reload(scan)>{scan.say(Text::Reload)}</button>
            </div>
        </div>
    })
    };
    view! { {message} {hoarse} }
}

/// Over the whole screen: the camera's picture, or only a verdict when there is no camera.
pub(super) fn screen(scan: Scan) -> impl IntoView {
    view! {
        <Show when=move || scan.covers() fallback=|| ()>
            <section class="scanner" aria-label=scan.say(Text::Label)>
                {move || (scan.camera.get() != Camera::Off).then(|| viewfinder(scan))}
                {move || scan.outcome.get().map(|outcome| verdict(scan, &outcome))}
            </section>
        </Show>
    }
}

fn viewfinder(scan: Scan) -> impl IntoView {
    let hint = move || match (scan.work.get(), scan.camera.get()) {
        (Work::Asking, _) => scan.say(Text::Busy),
        (Work::Reading, _) => scan.say(Text::Reading),
        (Work::Idle, Camera::On) => scan.say(Text::Hint),
        (Work::Idle, _) => scan.say(Text::Starting),
    };
    view! {
        <video class="scanner__video" playsinline muted autoplay></video>
        <div class="scanner__frame" aria-hidden="true"></div>
        <header class="scanner__top">
            <p class="scanner__activity">{move || scan.activity.get().1}</p>
            <button type="button" class="scanner__tool" on:click=move |_| act::stop_camera(scan)>
                {icon("icon", "close")} <span class="visually-hidden">{scan.say(Text::Stop)}</span>
            </button>
        </header>
        <p class="scanner__hint">{hint}</p>
        {tools(scan)}
        {status(scan)}
        {move || sheet(scan)}
    }
}

fn tools(scan: Scan) -> impl IntoView {
    let switch = move |on: RwSignal<Option<bool>>, name: &'static str, text: Text, press: fn(Scan)| {
        on.get().map(|pressed| view! {
            <button type="button" class="scanner__tool" aria-pressed=pressed.to_string() on:click=move |_| press(scan)>
                {icon("icon", name)} <span class="scanner__tool-text">{scan.say(text)}</span>
            </button>
        })
    };
    let open = move |name: &'static str, text: Text, sheet: Sheet| {
        view! {
            <button type="button" class="scanner__tool" on:click=move |_| scan.sheet.set(sheet)>
                {icon("icon", name)} <span class="scanner__tool-text">{scan.say(text)}</span>
            </button>
        }
    };
    let undo = move || {
        scan.last.get().filter(|last| last.scan_id.is_some()).map(|_| {
            view! {
                <button type="button" class="scanner__tool" on:click=move |_| act::undo(scan)>
                    {icon("icon", "undo")} <span class="scanner__tool-text">{scan.say(Text::Undo)}</span>
                </button>
            }
        })
    };
    view! {
        <div class="scanner__tools">
            {move || switch(scan.torch, "torch", Text::Torch, act::toggle_torch)}
            {move || switch(scan.zoom, "zoom", Text::Zoom, act::toggle_zoom)}
            {open("photo", Text::Photo, Sheet::Photo)}
            {open("keyboard", Text::Typing, Sheet::Number)}
            {undo}
        </div>
    }
}

fn status(scan: Scan) -> impl IntoView {
    let waiting = move || u8::from(scan.waiting.with(Option::is_some)).to_string();
    let sent = move || {
        scan.sent.with(|sent| !sent.is_empty()).then(|| {
            view! {
                <span>{scan.say(Text::Sent)} " " <b>{scan.sent.get()}</b></span>
            }
        })
    };
    view! {
        <p class="scanner__status" role="status">
            <span class="scanner__count">{scan.say(Text::Today)} " " <b>{move || scan.today.get().to_string()}</b></span>
            <span>{scan.say(Text::Waiting)} " " <b>{waiting}</b></span>
            {sent}
        </p>
    }
}

/// The lower half: number, photo, or what went wrong.
fn sheet(scan: Scan) -> Option<AnyView> {
    let inside = match scan.sheet.get() {
        Sheet::Number => number_form(scan).into_any(),
        Sheet::Photo => photo_form(scan).into_any(),
        Sheet::None if scan.trouble.with(Option::is_some) || scan.hoarse.get() => ().into_any(),
        Sheet::None => return None,
    };
    let close = move |_| {
        scan.sheet.set(Sheet::None);
        scan.trouble.set(None);
        scan.hoarse.set(false);
    };
    Some(
        view! {
            <div class="scanner__sheet">
                {trouble(scan)}
                {inside}
                <button type="button" class="button button--quiet button--wide" on:click=close>{scan.say(Text::Close)}</button>
            </div>
        }
        .into_any(),
    )
}

fn number_form(scan: Scan) -> impl IntoView {
    view! {
        <form class="form" novalidate on:submit=move |event| act::number_sent(scan, &event)>
            <div class="field">
                <label class="field__label" for="scanner-number">{scan.say(Text::Number)}</label>
                <input class="field__input field__input--number" id="scanner-number" name="number" autocomplete="off"
                    autocapitalize="characters" spellcheck="false" enterkeyhint="send" />
            </div>
            <button class="button button--main button--wide">{scan.say(Text::NumberSend)}</button>
        </form>
    }
}

fn photo_form(scan: Scan) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for="scanner-photo">{scan.say(Text::Photo)}</label>
            <input class="field__file" type="file" id="scanner-photo" accept="image/*"
                on:change=move |event| act::photo_chosen(scan, &event) />
        </div>
    }
}

fn undo_button(scan: Scan, outcome: &Outcome, class: &'static str) -> Option<impl IntoView + use<>> {
    outcome.scan_id.is_some().then(|| view! {
        <button type="button" class=class on:click=move |_| act::undo(scan)>{icon("icon", "undo")} {scan.say(Text::Undo)}</button>
    })
}

/// Colour, shape, one word, one sentence.
fn verdict(scan: Scan, outcome: &Outcome) -> impl IntoView + use<> {
    let class = match outcome.verdict {
        "counted" => "verdict verdict--counted",
        "duplicate" => "verdict verdict--duplicate",
        "annulled" => "verdict verdict--annulled",
        "flagged" | "waiting" => "verdict verdict--flagged",
        _ => "verdict verdict--refused",
    };
    let button = "button button--on-colour";
    let actions = if outcome.passes() {
        view! {
            {undo_button(scan, outcome, button)}
            <button type="button" class=button on:click=move |_| act::next(scan)>{scan.say(Text::Next)}</button>
        }
        .into_any()
    } else {
        view! {
            <button type="button" class=button disabled=move || scan.work.get() != Work::Idle
                on:click=move |_| act::retry(scan)>{scan.say(Text::Retry)}</button>
            <button type="button" class=button on:click=move |_| act::drop_waiting(scan)>{scan.say(Text::Drop)}</button>
        }
        .into_any()
    };
    view! {
        <section class=class role="alert" data-verdict=outcome.verdict data-reason=outcome.reason.clone()>
            {icon("verdict__shape", outcome.symbol())}
            <p class="verdict__word">{scan.say(outcome.word())}</p>
            <p class="verdict__sentence">{outcome.sentence.clone()}</p>
            <p class="verdict__detail">{outcome.detail.clone()}</p>
            <div class="verdict__actions">{actions}</div>
            {outcome.passes().then(|| view! { <span class="verdict__timer" aria-hidden="true"></span> })}
        </section>
    }
}
