//! A data set in the RDF Data Cube vocabulary, as JSON-LD.
//!
//! Measures are a dimension (`qb:measureType`), so each observation is one number. Every dimension has a code on every
//! observation; `total` is all of it. An observation without a number has no measure: it is marked as confidential
//! (SDMX `confStatus` C) or missing (`obsStatus` M) with the reason beside it. That is the one liberty taken with the
//! vocabulary's IC-14, and a zero in its place would be a lie.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Dimension, FigureCell, FigureColumn, Period, Unit};
use serde_json::{Map, Value, json};

use super::LICENCE;
use super::concepts::{
    code, code_id, context, dimension, dimension_id, dutch, link, measure, measure_id, period_id, reason_id, reasons,
    typed, unit,
};
use super::observation::{DataSet, Observation};

/// The whole document.
pub(super) fn document(base: &str, set: &DataSet) -> Value {
    let mut graph = vec![data_set(base, set), structure(base, set)];
    graph.extend(definitions(set));
    let observations = set.observations.iter().enumerate();
    graph.extend(observations.map(|(number, one)| observation(base, set, number, one)));
    json!({ "@context": context(base), "@graph": graph })
}

/// The name of something in the file of a figure.
fn within(base: &str, set: &DataSet, name: &str) -> String {
    format!("{base}/{}.jsonld#{name}", set.code)
}

fn data_set(base: &str, set: &DataSet) -> Value {
    let publisher = set.partnership.as_deref().unwrap_or("Randpas");
    json!({
        "@id": within(base, set, "dataset"),
        "@type": ["qb:DataSet", "dcat:Dataset"],
        "dct:title": dutch(set.code.title_nl()),
        "dct:description": dutch(set.code.definition_nl()),
        "dct:identifier": set.code.code(),
        "dct:publisher": { "@type": "foaf:Agent", "foaf:name": publisher },
        "dct:license": link(LICENCE),
        "dct:modified": typed(&set.data_date.to_string(), "xsd:dateTime"),
        // Some cells are hidden, by this rule.
        "dct:accessRights": { "@type": "dct:RightsStatement", "rdfs:label": dutch(&set.rule) },
        // How complete the facts of each period are.
        "dct:relation": link(format!("{base}/coverage.jsonld#dataset")),
        "qb:structure": link(within(base, set, "structure")),
    })
}

fn structure(base: &str, set: &DataSet) -> Value {
    let mut components = vec![
        json!({ "qb:dimension": link("sdmx-dimension:refPeriod"), "qb:order": 1 }),
        json!({ "qb:dimension": link("qb:measureType"), "qb:order": 2 }),
    ];
    for (at, dimension) in set.dimensions.iter().enumerate() {
        components.push(json!({ "qb:dimension": link(dimension_id(*dimension)), "qb:order": at + 3 }));
    }
    components.extend(columns(set).map(|column| json!({ "qb:measure": link(measure_id(set.code, column)) })));
    let attributes = [
        "sdmx-attribute:unitMeasure",
        "sdmx-attribute:confStatus",
        "sdmx-attribute:obsStatus",
        "rp:low",
        "rp:high",
        "rp:reason",
        "rp:threshold",
    ];
    components.extend(attributes.map(|attribute| json!({ "qb:attribute": link(attribute) })));
    json!({
        "@id": within(base, set, "structure"),
        "@type": "qb:DataStructureDefinition",
        "qb:component": components,
    })
}

/// The columns that occur, each once.
fn columns(set: &DataSet) -> impl Iterator<Item = &FigureColumn> {
    let by_name: BTreeMap<&str, &FigureColumn> = set
        .observations
        .iter()
        .map(|one| (one.column.name.as_str(), &one.column))
        .collect();
    by_name.into_values()
}

/// Everything that the observations refer to.
fn definitions(set: &DataSet) -> Vec<Value> {
    let mut graph: Vec<Value> = Vec::new();
    for (at, &split) in set.dimensions.iter().enumerate() {
        graph.extend(dimension(split));
        graph.push(code(split, None));
        let used: BTreeMap<&str, &str> = set
            .observations
            .iter()
            .filter_map(|one| one.keys.get(at)?.as_ref())
            .map(|(key, name)| (key.as_str(), name.as_str()))
            .collect();
        graph.extend(used.into_iter().map(|key| code(split, Some(key))));
    }
    let units: BTreeSet<Unit> = columns(set).map(|column| column.unit).collect();
    graph.extend(units.into_iter().map(unit));
    graph.extend(columns(set).map(|column| measure(set.code, column)));
    let periods: BTreeSet<Period> = set.observations.iter().map(|one| one.period).collect();
    graph.extend(periods.into_iter().map(period));
    graph.extend(attributes());
    graph.extend(reasons());
    graph
}

fn period(period: Period) -> Value {
    json!({
        "@id": period_id(period),
        "@type": "dct:PeriodOfTime",
        "skos:notation": period.to_string(),
        "rdfs:label": dutch(&period.label_nl()),
        "dcat:startDate": typed(&period.first().to_string(), "xsd:date"),
        "dcat:endDate": typed(&period.last().to_string(), "xsd:date"),
    })
}

/// Our own attributes: SDMX has none for the ends of an interval.
fn attributes() -> [Value; 4] {
    [
        ("rp:low", "ondergrens van het 95%-interval"),
        ("rp:high", "bovengrens van het 95%-interval"),
        ("rp:reason", "waarom er geen getal is"),
        ("rp:threshold", "van minder mensen dan dit tonen we geen getal"),
    ]
    .map(|(id, words)| json!({ "@id": id, "@type": "qb:AttributeProperty", "rdfs:label": dutch(words) }))
}

fn observation(base: &str, set: &DataSet, number: usize, one: &Observation) -> Value {
    let measure = measure_id(set.code, &one.column);
    let mut node = Map::new();
    let mut put = |name: &str, value: Value| {
        node.insert(name.to_owned(), value);
    };
    put("@id", Value::from(within(base, set, &format!("observation-{number}"))));
    put("@type", Value::from("qb:Observation"));
    put("qb:dataSet", link(within(base, set, "dataset")));
    put("sdmx-dimension:refPeriod", link(period_id(one.period)));
    put("qb:measureType", link(&measure));
    for (split, key) in set.dimensions.iter().zip(&one.keys) {
        put(&dimension_id(*split), link(of_code(*split, key.as_ref())));
    }
    put(
        "sdmx-attribute:unitMeasure",
        link(format!("rp:unit-{}", one.column.unit)),
    );
    put("rp:threshold", json!(one.k));
    match &one.cell {
        FigureCell::Count { value } => put(&measure, json!(value)),
        FigureCell::Number { value } => put(&measure, decimal(*value)),
        FigureCell::Estimate { value, low, high } => {
            put(&measure, decimal(*value));
            put("rp:low", decimal(*low));
            put("rp:high", decimal(*high));
        }
        FigureCell::Text { text } => put(&measure, dutch(text)),
        FigureCell::Day { day } => put(&measure, typed(&day.to_string(), "xsd:date")),
        reason => {
            let status = if reason.is_hidden() {
                ("sdmx-attribute:confStatus", "sdmx-code:confStatus-C")
            } else {
                ("sdmx-attribute:obsStatus", "sdmx-code:obsStatus-M")
            };
            put(status.0, link(status.1));
            put("rp:reason", link(reason_id(reason)));
        }
    }
    Value::Object(node)
}

fn of_code(dimension: Dimension, key: Option<&(String, String)>) -> String {
    code_id(dimension, key.map(|(key, _)| key.as_str()))
}

/// A number that is no count. Written as text with its type: JSON-LD reads a bare 1.0 as a whole number.
fn decimal(value: f64) -> Value {
    typed(&value.to_string(), "xsd:double")
}
