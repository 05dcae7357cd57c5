//! How a paired phone's status line, messages and queue look, drawn once by the server. Classes: header of
//! `style/main.css`.

use leptos::prelude::*;

use super::texts::Text;
use crate::components::icon::icon;

/// Messages that stay as long as they are true.
pub(super) fn messages() -> AnyView {
    let message = |part: &'static str, tone: &'static str, text: Text| {
        view! {
            <p class=format!("alert alert--{tone}") data-part=part role="status" hidden>
                {icon("alert")} <span>{text.dutch()}</span>
            </p>
        }
    };
    view! {
        {message("no-package", "wait", Text::NoPackage)}
        {message("age-old", "wait", Text::Old)}
        {message("age-stale", "stop", Text::Stale)}
        {message("revoked", "stop", Text::DeviceRevoked)}
        {message("unknown", "stop", Text::DeviceUnknown)}
    }
    .into_any()
}

/// The small line: how many today, how many wait, how many a person has to see, when something was sent last.
pub(super) fn status() -> AnyView {
    view! {
        <section class="device-line" data-part="status" hidden>
            <p class="device-line__numbers" role="status">
                <span>{Text::Today.dutch()} " " <b data-part="status-today">"0"</b></span>
                <span>{Text::Waiting.dutch()} " " <b data-part="status-waiting">"0"</b></span>
                <span class="device-line__to-see" data-part="status-to-see" hidden>
                    <b data-part="status-letters">"0"</b> " " {Text::ToSee.dutch()}
                </span>
                <span data-part="status-sent" hidden>{Text::LastSent.dutch()} " " <b data-part="status-sent-at"></b></span>
            </p>
            <button type="button" class="button" data-do="queue">{Text::Queue.dutch()}</button>
        </section>
    }
    .into_any()
}

/// The sheet with the queue.
pub(super) fn sheet() -> AnyView {
    view! {
        <dialog class="dialog queue" data-part="queue" aria-labelledby="wachtrij-titel">
            <h2 class="dialog__title" id="wachtrij-titel">{Text::Queue.dutch()}</h2>
            {lists()}
            <div class="button-row">
                <button type="button" class="button button--main" data-do="send">{Text::SendNow.dutch()}</button>
                <button type="button" class="button" data-do="export">{icon("download")} {Text::Export.dutch()}</button>
            </div>
            <p class="note">{Text::ExportWhy.dutch()}</p>
            {device()}
            <button type="button" class="button button--quiet button--wide" data-do="queue-close">{Text::Close.dutch()}</button>
        </dialog>
    }
    .into_any()
}

fn lists() -> AnyView {
    view! {
        <div class="queue__letters" data-part="letters-box" hidden>
            <h3 class="queue__heading">{Text::Letters.dutch()}</h3>
            <ul class="queue__rows" data-part="letters"></ul>
        </div>
        <p data-part="queue-none" hidden>{Text::QueueNone.dutch()}</p>
        <p data-part="queue-some" hidden>{Text::QueueSome.dutch()}</p>
        <ul class="queue__rows" data-part="queue-rows"></ul>
        <p data-part="queue-more" hidden>{Text::QueueMore.dutch()}</p>
    }
    .into_any()
}

fn device() -> AnyView {
    let row = |term: Text, part: &'static str| {
        view! {
            <div class="facts__row">
                <dt class="facts__term">{term.dutch()}</dt>
                <dd class="facts__value" data-part=part></dd>
            </div>
        }
    };
    view! {
        <section class="queue__device">
            <h3 class="queue__heading">{Text::Device.dutch()}</h3>
            <dl class="facts">
                {row(Text::DeviceName, "device-name")} {row(Text::DeviceOrganiser, "device-organiser")}
                {row(Text::DeviceRole, "device-role")}
            </dl>
            <button type="button" class="button button--quiet" data-do="unpair" data-part="unpair">
                {Text::Unpair.dutch()}
            </button>
            <div class="alert alert--wait" data-part="unpair-ask" role="alert" hidden>
                {icon("alert")}
                <div>
                    <p data-part="unpair-waiting" hidden><b>{Text::UnpairWaiting.dutch()}</b></p>
                    <p>{Text::UnpairAsk.dutch()}</p>
                    <div class="button-row">
                        <button type="button" class="button button--danger" data-do="unpair-yes">{Text::UnpairYes.dutch()}</button>
                        <button type="button" class="button" data-do="unpair-no">{Text::UnpairNo.dutch()}</button>
                    </div>
                </div>
            </div>
        </section>
    }
    .into_any()
}
