//! The catalogue: which data sets there are, and in which forms (DCAT 3, as JSON-LD).

use domain::{Figure, FigureCode};
use serde_json::{Value, json};

use super::LICENCE;
use super::concepts::{context, dutch, link, typed};
use super::grid::tables;

/// `coverage`: any figure over the whole project, for whose figures these are and of when.
pub(super) fn document(base: &str, coverage: &Figure) -> Value {
    let modified = typed(&coverage.data_date.to_string(), "xsd:dateTime");
    let publisher = json!({
        "@type": "foaf:Agent",
        "foaf:name": coverage.partnership.as_deref().unwrap_or("Randpas"),
    });
    let data_sets: Vec<Value> = FigureCode::ALL
        .iter()
        .map(|&code| data_set(base, code, &modified, &publisher))
        .collect();
    json!({
        "@context": context(base),
        "@id": base,
        "@type": "dcat:Catalog",
        "dct:title": dutch("Open data van de vrijetijdspas"),
        "dct:description": dutch(
            "Alle cijfers die iedereen mag zien, over een vast raster van periodes en indelingen. Kleine aantallen zijn verborgen."
        ),
        "dct:language": link("http://publications.europa.eu/resource/authority/language/NLD"),
        "dct:publisher": publisher,
        "dct:license": link(LICENCE),
        "dct:modified": modified,
        "dcat:dataset": data_sets,
    })
}

fn data_set(base: &str, code: FigureCode, modified: &Value, publisher: &Value) -> Value {
    let distribution = |extension: &str, media_type: &str, conforms_to: Option<&str>| {
        let file = format!("{base}/{code}.{extension}");
        let mut node = json!({
            "@id": file,
            "@type": "dcat:Distribution",
            "dcat:downloadURL": link(&file),
            "dcat:mediaType": link(format!("https://www.iana.org/assignments/media-types/{media_type}")),
            "dct:license": link(LICENCE),
        });
        if let (Some(conforms_to), Some(members)) = (conforms_to, node.as_object_mut()) {
            members.insert("dct:conformsTo".to_owned(), link(conforms_to));
        }
        node
    };
    let splits: Vec<Value> = tables(code)
        .iter()
        .map(|by| {
            let names: Vec<&str> = by.iter().map(|dimension| dimension.label_nl()).collect();
            dutch(&if names.is_empty() {
                "geheel".to_owned()
            } else {
                names.join(" × ")
            })
        })
        .collect();
    json!({
        "@id": format!("{base}/{code}.jsonld#dataset"),
        "@type": "dcat:Dataset",
        "dct:title": dutch(code.title_nl()),
        "dct:description": dutch(code.definition_nl()),
        "dct:identifier": code.code(),
        "dct:publisher": publisher,
        "dct:license": link(LICENCE),
        "dct:modified": modified,
        "rp:splitBy": splits,
        "dcat:distribution": [
            distribution("csv", "text/csv", None),
            distribution(
                "jsonld",
                "application/ld+json",
                Some("https://www.w3.org/TR/vocab-data-cube/"),
            ),
        ],
    })
}
