//! `funnel`: from pass to member, and how long each step takes.

use std::collections::{BTreeMap, HashMap};

use domain::{Dimension, FigureCell, Measure, Period};
use facts::Step;

use super::cells::median;
use super::draft::{At, Draft};
use super::source::Source;
use crate::error::Result;

/// The steps whose length is told: each with the measure of those who took it.
const TIMED: [Measure; 3] = [Measure::FunnelFirst, Measure::FunnelThird, Measure::FunnelMember];

pub(super) async fn derive(source: &mut Source<'_>) -> Result<Draft> {
    let measures = source.plan.code.measures();
    source.load(measures).await?;
    let lengths = Lengths::read(source).await?;
    let source = &*source;
    Ok(source.draft(|at| {
        let counts = measures.iter().map(|&measure| source.now(measure, at));
        let times = TIMED.iter().zip(lengths.of(source, at)).map(|(&measure, step)| {
            // A median beside a hidden count would tell whether that count is twenty or more.
            if source.now(measure, at).is_hidden() {
                FigureCell::Hidden
            } else {
                median(step)
            }
        });
        counts.chain(times).collect()
    }))
}

/// The medians of each period: by all dimensions for the rows, by those of the filter for the total.
struct Lengths {
    rows: HashMap<Period, BTreeMap<Vec<String>, [Step; 3]>>,
    total: BTreeMap<Vec<String>, [Step; 3]>,
}

impl Lengths {
    async fn read(source: &Source<'_>) -> Result<Self> {
        let plan = source.plan;
        let filtered: Vec<Dimension> = plan.filter.iter().map(|(dimension, _)| *dimension).collect();
        let mut all: Vec<Dimension> = plan.shown.clone();
        all.retain(|dimension| *dimension != Dimension::Month && !filtered.contains(dimension));
        all.extend(&filtered);
        let mut lengths = Self {
            rows: HashMap::new(),
            total: Self::one(source, &filtered, plan.period).await?,
        };
        let mut periods = vec![plan.period];
        if plan.shown.contains(&Dimension::Month) {
            periods = source.row_periods().collect();
        }
        for period in periods {
            lengths.rows.insert(period, Self::one(source, &all, period).await?);
        }
        Ok(lengths)
    }

    async fn one(source: &Source<'_>, by: &[Dimension], period: Period) -> Result<BTreeMap<Vec<String>, [Step; 3]>> {
        let (store, plan) = (source.store, source.plan);
        store
            .funnel_medians(source.scope, by, period, plan.partnership, plan.as_of)
            .await
    }

    fn of(&self, source: &Source<'_>, at: &At<'_>) -> [Step; 3] {
        let plan = source.plan;
        let filter = plan.filter.iter().map(|(_, key)| key.clone());
        let shown = plan
            .shown
            .iter()
            .zip(at.key)
            .filter(|(dimension, _)| **dimension != Dimension::Month && plan.only(**dimension).is_none());
        let key: Vec<String> = shown.map(|(_, key)| key.clone()).chain(filter).collect();
        let found = if at.key.is_empty() {
            self.total.get(&key)
        } else {
            self.rows.get(&at.period).and_then(|rows| rows.get(&key))
        };
        found.copied().unwrap_or_default()
    }
}
