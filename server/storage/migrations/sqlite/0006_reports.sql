-- Reports that were frozen. SQLite; its twin is migrations/postgres/0006_reports.sql.

-- The public halves of the keys that sign reports: other keys than those of passes.
CREATE TABLE report_key (
    kid INTEGER PRIMARY KEY,
    public_key BLOB NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- A report as it was on the day it was frozen; nothing ever changes one.
CREATE TABLE frozen_report (
    id BLOB PRIMARY KEY,
    -- What people read out and what the QR code leads to: 40 random bits in Crockford's alphabet.
    code TEXT NOT NULL UNIQUE,
    partnership_id BLOB REFERENCES partnership (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    period TEXT NOT NULL,
    compare TEXT,
    -- Without the part about money: anybody may read it.
    is_open INTEGER NOT NULL,
    data_date INTEGER NOT NULL,
    facts_hash TEXT NOT NULL,
    -- The whole document as JSON: figures, definitions, sentences.
    document TEXT NOT NULL,
    -- What was signed, with the signature (compact JWS).
    seal TEXT NOT NULL,
    frozen_at INTEGER NOT NULL,
    frozen_by TEXT NOT NULL,
    frozen_by_id BLOB
) STRICT, WITHOUT ROWID;

-- Its files, byte for byte: a later version of the program may set a page otherwise.
CREATE TABLE frozen_file (
    report_id BLOB NOT NULL REFERENCES frozen_report (id),
    -- pdf, xlsx, csv, json
    form TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (report_id, form)
) STRICT;
CREATE INDEX frozen_file_by_hash ON frozen_file (sha256);
