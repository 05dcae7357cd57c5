//! Work years added up: who pays what of what may be spent and of what was.

use std::collections::BTreeMap;

use domain::{ActionId, BasisPoints, Cents, CostKind, Nis, OwnShareSplit, Period, own_share, split_cents};

use super::records::{Budget, BudgetLine, BudgetRow, BudgetYear, CostLine, KindTotal, MunicipalShare};
use crate::text::folded;

/// Two amounts that go together: what may be spent, and what was.
#[derive(Clone, Copy, Default)]
struct Pair {
    budget: Cents,
    spent: Cents,
}

/// Work years added up.
#[derive(Default)]
pub(super) struct Sum {
    rows: BTreeMap<Option<ActionId>, Pair>,
    kinds: BTreeMap<CostKind, Pair>,
    subsidy: Cents,
    subsidy_used: Cents,
    own: Pair,
    shares: BTreeMap<Nis, (u64, Pair)>,
    last: Option<(BasisPoints, OwnShareSplit)>,
}

impl Sum {
    /// Adds a work year, with its own rules.
    pub(super) fn add_year(&mut self, setting: &BudgetYear, lines: &[BudgetLine], costs: &[CostLine]) {
        for line in lines {
            self.rows.entry(line.action).or_default().budget += line.cents;
            self.kinds.entry(line.kind).or_default().budget += line.cents;
        }
        for cost in costs {
            self.rows.entry(cost.action).or_default().spent += cost.cents;
            self.kinds.entry(cost.kind).or_default().spent += cost.cents;
        }
        let budget: Cents = lines.iter().map(|line| line.cents).sum();
        let spent: Cents = costs.iter().map(|cost| cost.cents).sum();
        let own = Pair {
            budget: own_share(budget, setting.own_share),
            spent: own_share(spent, setting.own_share),
        };
        self.own.budget += own.budget;
        self.own.spent += own.spent;
        self.subsidy += setting.subsidy;
        self.subsidy_used += (spent - own.spent).min(setting.subsidy);
        let weights: Vec<u64> = setting.weights.iter().map(|(_, weight)| *weight).collect();
        let of_budget = split_cents(own.budget, &weights);
        let of_spent = split_cents(own.spent, &weights);
        for (((nis, weight), budget), spent) in setting.weights.iter().zip(of_budget).zip(of_spent) {
            let (known_weight, pair) = self.shares.entry(*nis).or_default();
            *known_weight = *weight;
            pair.budget += budget;
            pair.spent += spent;
        }
        self.last = Some((setting.own_share, setting.split));
    }

    /// The whole; names for actions and municipalities.
    pub(super) fn finish(
        self,
        period: Period,
        names: &BTreeMap<ActionId, String>,
        places: &BTreeMap<Nis, String>,
    ) -> Budget {
        let total = |amount: fn(&Pair) -> Cents| self.rows.values().map(amount).sum::<Cents>();
        let (budget, spent) = (total(|pair| pair.budget), total(|pair| pair.spent));
        let (own_share, split) = self
            .last
            .unwrap_or((BasisPoints::USUAL_OWN_SHARE, OwnShareSplit::Equal));
        let row = |(action, pair): (Option<ActionId>, Pair)| BudgetRow {
            action,
            name: action.and_then(|id| names.get(&id)).cloned().unwrap_or_default(),
            budget: pair.budget,
            spent: pair.spent,
        };
        let mut rows: Vec<BudgetRow> = self.rows.iter().map(|(action, pair)| row((*action, *pair))).collect();
        rows.sort_by_cached_key(|row| (row.action.is_none(), folded(&row.name), row.action));
        let mut shares: Vec<MunicipalShare> = self
            .shares
            .iter()
            .map(|(nis, (weight, pair))| MunicipalShare {
                municipality: *nis,
                name: places.get(nis).cloned().unwrap_or_else(|| nis.to_string()),
                weight: *weight,
                of_budget: pair.budget,
                of_spent: pair.spent,
            })
            .collect();
        shares.sort_by_cached_key(|share| (folded(&share.name), share.municipality));
        let kind = |(kind, pair): (&CostKind, &Pair)| KindTotal {
            kind: *kind,
            budget: pair.budget,
            spent: pair.spent,
        };
        Budget {
            period,
            rows,
            kinds: self.kinds.iter().map(kind).collect(),
            budget,
            spent,
            subsidy: self.subsidy,
            subsidy_used: self.subsidy_used,
            own_share,
            split,
            own_of_budget: self.own.budget,
            own_of_spent: self.own.spent,
            uncovered: spent - self.own.spent - self.subsidy_used,
            shares,
        }
    }
}
