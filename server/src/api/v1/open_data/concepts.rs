//! The names of things in the files: dimensions and their codes as SKOS concepts, columns as measures, reasons as attributes.

use domain::{Dimension, FigureCell, FigureCode, FigureColumn, Unit};
use serde_json::{Value, json};

use crate::api::v1::figures::document::kind;

/// Short names for the vocabularies that are used. `rp` is our own: names below the catalogue.
pub(super) fn context(base: &str) -> Value {
    json!({
        "qb": "http://purl.org/linked-data/cube#",
        "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
        "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
        "sdmx-concept": "http://purl.org/linked-data/sdmx/2009/concept#",
        "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dct": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rp": format!("{base}#"),
    })
}

/// A reference.
pub(super) fn link(id: impl Into<String>) -> Value {
    json!({ "@id": id.into() })
}

/// Dutch words.
pub(super) fn dutch(text: &str) -> Value {
    json!({ "@value": text, "@language": "nl" })
}

/// A literal with its type.
pub(super) fn typed(value: &str, of: &str) -> Value {
    json!({ "@value": value, "@type": of })
}

/// The property of a dimension.
pub(super) fn dimension_id(dimension: Dimension) -> String {
    format!("rp:dimension-{dimension}")
}

/// One of the codes of a dimension; `None`: all of it.
pub(super) fn code_id(dimension: Dimension, key: Option<&str>) -> String {
    format!(
        "rp:code-{dimension}-{}",
        key.map_or_else(|| "total".to_owned(), encoded)
    )
}

/// A key as part of an IRI: whatever is not plain is written as `%` and two digits.
fn encoded(key: &str) -> String {
    let mut text = String::with_capacity(key.len());
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// The measure property of a column. Columns of one name in two figures are two measures.
pub(super) fn measure_id(code: FigureCode, column: &FigureColumn) -> String {
    format!("rp:measure-{code}-{}", column.name)
}

/// A period.
pub(super) fn period_id(period: domain::Period) -> String {
    format!("rp:period-{}", encoded(&period.to_string()))
}

/// A dimension property with its list of codes.
pub(super) fn dimension(dimension: Dimension) -> [Value; 2] {
    let id = dimension_id(dimension);
    let list = format!("rp:codes-{dimension}");
    [
        json!({
            "@id": id,
            "@type": ["qb:DimensionProperty", "qb:CodedProperty"],
            "rdfs:label": dutch(dimension.label_nl()),
            "qb:codeList": link(&list),
            "rdfs:range": link("skos:Concept"),
        }),
        json!({
            "@id": list,
            "@type": "skos:ConceptScheme",
            "skos:prefLabel": dutch(dimension.label_nl()),
        }),
    ]
}

/// A code of a dimension.
pub(super) fn code(dimension: Dimension, key: Option<(&str, &str)>) -> Value {
    let (notation, label) = key.unwrap_or(("total", "totaal"));
    json!({
        "@id": code_id(dimension, key.map(|(key, _)| key)),
        "@type": "skos:Concept",
        "skos:inScheme": link(format!("rp:codes-{dimension}")),
        "skos:notation": notation,
        "skos:prefLabel": dutch(label),
    })
}

/// A column as a measure, with its definition and unit.
pub(super) fn measure(code: FigureCode, column: &FigureColumn) -> Value {
    let definition = code.columns().iter().find(|known| known.name == column.name);
    let definition = definition.map_or(code.definition_nl(), |known| known.definition);
    json!({
        "@id": measure_id(code, column),
        "@type": "qb:MeasureProperty",
        "rdfs:label": dutch(&column.label),
        "rdfs:comment": dutch(definition),
        "sdmx-attribute:unitMeasure": link(format!("rp:unit-{}", column.unit)),
    })
}

/// What the numbers of a column are.
pub(super) fn unit(unit: Unit) -> Value {
    let words = match unit {
        Unit::People => "mensen",
        Unit::Visits => "bezoeken",
        Unit::Pieces => "stuks",
        Unit::Cents => "eurocent",
        Unit::Minutes => "minuten",
        Unit::Days => "dagen",
        Unit::Share => "deel van het geheel, 0 tot 1",
        Unit::Difference => "verschil",
        Unit::Ratio => "verhouding",
        Unit::Text => "woorden",
        Unit::Day => "dag",
    };
    json!({ "@id": format!("rp:unit-{unit}"), "@type": "skos:Concept", "skos:notation": unit.code(), "skos:prefLabel": dutch(words) })
}

/// Why there is no value.
pub(super) fn reason_id(cell: &FigureCell) -> String {
    format!("rp:reason-{}", kind(cell))
}

/// The reasons, as concepts.
pub(super) fn reasons() -> Vec<Value> {
    [
        (FigureCell::Hidden, "verborgen om mensen te beschermen"),
        (FigureCell::TooFew, "een deel van minder dan 20 mensen"),
        (
            FigureCell::NoDenominator,
            "waardoor gedeeld moet worden, is niet bekend",
        ),
        (FigureCell::TooEarly, "de termijn is nog niet voorbij"),
    ]
    .into_iter()
    .map(|(cell, words)| {
        json!({
            "@id": reason_id(&cell),
            "@type": "skos:Concept",
            "skos:notation": kind(&cell),
            "skos:prefLabel": dutch(words),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_key_can_be_part_of_a_name() {
        assert_eq!(
            code_id(Dimension::ActivityType, Some("dans & spel")),
            "rp:code-activity_type-dans%20%26%20spel"
        );
        assert_eq!(code_id(Dimension::Municipality, None), "rp:code-municipality-total");
    }
}
