//! The forms of the learning network: a member, a meeting, a practice sheet.

use domain::{ActionId, Dimension, FigureCode, NetworkKind, NetworkMemberId, Period, PeriodKind};
use jiff::civil::Date;
use leptos::prelude::*;
use storage::{Action, NetworkMember, NewMeeting, NewNetworkMember, NewPractice, Practice, PracticeFigure};

use crate::components::field::{Choice, Input, select};
use crate::forms::{Filled, Typed};
use crate::locales::nl::{self, network as text, programme};
use crate::pages::figures::periods;
use crate::pages::programme::{parts, read};

pub(super) const MEMBER_NAME: &str = "lid_naam";
const MEMBER_KIND: &str = "lid_soort";
const MEMBER_BODIES: &str = "lid_besturen";
const MEMBER_FROM: &str = "lid_van";
const MEMBER_UNTIL: &str = "lid_tot";
const MEMBER_NEXT: &str = "lid_opvolger";

pub(super) const MEETING_TITLE: &str = "bijeenkomst";
const MEETING_DAY: &str = "bijeenkomst_dag";
const MEETING_WHO: &str = "aanwezig";
const MEETING_NOTES: &str = "verslag";

pub(super) const TITLE: &str = "titel";
const PROBLEM: &str = "probleem";
const APPROACH: &str = "aanpak";
const RESULT: &str = "resultaat";
const SHARED_ON: &str = "gedeeld_op";
const BY_MEMBER: &str = "van_lid";
const ACTION: &str = "actie";
/// Code, period and split of each figure that can be linked.
const FIGURES: [(&str, &str, &str); 3] = [
    ("cijfer_1", "periode_1", "per_1"),
    ("cijfer_2", "periode_2", "per_2"),
    ("cijfer_3", "periode_3", "per_3"),
];

/// The form as a member fills it.
pub(super) fn of_member(member: &NetworkMember) -> Filled {
    let bodies: Vec<&str> = member.bodies.iter().map(|body| body.name.as_str()).collect();
    let fields = [
        (MEMBER_NAME, member.name.clone()),
        (MEMBER_KIND, member.kind.code().to_owned()),
        (MEMBER_BODIES, bodies.join("\n")),
        (MEMBER_FROM, member.joined_on.to_string()),
        (
            MEMBER_UNTIL,
            member.left_on.map(|day| day.to_string()).unwrap_or_default(),
        ),
        (
            MEMBER_NEXT,
            member.successor.map(|id| id.to_string()).unwrap_or_default(),
        ),
    ];
    Filled::new(fields.into_iter().collect())
}

/// A member as typed, or the form with its mistakes.
pub(super) fn member(typed: Typed) -> Result<NewNetworkMember, Filled> {
    let mut form = Filled::new(typed);
    let name = read::line(&mut form, MEMBER_NAME, 120, text::MEMBER_NAME_WRONG);
    let kind = read::choice::<NetworkKind>(&mut form, MEMBER_KIND, text::MEMBER_KIND_WRONG);
    let bodies = read::maybe_lines(&mut form, MEMBER_BODIES, 4000, text::BODIES_WRONG);
    let bodies: Option<Vec<String>> = bodies.map(|bodies| {
        let lines = bodies.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    });
    if bodies
        .as_ref()
        .is_some_and(|all| all.len() > 60 || all.iter().any(|body| body.chars().count() > 120))
    {
        form.wrong(MEMBER_BODIES, text::BODIES_WRONG);
    }
    let joined_on = read::day(&mut form, MEMBER_FROM);
    let left_on = read::maybe_day(&mut form, MEMBER_UNTIL);
    let successor = read::maybe_choice::<NetworkMemberId>(&mut form, MEMBER_NEXT, text::NEXT_WRONG);
    if let (Some(from), Some(Some(until))) = (joined_on, left_on)
        && until < from
    {
        form.wrong(MEMBER_UNTIL, text::UNTIL_BEFORE_FROM);
    }
    if let (Some(None), Some(Some(_))) = (left_on, successor) {
        form.wrong(MEMBER_UNTIL, text::UNTIL_NEEDED);
    }
    match (name, kind, bodies, joined_on, left_on, successor) {
        (Some(name), Some(kind), Some(bodies), Some(joined_on), Some(left_on), Some(successor))
            if form.errors.is_empty() =>
        {
            Ok(NewNetworkMember {
                partnership: None,
                name,
                kind,
                bodies,
                joined_on,
                left_on,
                successor,
            })
        }
        _ => Err(form),
    }
}

fn member_choices(members: &[NetworkMember], but: Option<NetworkMemberId>) -> Vec<Choice> {
    let others = members.iter().filter(|member| Some(member.id) != but);
    others
        .map(|member| Choice::new(member.id, member.name.clone()))
        .collect()
}

/// The fields of a member; `own` cannot be its own successor.
pub(super) fn member_fields(form: &Filled, members: &[NetworkMember], own: Option<NetworkMemberId>) -> AnyView {
    let kinds = NetworkKind::ALL
        .iter()
        .map(|kind| Choice::new(kind, kind.label_nl()))
        .collect();
    let others = member_choices(members, own);
    view! {
        {Input::text(MEMBER_NAME, text::MEMBER_NAME).keyboard("text", "120").view(form)}
        {select(form, MEMBER_KIND, text::MEMBER_KIND, None, Some(nl::CHOOSE), vec![(None, kinds)])}
        {parts::textarea(form, MEMBER_BODIES, text::BODIES, Some(text::BODIES_HINT), "5", "4000")}
        <div class="field-row">
            {Input::text(MEMBER_FROM, text::FROM).kind("date").view(form)}
            {Input::text(MEMBER_UNTIL, text::UNTIL).kind("date").optional().view(form)}
        </div>
        {select(form, MEMBER_NEXT, text::NEXT, Some(text::NEXT_HINT), Some(text::NO_NEXT), vec![(None, others)])}
    }
    .into_any()
}

/// A meeting as typed, or the form with its mistakes.
pub(super) fn meeting(typed: Typed) -> Result<NewMeeting, Filled> {
    let mut form = Filled::new(typed);
    let title = read::line(&mut form, MEETING_TITLE, 120, text::MEETING_WRONG);
    let held_on = read::day(&mut form, MEETING_DAY);
    let attendees: Result<Vec<NetworkMemberId>, _> = form.typed.all(MEETING_WHO).map(str::parse).collect();
    let attendees = form.take(MEETING_WHO, attendees, text::WHO_WRONG);
    let notes = read::maybe_lines(&mut form, MEETING_NOTES, 4000, text::NOTES_WRONG);
    match (title, held_on, attendees, notes) {
        (Some(title), Some(held_on), Some(attendees), Some(notes)) => Ok(NewMeeting {
            partnership: None,
            title,
            held_on,
            attendees,
            notes,
        }),
        _ => Err(form),
    }
}

/// The fields of a meeting.
pub(super) fn meeting_fields(form: &Filled, members: &[NetworkMember]) -> AnyView {
    view! {
        {Input::text(MEETING_TITLE, text::MEETING_ABOUT).keyboard("text", "120").view(form)}
        {Input::text(MEETING_DAY, text::MEETING_DAY).kind("date").view(form)}
        {parts::boxes(form, MEETING_WHO, text::WHO, None, member_choices(members, None))}
        {parts::textarea(form, MEETING_NOTES, text::NOTES, Some(text::NOTES_HINT), "5", "4000")}
    }
    .into_any()
}

/// An empty practice sheet, shared today.
pub(super) fn blank_practice(today: Date) -> Filled {
    Filled::new(Typed::default().with(SHARED_ON, today.to_string()))
}

/// The form as a practice sheet fills it.
pub(super) fn of_practice(practice: &Practice) -> Filled {
    let id = |id: Option<String>| id.unwrap_or_default();
    let fields = [
        (TITLE, practice.title.clone()),
        (PROBLEM, practice.problem.clone()),
        (APPROACH, practice.approach.clone()),
        (RESULT, practice.result.clone()),
        (SHARED_ON, practice.shared_on.to_string()),
        (BY_MEMBER, id(practice.member.as_ref().map(|(id, _)| id.to_string()))),
        (ACTION, id(practice.action.as_ref().map(|(id, _)| id.to_string()))),
    ];
    let figures = FIGURES.iter().zip(&practice.figures).flat_map(|(names, figure)| {
        let split = figure
            .by
            .first()
            .map(|dimension| dimension.code().to_owned())
            .unwrap_or_default();
        [
            (names.0, figure.code.code().to_owned()),
            (names.1, figure.period.to_string()),
            (names.2, split),
        ]
    });
    Filled::new(fields.into_iter().chain(figures).collect())
}

/// A practice sheet as typed, or the form with its mistakes.
pub(super) fn practice(typed: Typed) -> Result<NewPractice, Filled> {
    let mut form = Filled::new(typed);
    let title = read::line(&mut form, TITLE, 120, text::TITLE_WRONG);
    let problem = read::lines(&mut form, PROBLEM, 2000, text::PROBLEM_WRONG);
    let approach = read::lines(&mut form, APPROACH, 4000, text::APPROACH_WRONG);
    let result = read::lines(&mut form, RESULT, 2000, text::RESULT_WRONG);
    let shared_on = read::day(&mut form, SHARED_ON);
    let member = read::maybe_choice::<NetworkMemberId>(&mut form, BY_MEMBER, text::NEXT_WRONG);
    let action = read::maybe_choice::<ActionId>(&mut form, ACTION, programme::ACTION_WRONG);
    let figures: Vec<PracticeFigure> = FIGURES.iter().filter_map(|names| figure(&mut form, *names)).collect();
    match (title, problem, approach, result, shared_on, member, action) {
        (Some(title), Some(problem), Some(approach), Some(result), Some(shared_on), Some(member), Some(action))
            if form.errors.is_empty() =>
        {
            Ok(NewPractice {
                partnership: None,
                member,
                action,
                title,
                problem,
                approach,
                result,
                shared_on,
                figures,
            })
        }
        _ => Err(form),
    }
}

fn figure(
    form: &mut Filled,
    (code, period, split): (&'static str, &'static str, &'static str),
) -> Option<PracticeFigure> {
    let code = read::maybe_choice::<FigureCode>(form, code, text::FIGURE_WRONG)??;
    let found = form
        .typed
        .get(period)
        .parse::<Period>()
        .ok()
        .filter(|period| period.kind() != PeriodKind::Range);
    let found = form.take(period, found.ok_or(()), text::PERIOD_WRONG)?;
    let by = read::maybe_choice::<Dimension>(form, split, text::SPLIT_WRONG)?;
    if by.is_some_and(|by| !code.splits_by(by)) {
        form.wrong(split, text::SPLIT_WRONG);
        return None;
    }
    Some(PracticeFigure {
        code,
        period: found,
        by: by.into_iter().collect(),
    })
}

/// The fields of a practice sheet.
pub(super) fn practice_fields(form: &Filled, members: &[NetworkMember], actions: &[Action], today: Date) -> AnyView {
    let actions = actions
        .iter()
        .map(|action| Choice::new(action.id, action.name.clone()))
        .collect();
    let figures = FIGURES
        .iter()
        .map(|names| figure_fields(form, *names, today))
        .collect_view();
    view! {
        {Input::text(TITLE, text::TITLE_LABEL).keyboard("text", "120").view(form)}
        {parts::textarea(form, PROBLEM, text::PROBLEM, Some(text::PROBLEM_HINT), "3", "2000")}
        {parts::textarea(form, APPROACH, text::APPROACH, Some(text::APPROACH_HINT), "5", "4000")}
        {parts::textarea(form, RESULT, text::RESULT, Some(text::RESULT_HINT), "3", "2000")}
        {Input::text(SHARED_ON, text::SHARED_ON).hint(text::SHARED_ON_HINT).kind("date").view(form)}
        {select(form, BY_MEMBER, text::SHARED_BY, None, Some(text::OURSELVES), vec![(None, member_choices(members, None))])}
        {select(form, ACTION, text::FROM_ACTION, None, Some(text::NO_ACTION), vec![(None, actions)])}
        <fieldset class="choices">
            <legend class="choices__legend">{text::LINKED_FIGURES}</legend>
            <p class="field__hint">{text::LINKED_FIGURES_HINT}</p>
            {figures}
        </fieldset>
    }
    .into_any()
}

fn figure_fields(
    form: &Filled,
    (code, period, split): (&'static str, &'static str, &'static str),
    today: Date,
) -> AnyView {
    let codes = FigureCode::ALL
        .iter()
        .map(|code| Choice::new(code, code.title_nl()))
        .collect();
    let chosen = form.typed.get(period).parse().ok();
    let splits = Dimension::ALL
        .iter()
        .map(|one| Choice::new(one, one.label_nl()))
        .collect();
    view! {
        <div class="field-row">
            {select(form, code, text::FIGURE, None, Some(text::NO_FIGURE), vec![(None, codes)])}
            {select(form, period, text::PERIOD, None, None, periods::groups(today, chosen))}
            {select(form, split, text::SPLIT_BY, None, Some(text::NO_SPLIT), vec![(None, splits)])}
        </div>
    }
    .into_any()
}
