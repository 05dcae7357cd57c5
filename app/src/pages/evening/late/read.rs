//! From what was typed to what is recorded. Nothing is recorded as long as anything is wrong.

use std::collections::HashSet;

use domain::local_time::{end_of_day, from_local_datetime, local_datetime};
use domain::{Number, local_day};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use storage::{MOST_PEOPLE, OrganiserSession};

use crate::forms::{Filled, Typed};
use crate::locales::nl::evening as text;
use crate::pages::activities::add::time;

/// Names of the fields.
pub(crate) const SESSION: &str = "moment";
pub(crate) const HOUR: &str = "uur";
pub(crate) const REASON: &str = "reden";
pub(crate) const EXPLAIN: &str = "uitleg";
pub(crate) const NUMBERS: &str = "nummers";
pub(crate) const PEOPLE: &str = "mensen";
/// Made with the page: sending the same form twice counts once.
pub(crate) const FORM: &str = "formulier";

/// Numbers in one form; more take two.
const MOST_NUMBERS: usize = 500;
/// Wrong lines that are named one by one.
const NAMED_LINES: usize = 10;

/// What is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Late {
    /// When and where.
    pub(crate) session: OrganiserSession,
    /// When they came.
    pub(crate) at: Timestamp,
    /// Why they were not scanned.
    pub(crate) note: String,
    /// Each once, in the order of the lines.
    pub(crate) numbers: Vec<Number>,
    /// People without a number.
    pub(crate) people: Option<u32>,
}

/// Reads the form. The errors are in the form that comes back, in the order of its fields.
pub(crate) fn read(typed: Typed, sessions: &[OrganiserSession], now: Timestamp) -> Result<Late, Filled> {
    let mut form = Filled::new(typed);
    let session = session(&mut form, sessions);
    let at = session.as_ref().map(|session| hour(&mut form, session, now));
    let note = note(&mut form);
    let numbers = numbers(&mut form);
    let people = people(&mut form);
    if form.errors.is_empty() && numbers.is_empty() && people.is_none() {
        form.wrong(NUMBERS, text::LATE_NOTHING);
    }
    match (session, at.flatten(), note) {
        (Some(session), Some(at), Some(note)) if form.errors.is_empty() => Ok(Late {
            session,
            at,
            note,
            numbers,
            people,
        }),
        _ => Err(form),
    }
}

fn session(form: &mut Filled, sessions: &[OrganiserSession]) -> Option<OrganiserSession> {
    let chosen = form.typed.get(SESSION).to_owned();
    let known = sessions.iter().find(|one| one.id.to_string() == chosen).cloned();
    form.take(SESSION, known.ok_or(()), text::LATE_SESSION_WRONG)
}

/// The hour, on the day of the session or, past midnight, on the next.
fn hour(form: &mut Filled, session: &OrganiserSession, now: Timestamp) -> Option<Timestamp> {
    let typed = form.typed.get(HOUR).to_owned();
    if typed.is_empty() {
        return Some(by_the_end(session, now));
    }
    let hour = form.take(HOUR, time(&typed).ok_or(()), text::LATE_HOUR_WRONG)?;
    let day = local_datetime(session.starts_at).date();
    let days = [day, day.saturating_add(1.day()), day.saturating_sub(1.day())];
    let open = session.opens_at..=session.closes_at;
    let at = days
        .into_iter()
        .map(|day| from_local_datetime(day.to_datetime(hour)))
        .find(|at| open.contains(at));
    match at {
        Some(at) if at > now => {
            form.wrong(HOUR, text::LATE_HOUR_FUTURE);
            None
        }
        Some(at) => Some(at),
        None => {
            form.wrong(HOUR, text::late_hour_outside(session.opens_at, session.closes_at));
            None
        }
    }
}

/// When everybody had come: at the end, on the day of the start. Not at the start itself, because a pass may have been
/// given at the door a little later, and nobody comes before their pass.
fn by_the_end(session: &OrganiserSession, now: Timestamp) -> Timestamp {
    let last = end_of_day(local_day(session.starts_at)) - SignedDuration::from_secs(1);
    session.ends_at.min(last).min(now).max(session.starts_at)
}

fn note(form: &mut Filled) -> Option<String> {
    let code = form.typed.get(REASON).to_owned();
    let known = text::LATE_REASONS.iter().find(|(known, _)| *known == code);
    let (code, words) = *form.take(REASON, known.ok_or(()), text::LATE_REASON_WRONG)?;
    if code != text::LATE_OTHER {
        return Some(words.to_owned());
    }
    let explained = form.typed.get(EXPLAIN).to_owned();
    let fits = (1..=200).contains(&explained.chars().count()) && !explained.chars().any(char::is_control);
    form.take(EXPLAIN, fits.then_some(explained).ok_or(()), text::LATE_EXPLAIN_WRONG)
}

/// One a line; empty lines are nothing, and the same number twice is once.
fn numbers(form: &mut Filled) -> Vec<Number> {
    let typed = form.typed.raw(NUMBERS).to_owned();
    let lines = typed.lines().map(str::trim).enumerate();
    let lines: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.is_empty()).collect();
    if lines.len() > MOST_NUMBERS {
        form.wrong(NUMBERS, text::late_too_many(MOST_NUMBERS));
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let mut numbers = Vec::new();
    let mut wrong = Vec::new();
    for (place, line) in lines {
        match line.parse::<Number>() {
            Ok(number) => {
                if seen.insert(number.compact()) {
                    numbers.push(number);
                }
            }
            Err(_) => wrong.push((place + 1, line)),
        }
    }
    for (line, typed) in wrong.iter().take(NAMED_LINES) {
        let typed: String = typed.chars().filter(|c| !c.is_control()).take(30).collect();
        form.wrong(NUMBERS, text::late_line_wrong(*line, &typed));
    }
    if wrong.len() > NAMED_LINES {
        form.wrong(NUMBERS, text::late_more_wrong(wrong.len() - NAMED_LINES));
    }
    numbers
}

fn people(form: &mut Filled) -> Option<u32> {
    let typed = form.typed.get(PEOPLE).replace([' ', '.'], "");
    if typed.is_empty() {
        return None;
    }
    let people = typed.parse().ok().filter(|people| (1..=MOST_PEOPLE).contains(people));
    form.take(PEOPLE, people.ok_or(()), text::LATE_PEOPLE_WRONG)
}

#[cfg(test)]
mod tests {
    use domain::Tag;

    use super::*;

    fn session() -> OrganiserSession {
        let starts_at: Timestamp = "2026-11-20T18:00:00Z".parse().unwrap();
        let hours = SignedDuration::from_hours;
        OrganiserSession {
            id: domain::uuid_v7(starts_at, [1; 10]).into(),
            activity: domain::uuid_v7(starts_at, [2; 10]).into(),
            activity_name: "Volleybal".to_owned(),
            starts_at,
            ends_at: starts_at + hours(2),
            opens_at: starts_at - hours(5),
            closes_at: starts_at + hours(7),
        }
    }

    fn number(tag: u64) -> String {
        Number::from_tag(Tag::try_from(tag).unwrap()).to_string()
    }

    fn typed(numbers: &str) -> Typed {
        [
            (SESSION, session().id.to_string()),
            (REASON, "telefoon".to_owned()),
            (NUMBERS, numbers.to_owned()),
        ]
        .into_iter()
        .collect()
    }

    fn tried(typed: Typed) -> Result<Late, Filled> {
        read(typed, &[session()], "2026-11-21T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn numbers_are_taken_as_sloppily_as_they_are_typed_and_each_once() {
        let list = format!(
            "\r\n  {}  \n\n{}\n",
            number(1).to_lowercase().replace('-', " "),
            number(2)
        );
        let late = tried(typed(&format!("{list}{}", number(1)))).unwrap();
        assert_eq!(late.numbers.len(), 2);
        assert_eq!((late.at, late.people), (session().ends_at, None));
        assert_eq!(late.note, "De telefoon was leeg");
    }

    #[test]
    fn a_wrong_line_is_named_by_its_place_and_nothing_is_lost() {
        let form = tried(typed(&format!("{}\n\nABCD\n{}", number(1), number(2)))).unwrap_err();
        assert_eq!(
            form.error(NUMBERS),
            Some("Regel 3: ‘ABCD’ is geen nummer van een pas. Kijk het na.")
        );
        assert!(form.typed.raw(NUMBERS).contains("ABCD"));
        let form = tried(typed(&"x\n".repeat(12))).unwrap_err();
        assert_eq!(form.errors.len(), 11);
        let form = tried(typed(&format!("{}\n", number(1)).repeat(501))).unwrap_err();
        assert!(form.error(NUMBERS).unwrap().contains("hoogstens 500"));
    }

    #[test]
    fn a_number_of_people_is_believable() {
        for (people, good) in [
            ("12", true),
            ("1.200", true),
            ("0", false),
            ("-3", false),
            ("1000000000", false),
            ("veel", false),
        ] {
            let late = tried(typed("").with(PEOPLE, people));
            assert_eq!(late.is_ok(), good, "{people}");
        }
        assert_eq!(tried(typed("")).unwrap_err().error(NUMBERS), Some(text::LATE_NOTHING));
    }

    #[test]
    fn an_hour_is_one_at_which_the_activity_was_open() {
        let at = |hour: &str| tried(typed(&number(1)).with(HOUR, hour));
        assert_eq!(at("19.30").unwrap().at.to_string(), "2026-11-20T18:30:00Z");
        assert_eq!(
            at("1u").unwrap().at.to_string(),
            "2026-11-21T00:00:00Z",
            "past midnight"
        );
        assert!(
            at("9:00")
                .unwrap_err()
                .error(HOUR)
                .unwrap()
                .contains("tussen 14.00 en 2.00")
        );
        assert!(at("laat").unwrap_err().error(HOUR).unwrap().contains("19:30"));
        let early: Timestamp = "2026-11-20T18:10:00Z".parse().unwrap();
        let form = read(typed(&number(1)).with(HOUR, "20:00"), &[session()], early).unwrap_err();
        assert_eq!(form.error(HOUR), Some(text::LATE_HOUR_FUTURE));
    }

    #[test]
    fn without_an_hour_everybody_had_come_by_the_end_of_the_session_on_its_own_day() {
        let by = |ends_at: &str, now: &str| {
            let session = OrganiserSession {
                ends_at: ends_at.parse().unwrap(),
                ..session()
            };
            by_the_end(&session, now.parse().unwrap()).to_string()
        };
        let next_day = "2026-11-21T10:00:00Z";
        assert_eq!(by("2026-11-20T20:00:00Z", next_day), "2026-11-20T20:00:00Z");
        assert_eq!(
            by("2026-11-21T01:00:00Z", next_day),
            "2026-11-20T22:59:59Z",
            "a night out"
        );
        assert_eq!(
            by("2026-11-20T20:00:00Z", "2026-11-20T18:30:00Z"),
            "2026-11-20T18:30:00Z"
        );
    }

    #[test]
    fn another_reason_is_explained() {
        let other = typed(&number(1)).with(REASON, "anders");
        assert!(tried(other.clone()).unwrap_err().error(EXPLAIN).is_some());
        assert_eq!(tried(other.with(EXPLAIN, "Geen stroom")).unwrap().note, "Geen stroom");
        let form = tried(typed(&number(1)).with(SESSION, "x").with(REASON, "")).unwrap_err();
        assert_eq!(
            form.errors.iter().map(|e| e.field).collect::<Vec<_>>(),
            [SESSION, REASON]
        );
    }
}
