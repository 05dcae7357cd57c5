//! What a new database starts with: the municipalities, the partnership over them, and the referring partners.

use domain::{PartnerId, PartnershipId};

use crate::columns::Day;
use crate::engine::{Tx, within};
use crate::environment::Environment;
use crate::set::{Kind, Set, Statement};

/// The 19 municipalities of the Vlaamse Rand.
const MUNICIPALITIES: &str = include_str!("../data/municipalities.csv");

/// Mergers outside the Rand whose old figures keep their old code: the rule's own examples.
const MERGED: &[(i64, &str, &str, i64)] = &[
    (72025, "Neerpelt", "3910", 72043),
    (72029, "Overpelt", "3900", 72043),
    (72040, "Meeuwen-Gruitrode", "3668 3670", 72042),
    (71047, "Opglabbeek", "3660", 72042),
];
const SUCCESSORS: &[(i64, &str, &str)] = &[(72043, "Pelt", "3900 3910"), (72042, "Oudsbergen", "3660 3668 3670")];

/// Partners that the partnership works with.
const PARTNERS: &[&str] = &[
    "De Horizon",
    "Kanak",
    "PIN",
    "RISO",
    "Sportraad Sint-Genesius-Rode",
    "vzw 'de Rand'",
];

const INSERT_MUNICIPALITIES: Statement = Statement {
    columns: &[
        ("nis", Kind::Int),
        ("name_nl", Kind::Text),
        ("name_fr", Kind::Text),
        ("postcodes", Kind::Text),
        ("facility", Kind::Bool),
        ("centre", Kind::Text),
        ("valid_from", Kind::Day),
        ("valid_to", Kind::Day),
        ("successor", Kind::Int),
    ],
    body: "
        INSERT INTO municipality
            (nis, name_nl, name_fr, postcodes, facility, centre, valid_from, valid_to, successor)
        SELECT nis, name_nl, name_fr, postcodes, facility, centre, valid_from, valid_to, successor
        FROM input",
};

const INSERT_PARTNERSHIP: &str = "INSERT INTO partnership (id, name) VALUES ($1, 'Vlaamse Rand')";

/// Everything that exists today and is no successor of a merger elsewhere belongs to the Rand.
const INSERT_MEMBERS: Statement = Statement {
    columns: &[("nis", Kind::Int)],
    body: "
        INSERT INTO partnership_member (partnership_id, municipality, member_from, member_until)
        SELECT $2, nis, $3, NULL
        FROM input",
};

const INSERT_PARTNERS: Statement = Statement {
    columns: &[("id", Kind::Uuid), ("name", Kind::Text)],
    body: "INSERT INTO partner (id, name) SELECT id, name FROM input",
};

/// Fills a database that has just been made. Part of the transaction that makes it.
pub(crate) async fn fill(tx: &mut Tx, env: &Environment) -> Result<(), sqlx::Error> {
    let engine = tx.engine();
    let merger = jiff::civil::date(2019, 1, 1);
    let last_day_before = jiff::civil::date(2018, 12, 31);
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());

    let mut municipalities = Set::new(engine);
    let mut members = Set::new(engine);
    // Successors first: a merged municipality points to one.
    for &(nis, name, postcodes) in SUCCESSORS {
        municipalities
            .row()
            .int(nis)
            .text(name)
            .maybe(None, Set::text)
            .text(postcodes)
            .bool(false);
        municipalities
            .maybe(None, Set::text)
            .day(merger)
            .maybe(None, Set::day)
            .maybe(None, Set::int);
    }
    for line in MUNICIPALITIES.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let &[
            nis,
            name_nl,
            name_fr,
            _ovo,
            _arrondissement,
            postcodes,
            facility,
            centre,
            _inhabitants,
        ] = fields.as_slice()
        else {
            return Err(sqlx::Error::Configuration(
                format!("municipalities.csv: {line:?}").into(),
            ));
        };
        let nis: i64 = nis
            .parse()
            .map_err(|error| sqlx::Error::Configuration(Box::new(error)))?;
        municipalities.row().int(nis).text(name_nl);
        municipalities.maybe(optional(name_fr), |set, name| set.text(&name));
        municipalities.text(postcodes).bool(facility == "1");
        municipalities.maybe(optional(centre), |set, name| set.text(&name));
        municipalities
            .maybe(None, Set::day)
            .maybe(None, Set::day)
            .maybe(None, Set::int);
        members.row().int(nis);
    }
    for &(nis, name, postcodes, successor) in MERGED {
        municipalities
            .row()
            .int(nis)
            .text(name)
            .maybe(None, Set::text)
            .text(postcodes)
            .bool(false);
        municipalities
            .maybe(None, Set::text)
            .maybe(None, Set::day)
            .day(last_day_before)
            .int(successor);
    }
    let mut partners = Set::new(engine);
    for name in PARTNERS {
        partners.row().uuid(PartnerId::from(env.uuid_v7()).uuid()).text(name);
    }

    let (municipalities, members, partners) = (municipalities.finish(), members.finish(), partners.finish());
    let partnership = PartnershipId::from(env.uuid_v7()).uuid();
    let since = Day(jiff::civil::date(2017, 1, 1));
    within!(*tx, c => {
        sqlx::query(INSERT_MUNICIPALITIES.sql(engine)).bind(municipalities).execute(&mut *c).await?;
        sqlx::query(INSERT_PARTNERSHIP).bind(partnership).execute(&mut *c).await?;
        sqlx::query(INSERT_MEMBERS.sql(engine)).bind(members).bind(partnership).bind(since).execute(&mut *c).await?;
        sqlx::query(INSERT_PARTNERS.sql(engine)).bind(partners).execute(&mut *c).await?;
    });
    Ok(())
}
