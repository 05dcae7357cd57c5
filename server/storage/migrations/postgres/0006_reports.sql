-- Reports that were frozen. PostgreSQL; its twin is migrations/sqlite/0006_reports.sql.

-- The public halves of the keys that sign reports: other keys than those of passes.
CREATE TABLE report_key (
    kid BIGINT PRIMARY KEY,
    public_key BYTEA NOT NULL,
    not_before TIMESTAMPTZ NOT NULL,
    not_after TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);

-- A report as it was on the day it was frozen; nothing ever changes one.
CREATE TABLE frozen_report (
    id UUID PRIMARY KEY,
    -- What people read out and what the QR code leads to: 40 random bits in Crockford's alphabet.
    code TEXT NOT NULL UNIQUE,
    partnership_id UUID REFERENCES partnership (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    period TEXT NOT NULL,
    compare TEXT,
    -- Without the part about money: anybody may read it.
    is_open BOOLEAN NOT NULL,
    data_date TIMESTAMPTZ NOT NULL,
    facts_hash TEXT NOT NULL,
    -- The whole document as JSON: figures, definitions, sentences.
    document TEXT NOT NULL,
    -- What was signed, with the signature (compact JWS).
    seal TEXT NOT NULL,
    frozen_at TIMESTAMPTZ NOT NULL,
    frozen_by TEXT NOT NULL,
    frozen_by_id UUID
);

-- Its files, byte for byte: a later version of the program may set a page otherwise.
CREATE TABLE frozen_file (
    report_id UUID NOT NULL REFERENCES frozen_report (id),
    -- pdf, xlsx, csv, json
    form TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (report_id, form)
);
CREATE INDEX frozen_file_by_hash ON frozen_file (sha256);
