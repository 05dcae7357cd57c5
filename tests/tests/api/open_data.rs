//! `/api/v1/open-data`: what others may use is what the API answers, and nothing more.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::on_both_engines;
use tests::world::{World, text};

on_both_engines!(
    the_catalogue_leads_to_every_file,
    every_observation_is_a_number_of_the_api,
    a_hidden_number_has_a_reason_and_no_value,
    the_cube_defines_everything_that_it_names,
    csv_and_cube_hold_the_same_observations,
    an_unknown_file_is_a_problem,
);

async fn json_ld(world: &World, file: &str) -> Value {
    let answer = world.server.get(&format!("/api/v1/open-data{file}"), "").await;
    assert_eq!(answer.status, 200, "{file}: {}", answer.text);
    assert_eq!(answer.content_type, "application/ld+json");
    answer.json()
}

fn nodes<'a>(document: &'a Value, kind: &str) -> Vec<&'a Value> {
    let graph = document["@graph"].as_array().unwrap();
    graph.iter().filter(|node| node["@type"] == kind).collect()
}

fn id<'a>(node: &'a Value, member: &str) -> &'a str {
    node[member]["@id"].as_str().unwrap_or_default()
}

async fn the_catalogue_leads_to_every_file(world: World) {
    let catalogue = json_ld(&world, "").await;
    assert_eq!(catalogue["@type"], "dcat:Catalog");
    assert_eq!(
        id(&catalogue, "dct:license"),
        "https://creativecommons.org/licenses/by/4.0/"
    );
    let modified = text(&catalogue["dct:modified"], "@value");
    assert!(modified.parse::<jiff::Timestamp>().is_ok(), "{modified}");
    let sets = catalogue["dcat:dataset"].as_array().unwrap();
    assert_eq!(sets.len(), 18);
    for set in sets {
        for distribution in set["dcat:distribution"].as_array().unwrap() {
            let url = id(distribution, "dcat:downloadURL");
            let (_, path) = url.split_once("/api/v1/open-data").unwrap();
            let answer = world.server.get(&format!("/api/v1/open-data{path}"), "").await;
            assert_eq!(answer.status, 200, "{path}");
        }
    }
}

async fn every_observation_is_a_number_of_the_api(world: World) {
    let year = world.environment().today().year();
    for code in ["participants", "passes_issued", "reach"] {
        let cube = json_ld(&world, &format!("/{code}.jsonld")).await;
        let path = format!("/api/v1/figures/{code}?period={year}&by=municipality");
        let figure = world.server.get(&path, "").await.json();
        let mut compared = 0;
        for row in figure["rows"].as_array().unwrap() {
            let place = format!("rp:code-municipality-{}", text(row, "key"));
            for (column, cell) in figure["columns"]
                .as_array()
                .unwrap()
                .iter()
                .zip(row["cells"].as_array().unwrap())
            {
                let measure = format!("rp:measure-{code}-{}", text(column, "name"));
                let of_cell = nodes(&cube, "qb:Observation").into_iter().find(|one| {
                    id(one, "sdmx-dimension:refPeriod") == format!("rp:period-{year}")
                        && id(one, "rp:dimension-municipality") == place
                        && id(one, "qb:measureType") == measure
                });
                if cell["kind"] == "nothing" {
                    assert!(of_cell.is_none(), "{cell}");
                    continue;
                }
                let of_cell = of_cell.unwrap();
                let value = &of_cell[&measure];
                let value = value.as_f64().or_else(|| text(value, "@value").parse().ok());
                // JSON readers may lose the last bit of a fraction.
                let same = match (value, cell["value"].as_f64()) {
                    (Some(one), Some(other)) => (one - other).abs() < 1e-12,
                    (one, other) => one == other,
                };
                assert!(same, "{code} {place}: {of_cell} is not {cell}");
                compared += 1;
            }
        }
        assert!(compared > 3, "{code}");
    }
}

async fn a_hidden_number_has_a_reason_and_no_value(world: World) {
    let mut hidden = 0;
    for code in ["participants", "participations", "funnel"] {
        let cube = json_ld(&world, &format!("/{code}.jsonld")).await;
        for one in nodes(&cube, "qb:Observation") {
            let measure = id(one, "qb:measureType").to_owned();
            let there = one.get(&measure).is_some();
            assert_eq!(there, one.get("rp:reason").is_none(), "a value or a reason: {one}");
            if id(one, "rp:reason") == "rp:reason-hidden" {
                assert_eq!(id(one, "sdmx-attribute:confStatus"), "sdmx-code:confStatus-C");
                hidden += 1;
            }
        }
    }
    assert!(hidden > 0, "the demo data has small numbers");
}

async fn the_cube_defines_everything_that_it_names(world: World) {
    let cube = json_ld(&world, "/participants.jsonld").await;
    let mut defined = BTreeMap::new();
    for node in cube["@graph"].as_array().unwrap() {
        assert!(
            defined.insert(text(node, "@id"), node).is_none(),
            "twice: {}",
            node["@id"]
        );
    }
    let structure = nodes(&cube, "qb:DataStructureDefinition")[0];
    let dimensions: Vec<&str> = structure["qb:component"]
        .as_array()
        .unwrap()
        .iter()
        .map(|component| id(component, "qb:dimension"))
        .filter(|dimension| !dimension.is_empty())
        .collect();
    assert!(dimensions.contains(&"rp:dimension-municipality"), "{dimensions:?}");
    for one in nodes(&cube, "qb:Observation") {
        assert!(defined.contains_key(id(one, "qb:dataSet")), "{one}");
        for dimension in &dimensions {
            let value = id(one, dimension);
            assert!(!value.is_empty(), "every dimension on every observation: {one}");
            assert!(defined.contains_key(value), "{value} is defined");
        }
    }
    let concepts = nodes(&cube, "skos:Concept");
    assert!(
        concepts
            .iter()
            .any(|concept| concept["skos:prefLabel"]["@value"] == "Wemmel")
    );
    let measure = nodes(&cube, "qb:MeasureProperty")[0];
    assert!(text(&measure["rdfs:comment"], "@value").len() > 20, "{measure}");
}

async fn csv_and_cube_hold_the_same_observations(world: World) {
    for code in ["participants", "retention", "crossings", "new_actions"] {
        let cube = json_ld(&world, &format!("/{code}.jsonld")).await;
        let csv = world.server.get(&format!("/api/v1/open-data/{code}.csv"), "").await;
        assert!(csv.content_type.starts_with("text/csv"), "{}", csv.content_type);
        let lines = csv.text.lines().count();
        assert_eq!(lines, nodes(&cube, "qb:Observation").len() + 1, "{code}: and a head");
        assert!(csv.text.starts_with("figure,period,first_day,last_day,"), "{code}");
    }
}

async fn an_unknown_file_is_a_problem(world: World) {
    for file in ["nothing.csv", "participants.xml", "participants", ".csv"] {
        let answer = world.server.get(&format!("/api/v1/open-data/{file}"), "").await;
        answer.assert_problem(404, "not_found");
    }
}
