-- What figures are divided by, and what organisers counted before the pass: imported, each with its source.
-- PostgreSQL; its twin is migrations/sqlite/0005_denominators.sql.

-- One file that somebody brought in. Never deleted: an undone import keeps its rows, and the values of the import
-- before it hold again.
CREATE TABLE figure_import (
    id UUID PRIMARY KEY,
    partnership_id UUID NOT NULL REFERENCES partnership (id),
    -- newcomers, baseline
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- Who counted, and the day of that count: as the person who imported it says.
    source TEXT NOT NULL,
    dated DATE NOT NULL,
    imported_kind TEXT NOT NULL,
    imported_by UUID,
    imported_at TIMESTAMPTZ NOT NULL,
    undone_kind TEXT,
    undone_by UUID,
    undone_at TIMESTAMPTZ
);

-- Newcomers per municipality and year. Of several imports the newest that was not undone holds.
CREATE TABLE denominator (
    import_id UUID NOT NULL REFERENCES figure_import (id),
    municipality BIGINT NOT NULL REFERENCES municipality (nis),
    year BIGINT NOT NULL,
    value BIGINT NOT NULL CHECK (value >= 0),
    PRIMARY KEY (import_id, municipality, year)
);

-- Counts of organisers, or of a whole municipality, from before the pass.
CREATE TABLE baseline_count (
    import_id UUID NOT NULL REFERENCES figure_import (id),
    -- The line in the file.
    line BIGINT NOT NULL,
    -- NULL: of the whole municipality.
    organiser_id UUID REFERENCES organiser (id),
    municipality BIGINT NOT NULL REFERENCES municipality (nis),
    -- As docs/figures.md spells it: 2017, 2017-Q1.
    period TEXT NOT NULL,
    participants BIGINT CHECK (participants >= 0),
    visits BIGINT CHECK (visits >= 0),
    PRIMARY KEY (import_id, line)
);
