//! The pass as a card: on the holder's phone, at the counter, on paper.

use leptos::prelude::*;
use storage::{Holder, Pass};

use crate::components::icon::svg;
use crate::components::qr::{QrUse, qr};
use crate::locales::nl;

/// What a card shows, and nothing else of the holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PassCard {
    /// First name or nickname.
    pub(crate) first_name: String,
    /// As printed: `XXXX-XXXX-XXX`.
    pub(crate) number: String,
    /// `30 november 2027`
    pub(crate) until: String,
    /// Word and modifier of the tag.
    pub(crate) status: (&'static str, &'static str),
    /// Text of the QR code.
    pub(crate) qr_text: String,
}

impl PassCard {
    /// The card of a pass.
    pub(crate) fn new(pass: &Pass, holder: &Holder) -> Self {
        Self {
            first_name: holder.first_name.to_string(),
            number: pass.number.to_string(),
            until: nl::date(pass.until),
            status: nl::counter::status(pass.status),
            qr_text: pass.credential.to_qr_text(),
        }
    }

    fn head(&self) -> AnyView {
        let (word, tone) = self.status;
        let class = format!("pass__state tag {tone}");
        view! {
            <header class="pass__head">
                {svg("pass__mark", "mark")}
                <span class="pass__brand">{nl::SITE}</span>
                <span class=class>{word}</span>
            </header>
        }
        .into_any()
    }

    fn label(&self) -> String {
        format!("QR-code van de pas van {}", self.first_name)
    }

    /// The card on a screen. `place`: id of what to go back to when the enlarged code is closed; without JavaScript,
    /// because the address alone says whether the code fills the screen.
    pub(crate) fn screen(&self, place: &str) -> AnyView {
        let id = format!("pas-{}", self.number);
        let enlarge = format!("#{id}");
        let shrink = format!("#{place}");
        view! {
            <article class="pass" id=id>
                {self.head()}
                <div class="pass__qr">
                    {qr(&self.qr_text, QrUse::Screen, &self.label())}
                    <a class="pass__enlarge" href=enlarge>
                        <span class="pass__enlarge-text">{nl::holder::ENLARGE}</span>
                    </a>
                    <a class="pass__shrink" href=shrink>
                        {nl::holder::SHRINK}
                    </a>
                </div>
                <p class="pass__name">{self.first_name.clone()}</p>
                <p class="pass__number">{self.number.clone()}</p>
                <p class="pass__until">
                    <span class="pass__label">{nl::holder::VALID_UNTIL}</span>
                    " "
                    {self.until.clone()}
                </p>
            </article>
        }
        .into_any()
    }

    /// The card on paper, credit-card size; one of a sheet.
    pub(crate) fn paper(&self) -> AnyView {
        view! {
            <article class="sheet__card">
                {self.head()} {qr(&self.qr_text, QrUse::Paper, &self.label())}
                <p class="pass__name">{self.first_name.clone()}</p>
                <p class="pass__number">{self.number.clone()}</p>
            </article>
        }
        .into_any()
    }

    /// The pass on a sheet of A4, for the fridge.
    pub(crate) fn a4(&self) -> AnyView {
        let steps = nl::counter::PAPER_STEPS
            .map(|step| view! { <li>{step}</li> })
            .collect_view();
        view! {
            <section class="a4">
                {self.head()} <div class="a4__qr">{qr(&self.qr_text, QrUse::Paper, &self.label())}</div>
                <p class="a4__name">{self.first_name.clone()}</p>
                <p class="a4__number">{self.number.clone()}</p>
                <p class="a4__until">{nl::holder::VALID_UNTIL} " " {self.until.clone()}</p>
                <ol class="a4__steps">{steps}</ol>
            </section>
        }
        .into_any()
    }
}
