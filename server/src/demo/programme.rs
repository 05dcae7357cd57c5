//! What there is to do: a small programme for each trade, week after week.

use domain::CountingRule;
use domain::local_time::from_local_datetime;
use jiff::civil::{Date, Time, Weekday, time};
use jiff::{SignedDuration, Timestamp};

use super::calendar;

/// What an organiser offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trade {
    Centre,
    Fitness,
    Badminton,
    Swimming,
    Football,
    Gymnastics,
    Walking,
    Martial,
    Dance,
    Music,
    Craft,
    Library,
    Youth,
}

/// On which days something happens.
#[derive(Debug, Clone, Copy)]
pub(super) enum Days {
    /// Every day of the year.
    Daily,
    /// Once a week, not in school holidays.
    Term(Weekday),
    /// Once a week, all year.
    Weekly(Weekday),
    /// The first of these weekdays of a month.
    Monthly(Weekday),
}

/// Something to do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer {
    /// What it is called.
    pub(super) name: &'static str,
    /// Short kind.
    pub(super) kind: &'static str,
    /// When.
    pub(super) days: Days,
    /// Start, local time.
    pub(super) start: Time,
    /// Length in minutes.
    pub(super) minutes: u32,
    /// Price without the pass, in cents.
    pub(super) price: i64,
    /// Price with the pass, in cents.
    pub(super) pass_price: i64,
    /// Dutch needed, 1–4.
    pub(super) taalicoon: Option<u8>,
    /// What counts as a visit.
    pub(super) rule: CountingRule,
}

const fn offer(
    name: &'static str,
    kind: &'static str,
    days: Days,
    hour: i8,
    minutes: u32,
    prices: (i64, i64),
    taalicoon: Option<u8>,
) -> Offer {
    let start = time(hour, 0, 0, 0);
    Offer {
        name,
        kind,
        days,
        start,
        minutes,
        price: prices.0,
        pass_price: prices.1,
        taalicoon,
        rule: CountingRule::OncePerDay,
    }
}

use Days::{Daily, Monthly, Term, Weekly};
use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

const CENTRE: [Offer; 4] = [
    offer("Praattafel Nederlands", "taal", Term(Tuesday), 19, 90, (0, 0), Some(1)),
    offer(
        "Kookclub van de wereld",
        "ontmoeting",
        Term(Thursday),
        18,
        150,
        (800, 200),
        Some(2),
    ),
    offer(
        "Filmavond met ondertitels",
        "cultuur",
        Monthly(Friday),
        20,
        120,
        (600, 150),
        Some(2),
    ),
    offer(
        "Familievoorstelling",
        "cultuur",
        Monthly(Sunday),
        15,
        75,
        (900, 200),
        Some(3),
    ),
];
const FITNESS: [Offer; 3] = [
    offer("Vrij fitnessen", "sport", Daily, 7, 900, (600, 200), Some(1)),
    offer("Zachte yoga", "sport", Term(Monday), 19, 60, (800, 300), Some(1)),
    offer(
        "Buik, billen, benen",
        "sport",
        Term(Wednesday),
        20,
        60,
        (700, 250),
        Some(1),
    ),
];
const BADMINTON: [Offer; 2] = [
    offer(
        "Recreatief spelen",
        "sport",
        Term(Tuesday),
        20,
        120,
        (500, 200),
        Some(1),
    ),
    offer(
        "Les voor beginners",
        "sport",
        Term(Saturday),
        10,
        90,
        (700, 250),
        Some(2),
    ),
];
const SWIMMING: [Offer; 3] = [
    offer("Baantjes zwemmen", "sport", Weekly(Monday), 20, 60, (450, 150), Some(1)),
    offer(
        "Watergewenning voor kinderen",
        "sport",
        Term(Saturday),
        9,
        60,
        (800, 300),
        Some(2),
    ),
    offer(
        "Zwemles voor vrouwen",
        "sport",
        Term(Sunday),
        10,
        60,
        (900, 300),
        Some(1),
    ),
];
const FOOTBALL: [Offer; 3] = [
    offer(
        "Training voor kinderen",
        "sport",
        Term(Wednesday),
        14,
        90,
        (500, 150),
        Some(2),
    ),
    offer(
        "Training voor jongeren",
        "sport",
        Term(Friday),
        18,
        90,
        (500, 150),
        Some(2),
    ),
    offer("Wandelvoetbal", "sport", Weekly(Sunday), 10, 90, (300, 0), Some(1)),
];
const GYMNASTICS: [Offer; 3] = [
    offer("Kleuterturnen", "sport", Term(Wednesday), 15, 60, (600, 200), Some(2)),
    offer(
        "Turnen voor kinderen",
        "sport",
        Term(Saturday),
        11,
        90,
        (600, 200),
        Some(2),
    ),
    offer(
        "Omnisport voor volwassenen",
        "sport",
        Term(Thursday),
        20,
        90,
        (500, 150),
        Some(1),
    ),
];
const WALKING: [Offer; 2] = [
    offer("Rustig op stap", "sport", Weekly(Sunday), 14, 150, (200, 0), Some(1)),
    offer("Samen starten", "sport", Term(Tuesday), 18, 60, (300, 100), Some(2)),
];
const MARTIAL: [Offer; 2] = [
    offer(
        "Proeflessen voor iedereen",
        "sport",
        Term(Monday),
        18,
        60,
        (600, 200),
        Some(2),
    ),
    offer(
        "Training voor jongeren",
        "sport",
        Term(Thursday),
        18,
        90,
        (600, 200),
        Some(3),
    ),
];
const DANCE: [Offer; 2] = [
    offer(
        "Volksdans uit vele landen",
        "cultuur",
        Term(Friday),
        19,
        90,
        (600, 200),
        Some(1),
    ),
    offer(
        "Streetdance voor jongeren",
        "sport",
        Term(Wednesday),
        17,
        75,
        (700, 250),
        Some(2),
    ),
];
const MUSIC: [Offer; 2] = [
    offer("Open repetitie", "cultuur", Term(Thursday), 20, 120, (300, 0), Some(3)),
    offer(
        "Samen zingen in het Nederlands",
        "taal",
        Term(Saturday),
        14,
        90,
        (0, 0),
        Some(2),
    ),
];
const CRAFT: [Offer; 2] = [
    offer("Samen maken", "cultuur", Term(Wednesday), 14, 120, (500, 150), Some(1)),
    offer(
        "Open atelier op zaterdag",
        "cultuur",
        Weekly(Saturday),
        10,
        180,
        (600, 200),
        Some(2),
    ),
];
const LIBRARY: [Offer; 3] = [
    offer("Open leescafé", "taal", Daily, 8, 720, (0, 0), Some(1)),
    offer("Voorleesuurtje", "taal", Term(Wednesday), 14, 60, (0, 0), Some(2)),
    offer(
        "Hulp bij de computer",
        "ontmoeting",
        Weekly(Thursday),
        10,
        120,
        (0, 0),
        Some(2),
    ),
];
const YOUTH: [Offer; 3] = [
    offer("Open instuif", "jeugd", Weekly(Saturday), 14, 240, (200, 0), Some(1)),
    offer("Spelnamiddag", "jeugd", Weekly(Wednesday), 13, 180, (200, 0), Some(2)),
    offer("Huiswerk en spel", "jeugd", Term(Monday), 16, 120, (0, 0), Some(2)),
];

impl Trade {
    /// The programme of an organiser with this trade.
    pub(super) const fn offers(self) -> &'static [Offer] {
        match self {
            Self::Centre => &CENTRE,
            Self::Fitness => &FITNESS,
            Self::Badminton => &BADMINTON,
            Self::Swimming => &SWIMMING,
            Self::Football => &FOOTBALL,
            Self::Gymnastics => &GYMNASTICS,
            Self::Walking => &WALKING,
            Self::Martial => &MARTIAL,
            Self::Dance => &DANCE,
            Self::Music => &MUSIC,
            Self::Craft => &CRAFT,
            Self::Library => &LIBRARY,
            Self::Youth => &YOUTH,
        }
    }
}

impl Offer {
    /// Whether it takes place on this day.
    pub(super) fn takes_place(&self, day: Date) -> bool {
        match self.days {
            Daily => true,
            Weekly(weekday) => day.weekday() == weekday,
            Term(weekday) => day.weekday() == weekday && !calendar::is_school_holiday(day),
            Monthly(weekday) => day.weekday() == weekday && day.day() <= 7 && !matches!(day.month(), 7 | 8),
        }
    }

    /// Start and end on a day, in Belgian time.
    pub(super) fn on(&self, day: Date) -> (Timestamp, Timestamp) {
        let start = from_local_datetime(day.to_datetime(self.start));
        (
            start,
            start
                .checked_add(SignedDuration::from_mins(i64::from(self.minutes)))
                .unwrap_or(start),
        )
    }

    /// Whether people come when they like instead of at the start.
    pub(super) const fn is_walk_in(&self) -> bool {
        matches!(self.days, Daily)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::organisers::{DEMO_CLUB, ENTRIES};
    use super::*;

    #[test]
    fn there_are_about_a_hundred_and_twenty_activities() {
        let count: usize = ENTRIES.iter().map(|entry| entry.trade.offers().len()).sum();
        assert!((115..=135).contains(&count), "{count}");
    }

    /// Scans count from 5 hours before to 5 hours after a session: the demo club is open around the clock.
    #[test]
    fn the_demo_club_is_always_open() {
        let offer = ENTRIES[DEMO_CLUB].trade.offers()[0];
        let slack = SignedDuration::from_hours(5);
        let (_, today_ends) = offer.on(date(2026, 3, 10));
        let (tomorrow_starts, _) = offer.on(date(2026, 3, 11));
        assert!(today_ends + slack >= tomorrow_starts - slack);
    }

    #[test]
    fn lessons_stop_in_the_holidays_and_open_doors_do_not() {
        let july = date(2026, 7, 7);
        assert!(!CENTRE[0].takes_place(july));
        assert!(LIBRARY[0].takes_place(july));
    }
}
