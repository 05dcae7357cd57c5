//! The statements of a bulk load, each over a whole set. Holders and passes have theirs in `passes`, events in
//! `check_ins`.

use crate::set::{Kind, Statement};

pub(super) const INSERT_ORGANISERS: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("name", Kind::Text),
        ("kind", Kind::Text),
        ("municipality", Kind::Int),
        ("search", Kind::Text),
    ],
    body: "
        INSERT INTO organiser (id, name, kind, municipality, search)
        SELECT id, name, kind, municipality, search
        FROM input",
};

pub(super) const INSERT_ACTIVITIES: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("organiser_id", Kind::Uuid),
        ("name", Kind::Text),
        ("activity_type", Kind::Text),
        ("counting_rule", Kind::Text),
        ("price_cents", Kind::Int),
        ("pass_price_cents", Kind::Int),
        ("taalicoon", Kind::Int),
        ("minutes", Kind::Int),
        ("place", Kind::Text),
        ("margin", Kind::Int),
        ("search", Kind::Text),
        ("created_at", Kind::Time),
    ],
    body: "
        INSERT INTO activity (
            id, organiser_id, name, activity_type, counting_rule, price_cents, pass_price_cents, taalicoon, minutes,
            place, opens_before_min, closes_after_min, search, created_at
        )
        SELECT
            id, organiser_id, name, activity_type, counting_rule, price_cents, pass_price_cents, taalicoon, minutes,
            place, margin, margin, search, created_at
        FROM input",
};

pub(super) const INSERT_SESSIONS: Statement = Statement {
    columns: &[
        ("id", Kind::Uuid),
        ("activity_id", Kind::Uuid),
        ("starts_at", Kind::Time),
        ("ends_at", Kind::Time),
        ("opens_at", Kind::Time),
        ("closes_at", Kind::Time),
    ],
    body: "
        INSERT INTO activity_session (id, activity_id, starts_at, ends_at, opens_at, closes_at)
        SELECT id, activity_id, starts_at, ends_at, opens_at, closes_at
        FROM input",
};
