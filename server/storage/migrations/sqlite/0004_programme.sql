-- What the partnership does: costs, decisions, agreements, the learning network. SQLite; its twin is migrations/postgres/0004_programme.sql.

-- What was spent, by an action or (without one) by the partnership as a whole. A line is never changed: a wrong one is
-- withdrawn, so that a report as of an earlier day still adds up.
CREATE TABLE cost_line (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    action_id BLOB REFERENCES action (id),
    kind TEXT NOT NULL,
    description TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents > 0),
    spent_on TEXT NOT NULL,
    recorded_by BLOB,
    recorded_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX cost_line_by_day ON cost_line (partnership_id, spent_on);

CREATE INDEX cost_line_by_action ON cost_line (action_id, spent_on) WHERE action_id IS NOT NULL;
CREATE INDEX activity_by_action ON activity (action_id) WHERE action_id IS NOT NULL;

-- What was decided about an action; the latest counts, the others are its history.
CREATE TABLE anchoring_decision (
    id BLOB PRIMARY KEY,
    action_id BLOB NOT NULL REFERENCES action (id),
    -- proposed, anchored, stopped
    decision TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    bbc_code TEXT,
    reason TEXT NOT NULL,
    recorded_by BLOB,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX anchoring_decision_by_action ON anchoring_decision (action_id, decided_on);

-- What pays for a work year (1 December to 30 November, written 2025-2026).
CREATE TABLE budget_year (
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    work_year TEXT NOT NULL,
    subsidy_cents INTEGER NOT NULL CHECK (subsidy_cents >= 0),
    -- The municipalities' own share in hundredths of a percent: 2000 is 20 %.
    own_share_bp INTEGER NOT NULL CHECK (own_share_bp BETWEEN 0 AND 10000),
    -- equal, inhabitants, typed
    split TEXT NOT NULL,
    recorded_by BLOB,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (partnership_id, work_year)
) STRICT, WITHOUT ROWID;
-- The weight of each municipality in its split: 1, its inhabitants, or hundredths of a percent. Kept with the year, so that
-- newer numbers of inhabitants do not change an old account.
CREATE TABLE budget_share (
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    work_year TEXT NOT NULL,
    municipality INTEGER NOT NULL REFERENCES municipality (nis),
    weight INTEGER NOT NULL CHECK (weight >= 0),
    PRIMARY KEY (partnership_id, work_year, municipality)
) STRICT, WITHOUT ROWID;
CREATE TABLE budget_line (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    work_year TEXT NOT NULL,
    action_id BLOB REFERENCES action (id),
    kind TEXT NOT NULL,
    description TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents > 0),
    recorded_by BLOB,
    recorded_at INTEGER NOT NULL,
    withdrawn_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX budget_line_by_year ON budget_line (partnership_id, work_year);

-- What was agreed with a partner.
CREATE TABLE agreement (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    agreed_on TEXT NOT NULL,
    ends_on TEXT,
    text TEXT NOT NULL,
    recorded_by BLOB,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who belongs to the learning network, and since when: other partnerships of municipalities or OCMWs.
CREATE TABLE network_member (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    joined_on TEXT NOT NULL,
    left_on TEXT,
    -- What it went on in.
    successor_id BLOB REFERENCES network_member (id),
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE network_body (
    member_id BLOB NOT NULL REFERENCES network_member (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- Where it is known: tells into what it merged.
    municipality INTEGER REFERENCES municipality (nis),
    PRIMARY KEY (member_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE network_meeting (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    title TEXT NOT NULL,
    held_on TEXT NOT NULL,
    notes TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE network_attendance (
    meeting_id BLOB NOT NULL REFERENCES network_meeting (id),
    member_id BLOB NOT NULL REFERENCES network_member (id),
    PRIMARY KEY (meeting_id, member_id)
) STRICT, WITHOUT ROWID;

-- What others can learn from. Without member: the partnership's own.
CREATE TABLE practice (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    member_id BLOB REFERENCES network_member (id),
    action_id BLOB REFERENCES action (id),
    title TEXT NOT NULL,
    problem TEXT NOT NULL,
    approach TEXT NOT NULL,
    result TEXT NOT NULL,
    shared_on TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- The figures that back it: asked anew, and protected, each time somebody looks.
CREATE TABLE practice_figure (
    practice_id BLOB NOT NULL REFERENCES practice (id),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    period TEXT NOT NULL,
    -- Dimensions, separated by commas; empty for one number.
    dimensions TEXT NOT NULL,
    PRIMARY KEY (practice_id, position)
) STRICT, WITHOUT ROWID;
