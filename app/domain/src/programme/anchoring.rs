//! What becomes of an action when the project ends, and what its money went to (FIGURES §2, `anchoring`).

use crate::codes::code_enum;

code_enum! {
    /// What was decided about an action.
    AnchoringDecision("anchoring decision") {
        /// Somebody asks to keep it.
        Proposed = "proposed",
        /// It goes on in the municipalities' own plan and budget.
        Anchored = "anchored",
        /// It ends.
        Stopped = "stopped",
    }
}

impl AnchoringDecision {
    /// A short Dutch name.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Proposed => "Voorgesteld",
            Self::Anchored => "Verankerd",
            Self::Stopped => "Stopgezet",
        }
    }
}

code_enum! {
    /// What money is spent on.
    CostKind("kind of cost") {
        /// People on the pay-roll.
        Staff = "staff",
        /// Teachers, guides, interpreters: paid by the hour or the job.
        Fees = "fees",
        /// Rooms and halls.
        Venue = "venue",
        /// What is used up or lent out.
        Materials = "materials",
        /// Leaflets, posters, translations.
        Communication = "communication",
        /// Buses and train tickets.
        Transport = "transport",
        /// Anything else.
        Other = "other",
    }
}

impl CostKind {
    /// A short Dutch name.
    #[must_use]
    pub const fn label_nl(self) -> &'static str {
        match self {
            Self::Staff => "Personeel",
            Self::Fees => "Begeleiding en lesgevers",
            Self::Venue => "Zalen",
            Self::Materials => "Materiaal",
            Self::Communication => "Communicatie",
            Self::Transport => "Vervoer",
            Self::Other => "Andere kosten",
        }
    }
}
