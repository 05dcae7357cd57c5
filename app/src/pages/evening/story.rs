//! A scan or a gap with its story: what the phone said, what we say now and why, what to do.

use std::collections::HashMap;

use domain::{DeviceId, Reason};
use leptos::prelude::*;
use storage::{EveningDevice, EveningScan};

use super::page::{DAY, SCAN};
use crate::locales::nl::{self, evening as text};
use crate::pages::devices::whose::Whose;

/// What devices are called.
pub(crate) struct Names(HashMap<DeviceId, String>);

impl Names {
    pub(crate) fn of(devices: &[EveningDevice]) -> Self {
        let names = devices.iter().map(|one| (one.device.id, one.device.name.clone()));
        Self(names.collect())
    }

    fn name(&self, scan: &EveningScan) -> Option<&str> {
        scan.device.and_then(|device| self.0.get(&device)).map(String::as_str)
    }
}

/// One place where a device's chain is not whole.
pub(crate) fn gap(name: &str, gap: domain::ChainBreak) -> AnyView {
    let (title, story) = text::gap(name, gap);
    view! {
        <li class="story story--gap">
            <h3 class="story__title">{title}</h3>
            <p class="story__text">{story}</p>
        </li>
    }
    .into_any()
}

/// One scan; with a form when it waits to be released.
pub(crate) fn scan(scan: &EveningScan, names: &Names, release: Option<(&Whose, &str)>) -> AnyView {
    let (word, tone) = text::verdict(scan.verdict);
    let tone = format!("tag {tone}");
    let said = text::said(scan.at, names.name(scan), scan.device_said);
    let flags = scan
        .flags
        .iter()
        .filter_map(|flag| text::flag(flag, scan.device.is_some(), scan.received_at))
        .map(|words| format!("{words} "))
        .collect::<String>();
    // A late scan that counts needs nothing: its flag has said it all.
    let why = (scan.reason != Reason::Ok || flags.is_empty()).then(|| text::why(scan.reason));
    let form = release.map(|(whose, day)| {
        view! {
            <form class="story__form" method="post" action="/avond/meetellen">
                {whose.hidden()} <input type="hidden" name=SCAN value=scan.scan_id.to_string() />
                <input type="hidden" name=DAY value=day.to_owned() />
                <button class="button">
                    {text::RELEASE} <span class="visually-hidden">": "{where_and_who(scan)}</span>
                </button>
            </form>
        }
    });
    view! {
        <li class="story">
            <h3 class="story__title">
                {where_and_who(scan)} " " <span class=tone>{word}</span>
            </h3>
            <p class="story__meta">{nl::day_short(scan.at)}</p>
            <p class="story__text">{said} " " {flags} {why}</p>
            {form}
        </li>
    }
    .into_any()
}

/// `Volleybal · 7K3M-9QX2-4TP`
pub(crate) fn where_and_who(scan: &EveningScan) -> String {
    let activity = scan.activity_name.as_deref().unwrap_or(text::NO_ACTIVITY);
    let number = scan
        .number
        .map_or_else(|| text::NO_NUMBER.to_owned(), |number| number.to_string());
    format!("{activity} · {number}")
}
