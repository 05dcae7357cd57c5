-- What figures are divided by, and what organisers counted before the pass: imported, each with its source.
-- SQLite; its twin is migrations/postgres/0005_denominators.sql.

-- One file that somebody brought in. Never deleted: an undone import keeps its rows, and the values of the import
-- before it hold again.
CREATE TABLE figure_import (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    -- newcomers, baseline
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- Who counted, and the day of that count: as the person who imported it says.
    source TEXT NOT NULL,
    dated TEXT NOT NULL,
    imported_kind TEXT NOT NULL,
    imported_by BLOB,
    imported_at INTEGER NOT NULL,
    undone_kind TEXT,
    undone_by BLOB,
    undone_at INTEGER
) STRICT, WITHOUT ROWID;

-- Newcomers per municipality and year. Of several imports the newest that was not undone holds.
CREATE TABLE denominator (
    import_id BLOB NOT NULL REFERENCES figure_import (id),
    municipality INTEGER NOT NULL REFERENCES municipality (nis),
    year INTEGER NOT NULL,
    value INTEGER NOT NULL CHECK (value >= 0),
    PRIMARY KEY (import_id, municipality, year)
) STRICT, WITHOUT ROWID;

-- Counts of organisers, or of a whole municipality, from before the pass.
CREATE TABLE baseline_count (
    import_id BLOB NOT NULL REFERENCES figure_import (id),
    -- The line in the file.
    line INTEGER NOT NULL,
    -- NULL: of the whole municipality.
    organiser_id BLOB REFERENCES organiser (id),
    municipality INTEGER NOT NULL REFERENCES municipality (nis),
    -- As docs/figures.md spells it: 2017, 2017-Q1.
    period TEXT NOT NULL,
    participants INTEGER CHECK (participants >= 0),
    visits INTEGER CHECK (visits >= 0),
    PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;
