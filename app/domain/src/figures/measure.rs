//! What is counted: the quantities that figures are made of.
//!
//! A figure of FIGURES §2 is one measure (`participants`) or is worked out from several (`reach` = `participants` ÷
//! `passes_active`). Only measures are ever raw; each passes through disclosure control by itself, and everything that is
//! worked out is worked out from what came through. So a ratio or a difference cannot tell more than its parts.

use super::Dimension;
use crate::codes::code_enum;

code_enum! {
    /// A quantity that is counted over a period and split by dimensions.
    Measure("measure") {
        /// Passes issued in the period.
        PassesIssued = "passes_issued",
        /// Passes valid on the last day of the period (or today, in a period that runs).
        PassesActive = "passes_active",
        /// Visits.
        Participations = "participations",
        /// Distinct holders with a visit.
        Participants = "participants",
        /// Holders whose first visit ever falls in the period.
        FirstParticipants = "first_participants",
        /// Of those: baseline answer "no".
        NewToLeisure = "new_to_leisure",
        /// Holders with a visit in the period who, within 180 days of their first visit ever, had at least three visits in at
        /// least two calendar months.
        Sustained = "sustained",
        /// Of the holders whose first pass was issued in the period: a visit on or after the day one month later.
        Retained1 = "retained_1",
        /// Three months later.
        Retained3 = "retained_3",
        /// Six months later.
        Retained6 = "retained_6",
        /// Twelve months later.
        Retained12 = "retained_12",
        /// Holders whose first pass was issued in the period: where the funnel and the cohorts begin.
        FunnelIssued = "funnel_issued",
        /// Of those: opened the pass on a phone, or came.
        FunnelActivated = "funnel_activated",
        /// Of those: a first visit.
        FunnelFirst = "funnel_first",
        /// Of those: a third visit.
        FunnelThird = "funnel_third",
        /// Of those: became a member somewhere.
        FunnelMember = "funnel_member",
        /// Cents that visitors did not pay: price without the pass minus price with it.
        ThresholdCents = "threshold_cents",
        /// Distinct holders who would have paid more than [`PAID_MORE_THAN_CENTS`] in the period.
        WouldHavePaidMore = "would_have_paid_more",
        /// Minutes at activities with a taalicoon.
        PracticeMinutes = "practice_minutes",
        /// Distinct holders with such minutes.
        PracticeParticipants = "practice_participants",
        /// Distinct holders with 40 hours or more of them in the period.
        Practice40 = "practice_40",
        /// Randuitcheques handed out.
        ChequesIssued = "cheques_issued",
        /// Made usable.
        ChequesActivated = "cheques_activated",
        /// Used.
        ChequesRedeemed = "cheques_redeemed",
        /// Not used in time.
        ChequesExpired = "cheques_expired",
        /// Used, and taken back.
        ChequesReversed = "cheques_reversed",
        /// Used twice without network.
        ChequesOfflineLoss = "cheques_offline_loss",
        /// Cents of the cheques that were used.
        ChequesRedeemedCents = "cheques_redeemed_cents",
        /// Distinct holders who used a cheque at their first visit ever.
        ChequesFirstVisitors = "cheques_first_visitors",
    }
}

/// "Would have paid more than € y": y, in cents.
pub const PAID_MORE_THAN_CENTS: u64 = 2_500;

/// "Free or at most € x": x, in cents.
pub const CHEAP_UP_TO_CENTS: u64 = 300;

impl Measure {
    /// Whether the value itself is a number of people (or passes, one a person), so that *k* applies to it directly.
    #[must_use]
    pub const fn counts_people(self) -> bool {
        !matches!(
            self,
            Self::Participations
                | Self::ThresholdCents
                | Self::PracticeMinutes
                | Self::ChequesIssued
                | Self::ChequesActivated
                | Self::ChequesRedeemed
                | Self::ChequesExpired
                | Self::ChequesReversed
                | Self::ChequesOfflineLoss
                | Self::ChequesRedeemedCents
        )
    }

    /// Whether it counts a part of the people behind a cell, and the others are as telling: "all but two of those who started
    /// were new to leisure" is about two people. Then both must be enough (`docs/decisions/0009-figures-that-tell-of-nobody.md`).
    #[must_use]
    pub const fn is_sensitive_part(self) -> bool {
        matches!(self, Self::NewToLeisure | Self::WouldHavePaidMore | Self::Practice40)
    }

    /// Whether it is the stock on the last day of a period, not a flow during it: a quarter has the number of its last month.
    #[must_use]
    pub const fn is_stock(self) -> bool {
        matches!(self, Self::PassesActive)
    }

    /// Whether the same people can be counted in several parts of a period, so that the parts may be more than the whole.
    #[must_use]
    pub const fn counts_again(self) -> bool {
        matches!(
            self,
            Self::Participants
                | Self::Sustained
                | Self::WouldHavePaidMore
                | Self::PracticeParticipants
                | Self::Practice40
        )
    }

    /// Whether it is a fact of visits (and not of passes, of routes or of cheques).
    #[must_use]
    pub const fn is_of_visits(self) -> bool {
        matches!(
            self,
            Self::Participations
                | Self::Participants
                | Self::FirstParticipants
                | Self::NewToLeisure
                | Self::Sustained
                | Self::ThresholdCents
                | Self::WouldHavePaidMore
                | Self::PracticeMinutes
                | Self::PracticeParticipants
                | Self::Practice40
        )
    }

    const fn is_of_cheques(self) -> bool {
        matches!(
            self,
            Self::ChequesIssued
                | Self::ChequesActivated
                | Self::ChequesRedeemed
                | Self::ChequesExpired
                | Self::ChequesReversed
                | Self::ChequesOfflineLoss
                | Self::ChequesRedeemedCents
                | Self::ChequesFirstVisitors
        )
    }

    /// Whether the facts behind it have this dimension.
    #[must_use]
    pub const fn splits_by(self, dimension: Dimension) -> bool {
        use Dimension::{
            AgeBand, Counter, Month, Municipality, NewcomerReason, Organiser, OrganiserKind, Partner, Partnership,
        };
        match dimension {
            Municipality | Month | AgeBand | NewcomerReason | Partnership => true,
            Partner => !self.is_of_cheques(),
            Counter => !self.is_of_visits() && !self.is_of_cheques(),
            Organiser | OrganiserKind => self.is_of_visits() || self.is_of_cheques(),
            _ => self.is_of_visits(),
        }
    }
}
