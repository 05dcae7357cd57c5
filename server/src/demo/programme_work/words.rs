//! The invented work plan: its words and its numbers.

use domain::AnchoringDecision::{Anchored, Proposed, Stopped};

use super::Decided;

/// An action as the demo tells it.
pub(super) struct Plan {
    /// What it is called.
    pub(super) name: &'static str,
    /// Names of the activities that belong to it.
    pub(super) activities: &'static [&'static str],
    /// What pays for it.
    pub(super) funding: &'static str,
    /// Its code in the multi-year plan.
    pub(super) bbc: Option<&'static str>,
    /// With whom.
    pub(super) partners: &'static [&'static str],
    /// Whether it began in this work year.
    pub(super) new: bool,
    /// What it costs in a year, in euro.
    pub(super) euro_a_year: i64,
    /// What was decided, the oldest first.
    pub(super) decisions: &'static [Decided],
}

/// The actions.
pub(super) const ACTIONS: [Plan; 8] = [
    Plan {
        name: "Zwemmen met een buddy",
        activities: &["Baantjes zwemmen", "Zwemles voor vrouwen"],
        funding: "Projectsubsidie",
        bbc: Some("ACT-114"),
        partners: &["Kanak", "PIN"],
        new: false,
        euro_a_year: 4_200,
        decisions: &[
            (Proposed, 240, "Er is elke week een wachtlijst."),
            (Anchored, 70, "De sportdiensten nemen de buddy's over."),
        ],
    },
    Plan {
        name: "Praattafels Nederlands",
        activities: &["Praattafel Nederlands", "Open leescafé"],
        funding: "Impulssubsidie",
        bbc: Some("ACT-121"),
        partners: &["vzw 'de Rand'"],
        new: false,
        euro_a_year: 2_600,
        decisions: &[(Anchored, 120, "De centra houden de praattafels in hun vaste programma.")],
    },
    Plan {
        name: "Koken van de wereld",
        activities: &["Kookclub van de wereld"],
        funding: "Projectsubsidie",
        bbc: Some("ACT-130"),
        partners: &["De Horizon"],
        new: false,
        euro_a_year: 3_100,
        decisions: &[(Proposed, 35, "De groep trekt mensen aan die nergens anders komen.")],
    },
    Plan {
        name: "Sport zonder drempel",
        activities: &["Omnisport voor volwassenen", "Wandelvoetbal"],
        funding: "Projectsubsidie",
        bbc: None,
        partners: &["Sportraad Sint-Genesius-Rode"],
        new: false,
        euro_a_year: 3_800,
        decisions: &[(Proposed, 30, "De clubs willen verder, met minder begeleiding.")],
    },
    Plan {
        name: "Kinderen naar de club",
        activities: &[
            "Proeflessen voor iedereen",
            "Turnen voor kinderen",
            "Training voor kinderen",
        ],
        funding: "Impulssubsidie",
        bbc: None,
        partners: &["PIN", "RISO"],
        new: true,
        euro_a_year: 2_900,
        decisions: &[],
    },
    Plan {
        name: "Samen zingen, samen spreken",
        activities: &[
            "Samen zingen in het Nederlands",
            "Open repetitie",
            "Volksdans uit vele landen",
        ],
        funding: "Eigen middelen van de gemeenten",
        bbc: None,
        partners: &["vzw 'de Rand'"],
        new: true,
        euro_a_year: 1_200,
        decisions: &[],
    },
    Plan {
        name: "Maken en ontmoeten",
        activities: &["Samen maken", "Open atelier op zaterdag", "Zachte yoga"],
        funding: "Projectsubsidie",
        bbc: None,
        partners: &["De Horizon", "RISO"],
        new: true,
        euro_a_year: 2_100,
        decisions: &[(Proposed, 20, "Eerst nog een jaar kijken of de groep groeit.")],
    },
    Plan {
        name: "Huiswerk en spel",
        activities: &["Huiswerk en spel"],
        funding: "Eigen middelen van de gemeenten",
        bbc: Some("ACT-98"),
        partners: &["RISO"],
        new: false,
        euro_a_year: 1_700,
        decisions: &[
            (Proposed, 300, "De scholen vroegen ernaar."),
            (Stopped, 90, "De brede school doet dit nu zelf."),
        ],
    },
];

/// Partner, how many days ago, for how many days, and what.
pub(super) const AGREEMENTS: [(&str, i32, Option<i32>, &str); 6] = [
    (
        "vzw 'de Rand'",
        520,
        None,
        "De gemeenschapscentra aanvaarden de pas en scannen aan de deur. Vzw 'de Rand' vormt de begeleiders van de praattafels.",
    ),
    (
        "Kanak",
        480,
        Some(365),
        "Kanak zoekt en begeleidt twintig buddy's. Elke buddy gaat drie keer mee.",
    ),
    (
        "Kanak",
        115,
        None,
        "Kanak begeleidt dertig buddy's en geeft twee keer per jaar een vorming.",
    ),
    (
        "PIN",
        450,
        None,
        "De toeleiders van PIN leggen de pas uit bij elk onthaalgesprek en vragen hem mee aan.",
    ),
    (
        "De Horizon",
        300,
        Some(400),
        "De Horizon stelt haar keuken ter beschikking en betaalt de helft van de ingrediënten.",
    ),
    (
        "Sportraad Sint-Genesius-Rode",
        210,
        None,
        "Elke club in de sportraad geeft houders van de pas drie proeflessen aan de prijs met pas.",
    ),
];
