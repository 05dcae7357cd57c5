-- The base schema, SQLite. Its twin is migrations/postgres/0001_base.sql: same tables, same columns, same order.
-- uuid: BLOB of 16 bytes · moment: INTEGER, microseconds since 1970 UTC · day: TEXT YYYY-MM-DD · bool: INTEGER 0/1.

CREATE TABLE municipality (
    nis INTEGER PRIMARY KEY,
    name_nl TEXT NOT NULL,
    name_fr TEXT,
    postcodes TEXT NOT NULL,
    facility INTEGER NOT NULL,
    centre TEXT,
    valid_from TEXT,
    valid_to TEXT,
    successor INTEGER REFERENCES municipality (nis)
) STRICT;

CREATE TABLE partnership (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE partnership_member (
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    municipality INTEGER NOT NULL REFERENCES municipality (nis),
    member_from TEXT NOT NULL,
    member_until TEXT,
    PRIMARY KEY (partnership_id, municipality, member_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE organiser (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    municipality INTEGER NOT NULL REFERENCES municipality (nis),
    -- Lower-case name, made by the program: SQLite's own lower() knows ASCII only.
    search TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX organiser_by_municipality ON organiser (municipality);

CREATE TABLE activity (
    id BLOB PRIMARY KEY,
    organiser_id BLOB NOT NULL REFERENCES organiser (id),
    name TEXT NOT NULL,
    activity_type TEXT NOT NULL,
    counting_rule TEXT NOT NULL,
    price_cents INTEGER NOT NULL,
    pass_price_cents INTEGER NOT NULL,
    taalicoon INTEGER,
    minutes INTEGER,
    place TEXT NOT NULL,
    opens_before_min INTEGER NOT NULL,
    closes_after_min INTEGER NOT NULL,
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_by_organiser ON activity (organiser_id);

CREATE TABLE activity_session (
    id BLOB PRIMARY KEY,
    activity_id BLOB NOT NULL REFERENCES activity (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    -- The scan window: start and end widened by the activity's minutes. Kept, because the engines' date arithmetic
    -- differs and an index can use it.
    opens_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_session_by_activity ON activity_session (activity_id, ends_at);
CREATE INDEX activity_session_by_window ON activity_session (activity_id, closes_at, opens_at);

CREATE TABLE holder (
    id BLOB PRIMARY KEY,
    first_name TEXT NOT NULL,
    search TEXT NOT NULL,
    birth_year INTEGER NOT NULL,
    municipality INTEGER NOT NULL REFERENCES municipality (nis),
    newcomer_reason TEXT NOT NULL,
    baseline TEXT NOT NULL,
    partner_id BLOB REFERENCES partner (id),
    issued_by BLOB,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX holder_by_name ON holder (search, municipality);

CREATE TABLE pass (
    id BLOB PRIMARY KEY,
    holder_id BLOB NOT NULL REFERENCES holder (id),
    number_index INTEGER NOT NULL UNIQUE,
    tag INTEGER NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    kid INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    status TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    -- The local day of issue, and its year and month (202611): dimensions that need no date function.
    issued_on TEXT NOT NULL,
    issued_month INTEGER NOT NULL,
    -- The signed body: 16 bytes of body, 64 of signature.
    credential BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pass_by_holder ON pass (holder_id);
CREATE INDEX pass_by_issue ON pass (issued_on);

CREATE TABLE pass_claim (
    token_hash BLOB PRIMARY KEY,
    pass_id BLOB NOT NULL REFERENCES pass (id),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that are handed out in order. One row each; the row is the lock.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, next) VALUES ('pass_index', 0);

CREATE TABLE signing_key (
    kid INTEGER PRIMARY KEY,
    public_key BLOB NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE TABLE client (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organiser_id BLOB REFERENCES organiser (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id BLOB PRIMARY KEY,
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    municipality INTEGER REFERENCES municipality (nis),
    organiser_id BLOB REFERENCES organiser (id),
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE login_session (
    token_hash BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX login_session_by_end ON login_session (expires_at);

-- What happened. A row is written once and never changed: verdicts are a fold over these rows. Without foreign keys,
-- because an event about something unknown is an event too.
CREATE TABLE event (
    scan_id BLOB PRIMARY KEY,
    -- 'check_in' or 'annul'.
    kind TEXT NOT NULL,
    -- Of an annulment: the event that it annuls.
    target_scan_id BLOB,
    content_hash BLOB NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    activity_id BLOB NOT NULL,
    organiser_id BLOB,
    pass_id BLOB,
    pass_tag INTEGER,
    holder_id BLOB,
    session_id BLOB,
    local_day TEXT NOT NULL,
    -- The counting window, when the event was accepted into one.
    window_id BLOB,
    occurred_at INTEGER NOT NULL,
    clock_offset_ms INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    effective_at INTEGER NOT NULL,
    device_id BLOB,
    seq INTEGER NOT NULL,
    offline INTEGER NOT NULL,
    manual INTEGER NOT NULL,
    -- decide() before the counting rule.
    accepted INTEGER NOT NULL,
    -- What decide() said before the counting rule; what it counts for now follows from the fold.
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    flags TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_window ON event (window_id) WHERE window_id IS NOT NULL;
CREATE UNIQUE INDEX event_by_target ON event (target_scan_id) WHERE target_scan_id IS NOT NULL;
CREATE INDEX event_by_organiser ON event (organiser_id, received_at) WHERE organiser_id IS NOT NULL;

-- What counts: one holder, one session, one local day. Follows from the events; kept by the writer. With a rowid, unlike
-- the others: the indexes by day and organiser then end in a number that only grows, and a group of new rows touches
-- their last page instead of one page for each row.
CREATE TABLE participation (
    window_id BLOB PRIMARY KEY NOT NULL,
    scan_id BLOB NOT NULL,
    holder_id BLOB NOT NULL,
    activity_id BLOB NOT NULL,
    session_id BLOB NOT NULL,
    organiser_id BLOB NOT NULL,
    organiser_municipality INTEGER NOT NULL,
    holder_municipality INTEGER NOT NULL,
    activity_type TEXT NOT NULL,
    local_day TEXT NOT NULL,
    -- Year and month of the day, 202611: a dimension that needs no date function.
    month INTEGER NOT NULL,
    effective_at INTEGER NOT NULL,
    price_cents INTEGER NOT NULL,
    pass_price_cents INTEGER NOT NULL,
    minutes INTEGER,
    taalicoon INTEGER,
    manual INTEGER NOT NULL,
    first_visit INTEGER NOT NULL
) STRICT;
CREATE INDEX participation_by_holder ON participation (holder_id, effective_at, scan_id);
CREATE INDEX participation_by_day ON participation (local_day);
CREATE INDEX participation_first ON participation (local_day) WHERE first_visit;
CREATE INDEX participation_by_organiser ON participation (organiser_id, local_day);
