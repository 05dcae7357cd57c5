-- What the figures count besides visits. SQLite; its twin is migrations/postgres/0003_facts.sql.

-- An action of the work plan: what activities belong to, what pays for it, and with whom it is held. What it cost and what
-- was decided about it is in 0004.
CREATE TABLE action (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    name TEXT NOT NULL,
    funding_line TEXT,
    -- The action's code in the municipality's multi-year plan (BBC).
    bbc_code TEXT,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE action_partner (
    action_id BLOB NOT NULL REFERENCES action (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    PRIMARY KEY (action_id, partner_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE activity ADD COLUMN action_id BLOB REFERENCES action (id);
CREATE TABLE activity_partner (
    activity_id BLOB NOT NULL REFERENCES activity (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    PRIMARY KEY (activity_id, partner_id)
) STRICT, WITHOUT ROWID;

-- When the holder opened the pass on a phone; a paper card never is.
ALTER TABLE pass ADD COLUMN activated_on TEXT;
-- The first day on which the pass was no longer valid before its time: blocked, lost, replaced.
ALTER TABLE pass ADD COLUMN ended_on TEXT;
UPDATE pass SET ended_on = issued_on WHERE status <> 'valid';

-- A holder became a member of an organiser: the last step of the funnel.
CREATE TABLE membership (
    holder_id BLOB NOT NULL REFERENCES holder (id),
    organiser_id BLOB NOT NULL REFERENCES organiser (id),
    since TEXT NOT NULL,
    recorded_by BLOB,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (holder_id, organiser_id)
) STRICT, WITHOUT ROWID;

-- What happened to cheques, as the figures need it: appended by whatever issues and redeems them.
CREATE TABLE cheque_fact (
    id BLOB PRIMARY KEY,
    -- issued, activated, redeemed, expired, reversed, offline_loss
    kind TEXT NOT NULL,
    holder_id BLOB NOT NULL REFERENCES holder (id),
    organiser_id BLOB REFERENCES organiser (id),
    municipality INTEGER NOT NULL REFERENCES municipality (nis),
    local_day TEXT NOT NULL,
    pieces INTEGER NOT NULL CHECK (pieces > 0),
    cents INTEGER NOT NULL CHECK (cents >= 0),
    -- Used at the holder's first visit ever.
    first_visit INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The thresholds of disclosure control: a setting of the partnership.
ALTER TABLE partnership ADD COLUMN k INTEGER NOT NULL DEFAULT 5 CHECK (k >= 3);
ALTER TABLE partnership ADD COLUMN k_sensitive INTEGER NOT NULL DEFAULT 10 CHECK (k_sensitive >= 3);

-- What changed in the facts, noted by whoever changed it, in the same transaction: those who keep facts in memory read it
-- before they answer. `kind`: 0 holders (their ids, 16 bytes each), 1 small tables, 2 everything. `xid` is PostgreSQL's.
CREATE TABLE fact_change (
    seq INTEGER PRIMARY KEY,
    xid INTEGER NOT NULL DEFAULT 0,
    kind INTEGER NOT NULL,
    holders BLOB NOT NULL
) STRICT;
-- Up to where notes were thrown away, in what readers keep their place by: seq on SQLite, xid on PostgreSQL.
INSERT INTO counter (name, next) VALUES ('fact_change_gone', -1);
