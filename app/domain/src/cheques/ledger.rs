//! Double entry: every booking moves money between accounts and sums to zero, so nothing appears and nothing is lost.
//!
//! The programme owes what it hands out; the holder's account is what is open on the pass; the organiser's is what it will be
//! paid; a share is what a payer has paid. An entry is never changed: a reversal is another one with the opposite amounts.

use serde::{Deserialize, Serialize};

use super::charge::Charge;
use super::scheme::SchemeTerms;
use crate::codes::code_enum;
use crate::id::{HolderId, OrganiserId};
use crate::money::Cents;
use crate::programme::split_cents;

code_enum! {
    /// Why money moved.
    EntryKind("ledger entry") {
        /// Handed out.
        Issue = "issue",
        /// Used.
        Redeem = "redeem",
        /// Used a second time without network: the organiser is paid all the same.
        OfflineLoss = "offline_loss",
        /// A use that was taken back.
        Reverse = "reverse",
        /// Not used in time.
        Expire = "expire",
        /// Taken away before use.
        Cancel = "cancel",
        /// Paid to the organiser.
        Settle = "settle",
        /// Put right after a settlement.
        Correct = "correct",
    }
}

/// Whose money.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "account", content = "of", rename_all = "snake_case")]
pub enum LedgerAccount {
    /// Who gives the cheques.
    Programme,
    /// Who has them.
    Holder(HolderId),
    /// Who took them.
    Organiser(OrganiserId),
    /// What was spent twice without network.
    OfflineLoss,
    /// Who pays a part.
    Share(String),
}

/// Money in (above zero) or out of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Whose.
    pub account: LedgerAccount,
    /// How much.
    pub amount: Cents,
}

/// A booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Why.
    pub kind: EntryKind,
    /// Its sides; none is zero.
    pub postings: Vec<Posting>,
}

impl Entry {
    fn of(kind: EntryKind, sides: impl IntoIterator<Item = (LedgerAccount, i64)>) -> Self {
        let postings = sides
            .into_iter()
            .filter(|(_, amount)| *amount != 0)
            .map(|(account, amount)| Posting {
                account,
                amount: Cents(amount),
            });
        Self {
            kind,
            postings: postings.collect(),
        }
    }

    /// `quantity` cheques handed to a holder.
    #[must_use]
    pub fn issue(terms: &SchemeTerms, holder: HolderId, quantity: u32) -> Self {
        let face = face(terms, quantity);
        Self::of(
            EntryKind::Issue,
            [(LedgerAccount::Programme, -face), (LedgerAccount::Holder(holder), face)],
        )
    }

    /// Cheques used. What the price did not take goes back to the programme.
    #[must_use]
    pub fn redeem(terms: &SchemeTerms, holder: HolderId, organiser: OrganiserId, charge: Charge) -> Self {
        let face = face(terms, charge.quantity);
        Self::of(
            EntryKind::Redeem,
            [
                (LedgerAccount::Holder(holder), -face),
                (LedgerAccount::Organiser(organiser), charge.value.0),
                (LedgerAccount::Programme, face - charge.value.0),
            ],
        )
    }

    /// Cheques that were spent already, taken in good faith without network: both organisers are paid.
    #[must_use]
    pub fn offline_loss(organiser: OrganiserId, charge: Charge) -> Self {
        Self::of(
            EntryKind::OfflineLoss,
            [
                (LedgerAccount::OfflineLoss, -charge.value.0),
                (LedgerAccount::Organiser(organiser), charge.value.0),
            ],
        )
    }

    /// Cheques that go back to the programme: [`EntryKind::Expire`] or [`EntryKind::Cancel`].
    #[must_use]
    pub fn give_back(kind: EntryKind, terms: &SchemeTerms, holder: HolderId, quantity: u32) -> Self {
        let face = face(terms, quantity);
        Self::of(
            kind,
            [(LedgerAccount::Holder(holder), -face), (LedgerAccount::Programme, face)],
        )
    }

    /// The opposite of an entry.
    #[must_use]
    pub fn opposite(&self, kind: EntryKind) -> Self {
        let sides = self
            .postings
            .iter()
            .map(|posting| (posting.account.clone(), posting.amount.0.saturating_neg()));
        Self::of(kind, sides)
    }

    /// An organiser is paid; each payer pays its share, to the cent.
    #[must_use]
    pub fn settle(terms: &SchemeTerms, organiser: OrganiserId, total: Cents) -> Self {
        let weights: Vec<u64> = terms.payers.iter().map(|payer| u64::from(payer.share.0)).collect();
        let parts = split_cents(total, &weights);
        let shares = terms
            .payers
            .iter()
            .zip(parts)
            .map(|(payer, part)| (LedgerAccount::Share(payer.name.clone()), part.0));
        Self::of(
            EntryKind::Settle,
            std::iter::once((LedgerAccount::Organiser(organiser), -total.0)).chain(shares),
        )
    }
}

fn face(terms: &SchemeTerms, quantity: u32) -> i64 {
    terms.face_value.0.saturating_mul(i64::from(quantity))
}

/// Whether the sides of an entry balance.
#[must_use]
pub fn sums_to_zero(entry: &Entry) -> bool {
    entry
        .postings
        .iter()
        .map(|posting| i128::from(posting.amount.0))
        .sum::<i128>()
        == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cheques::charge::charge;
    use crate::cheques::scheme::example;
    use uuid::Uuid;

    fn holder() -> HolderId {
        HolderId::from(Uuid::from_u128(1))
    }

    fn organiser() -> OrganiserId {
        OrganiserId::from(Uuid::from_u128(2))
    }

    fn amounts(entry: &Entry) -> Vec<i64> {
        entry.postings.iter().map(|posting| posting.amount.0).collect()
    }

    #[test]
    fn every_kind_of_entry_balances() {
        let terms = example();
        let used = charge(&terms, Cents(1_200), 1, 3);
        let redeem = Entry::redeem(&terms, holder(), organiser(), used);
        let entries = [
            Entry::issue(&terms, holder(), 3),
            redeem.clone(),
            redeem.opposite(EntryKind::Reverse),
            Entry::offline_loss(organiser(), used),
            Entry::give_back(EntryKind::Expire, &terms, holder(), 2),
            Entry::settle(&terms, organiser(), Cents(1_201)),
        ];
        for entry in &entries {
            assert!(sums_to_zero(entry), "{entry:?}");
        }
        assert_eq!(amounts(&entries[1]), [-1_500, 1_200, 300]);
        assert_eq!(amounts(&entries[2]), [1_500, -1_200, -300]);
        assert_eq!(amounts(&entries[5]), [-1_201, 240, 961]);
    }

    #[test]
    fn what_was_paid_in_full_leaves_nothing_to_go_back() {
        let terms = example();
        let entry = Entry::redeem(&terms, holder(), organiser(), charge(&terms, Cents(1_000), 1, 2));
        assert_eq!(amounts(&entry), [-1_000, 1_000]);
    }
}
