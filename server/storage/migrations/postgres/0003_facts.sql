-- What the figures count besides visits. PostgreSQL; its twin is migrations/sqlite/0003_facts.sql.

-- An action of the work plan: what activities belong to, what pays for it, and with whom it is held. What it cost and what
-- was decided about it is in 0004.
CREATE TABLE action (
    id UUID PRIMARY KEY,
    partnership_id UUID NOT NULL REFERENCES partnership (id),
    name TEXT NOT NULL,
    funding_line TEXT,
    -- The action's code in the municipality's multi-year plan (BBC).
    bbc_code TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE action_partner (
    action_id UUID NOT NULL REFERENCES action (id),
    partner_id UUID NOT NULL REFERENCES partner (id),
    PRIMARY KEY (action_id, partner_id)
);
ALTER TABLE activity ADD COLUMN action_id UUID REFERENCES action (id);
CREATE TABLE activity_partner (
    activity_id UUID NOT NULL REFERENCES activity (id),
    partner_id UUID NOT NULL REFERENCES partner (id),
    PRIMARY KEY (activity_id, partner_id)
);

-- When the holder opened the pass on a phone; a paper card never is.
ALTER TABLE pass ADD COLUMN activated_on DATE;
-- The first day on which the pass was no longer valid before its time: blocked, lost, replaced.
ALTER TABLE pass ADD COLUMN ended_on DATE;
UPDATE pass SET ended_on = issued_on WHERE status <> 'valid';

-- A holder became a member of an organiser: the last step of the funnel.
CREATE TABLE membership (
    holder_id UUID NOT NULL REFERENCES holder (id),
    organiser_id UUID NOT NULL REFERENCES organiser (id),
    since DATE NOT NULL,
    recorded_by UUID,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (holder_id, organiser_id)
);

-- What happened to cheques, as the figures need it: appended by whatever issues and redeems them.
CREATE TABLE cheque_fact (
    id UUID PRIMARY KEY,
    -- issued, activated, redeemed, expired, reversed, offline_loss
    kind TEXT NOT NULL,
    holder_id UUID NOT NULL REFERENCES holder (id),
    organiser_id UUID REFERENCES organiser (id),
    municipality BIGINT NOT NULL REFERENCES municipality (nis),
    local_day DATE NOT NULL,
    pieces BIGINT NOT NULL CHECK (pieces > 0),
    cents BIGINT NOT NULL CHECK (cents >= 0),
    -- Used at the holder's first visit ever.
    first_visit BOOLEAN NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);

-- The thresholds of disclosure control: a setting of the partnership.
ALTER TABLE partnership ADD COLUMN k BIGINT NOT NULL DEFAULT 5 CHECK (k >= 3);
ALTER TABLE partnership ADD COLUMN k_sensitive BIGINT NOT NULL DEFAULT 10 CHECK (k_sensitive >= 3);

-- What changed in the facts, noted by whoever changed it, in the same transaction: those who keep facts in memory read it
-- before they answer. `kind`: 0 holders (their ids, 16 bytes each), 1 small tables, 2 everything. Transactions become
-- visible in another order than they take numbers, so a reader keeps its place by `xid`.
CREATE TABLE fact_change (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid BIGINT NOT NULL DEFAULT (CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)),
    kind BIGINT NOT NULL,
    holders BYTEA NOT NULL
);
CREATE INDEX fact_change_by_xid ON fact_change (xid);
-- Up to where notes were thrown away, in what readers keep their place by: seq on SQLite, xid on PostgreSQL.
INSERT INTO counter (name, next) VALUES ('fact_change_gone', -1);
