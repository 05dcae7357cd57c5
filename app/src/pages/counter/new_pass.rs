//! The form for a new pass: six fields, less than a minute.

use domain::{Baseline, BirthYear, FirstName, NewcomerReason, Nis};
use jiff::civil::Date;
use leptos::prelude::*;
use storage::{Municipality, NewHolder, Partner};

use crate::components::field::{Choice, Input, choices, error_summary, select};
use crate::components::icon::icon;
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, counter as text};
use crate::pages::municipality_choices;

/// Names of the fields.
const FIRST_NAME: &str = "voornaam";
const BIRTH_YEAR: &str = "geboortejaar";
const MUNICIPALITY: &str = "gemeente";
const REASON: &str = "reden";
const BASELINE: &str = "vorig_jaar";
const PARTNER: &str = "doorverwezen_door";

/// What there is to choose from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// Municipalities that this counter may choose.
    pub(crate) municipalities: Vec<Municipality>,
    /// Partners that refer newcomers.
    pub(crate) partners: Vec<Partner>,
}

/// An empty form: the counter's own municipality is chosen already.
pub(crate) fn blank(own: Option<Nis>) -> Filled {
    Filled::new(own.map(|nis| (MUNICIPALITY, nis.to_string())).into_iter().collect())
}

/// Reads the form. The errors are in the form that comes back.
pub(crate) fn read(typed: Typed, options: &Options, today: Date) -> Result<NewHolder, Filled> {
    let mut form = Filled::new(typed);
    let first_name = form.typed.get(FIRST_NAME).to_owned();
    let wrong = if first_name.is_empty() {
        text::FIRST_NAME_MISSING
    } else {
        text::FIRST_NAME_WRONG
    };
    let first_name = form.take(FIRST_NAME, FirstName::try_from(first_name), wrong);
    let birth_year = birth_year(&mut form, today);
    let municipality = form
        .municipality(MUNICIPALITY, text::MUNICIPALITY_WRONG)
        .filter(|nis| options.municipalities.iter().any(|known| known.nis == *nis));
    if municipality.is_none() && form.error(MUNICIPALITY).is_none() {
        form.wrong(MUNICIPALITY, text::MUNICIPALITY_WRONG);
    }
    let reason = form.typed.get(REASON).parse::<NewcomerReason>();
    let reason = form.take(REASON, reason, text::REASON_WRONG);
    let baseline = form.typed.get(BASELINE).parse::<Baseline>();
    let baseline = form.take(BASELINE, baseline, text::BASELINE_WRONG);
    let partner = Some(form.typed.get(PARTNER).to_owned()).filter(|name| !name.is_empty());
    if partner
        .as_ref()
        .is_some_and(|name| !options.partners.iter().any(|known| known.name == *name))
    {
        form.wrong(PARTNER, text::PARTNER_WRONG);
    }
    match (first_name, birth_year, municipality, reason, baseline) {
        (Some(first_name), Some(birth_year), Some(municipality), Some(reason), Some(baseline))
            if form.errors.is_empty() =>
        {
            Ok(NewHolder {
                first_name,
                birth_year,
                municipality,
                reason,
                baseline,
                partner,
            })
        }
        _ => Err(form),
    }
}

fn birth_year(form: &mut Filled, today: Date) -> Option<BirthYear> {
    let digits = form.typed.get(BIRTH_YEAR);
    let year = if digits.len() == 4 {
        digits.parse::<i16>().ok()
    } else {
        None
    };
    let year = form.take(BIRTH_YEAR, year.ok_or(()), text::BIRTH_YEAR_WRONG)?;
    form.take(BIRTH_YEAR, BirthYear::try_new(year, today), text::BIRTH_YEAR_RANGE)
}

/// The form on the page.
pub(crate) fn view(form: &Filled, options: &Options) -> AnyView {
    let municipalities = municipality_choices(&options.municipalities);
    let only_one = municipalities.len() == 1;
    let reasons = NewcomerReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.code(), reason.label_nl()))
        .collect();
    let answers = text::BASELINES.map(|(value, label)| Choice::new(value, label)).to_vec();
    let partners = options
        .partners
        .iter()
        .map(|partner| Choice::new(&partner.name, partner.name.clone()))
        .collect();
    view! {
        <form class="form" method="post" action="/balie" novalidate>
            {error_summary(form)} <h2 class="heading">{text::NEW_TITLE}</h2>
            {Input::text(FIRST_NAME, text::FIRST_NAME).hint(text::FIRST_NAME_HINT).keyboard("text", "40").view(form)}
            {Input::text(BIRTH_YEAR, text::BIRTH_YEAR)
                .hint(text::BIRTH_YEAR_HINT)
                .class("field__input field__input--short")
                .keyboard("numeric", "4")
                .view(form)}
            {select(
                form,
                MUNICIPALITY,
                text::MUNICIPALITY,
                None,
                (!only_one).then_some(nl::CHOOSE),
                vec![(None, municipalities)],
            )} {choices(form, REASON, text::REASON, None, "choices", reasons)}
            {choices(form, BASELINE, text::BASELINE, Some(text::BASELINE_HINT), "choices choices--row", answers)}
            {select(
                form,
                PARTNER,
                text::PARTNER,
                Some(text::PARTNER_HINT),
                Some(text::PARTNER_NONE),
                vec![(None, partners)],
            )} <div class="action-bar">
                <button class="button button--main button--wide">{icon("plus")} {text::SUBMIT}</button>
            </div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn options() -> Options {
        Options {
            municipalities: vec![Municipality {
                nis: "23102".parse().unwrap(),
                name_nl: "Wemmel".to_owned(),
                name_fr: None,
                postcodes: vec![1780],
                facility: true,
                centre: None,
                valid_from: None,
                valid_to: None,
                successor: None,
            }],
            partners: Vec::new(),
        }
    }

    fn typed() -> Typed {
        [
            (FIRST_NAME, " Amina "),
            (BIRTH_YEAR, "1991"),
            (MUNICIPALITY, "23102"),
            (REASON, "inburgeraar"),
            (BASELINE, "no"),
            (PARTNER, ""),
        ]
        .into_iter()
        .collect()
    }

    fn wrong(field: &'static str, value: &str) -> Vec<&'static str> {
        let form = read(typed().with(field, value), &options(), date(2026, 11, 20)).unwrap_err();
        form.errors.iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_filled_form_is_a_holder() {
        let holder = read(typed(), &options(), date(2026, 11, 20)).unwrap();
        assert_eq!(holder.first_name.as_str(), "Amina");
        assert_eq!(holder.baseline, Baseline::No);
        assert_eq!(holder.partner, None);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        for (field, value) in [
            (FIRST_NAME, "  "),
            (FIRST_NAME, &"a".repeat(41)),
            (BIRTH_YEAR, "91"),
            (BIRTH_YEAR, "19911"),
            (BIRTH_YEAR, "abcd"),
            (BIRTH_YEAR, "1801"),
            (BIRTH_YEAR, "2027"),
            (MUNICIPALITY, ""),
            (MUNICIPALITY, "Wemmel"),
            (MUNICIPALITY, "24104"),
            (REASON, "anders"),
            (BASELINE, ""),
            (PARTNER, "Onbekend"),
        ] {
            assert_eq!(wrong(field, value), [field], "{field} = {value:?}");
        }
    }

    #[test]
    fn a_form_with_errors_shows_everything_that_was_typed() {
        let form = read(typed().with(BIRTH_YEAR, "19<1"), &options(), date(2026, 11, 20)).unwrap_err();
        let html = view(&form, &options()).to_html();
        assert!(
            html.contains("value=\" Amina \"") && html.contains("value=\"19&lt;1\""),
            "{html}"
        );
        assert!(html.contains("href=\"#geboortejaar\""), "{html}");
        assert!(html.contains("selected"), "{html}");
    }

    #[test]
    fn an_unsent_form_knows_the_counters_own_municipality() {
        let html = view(&blank("23102".parse().ok()), &options()).to_html();
        assert!(html.contains("selected") && !html.contains("error-summary"), "{html}");
    }
}
