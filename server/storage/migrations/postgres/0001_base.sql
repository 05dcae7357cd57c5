-- The base schema, PostgreSQL. Its twin is migrations/sqlite/0001_base.sql: same tables, same columns, same order.

CREATE TABLE municipality (
    nis BIGINT PRIMARY KEY,
    name_nl TEXT NOT NULL,
    name_fr TEXT,
    postcodes TEXT NOT NULL,
    facility BOOLEAN NOT NULL,
    centre TEXT,
    valid_from DATE,
    valid_to DATE,
    successor BIGINT REFERENCES municipality (nis)
);

CREATE TABLE partnership (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE partnership_member (
    partnership_id UUID NOT NULL REFERENCES partnership (id),
    municipality BIGINT NOT NULL REFERENCES municipality (nis),
    member_from DATE NOT NULL,
    member_until DATE,
    PRIMARY KEY (partnership_id, municipality, member_from)
);

CREATE TABLE partner (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE organiser (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    municipality BIGINT NOT NULL REFERENCES municipality (nis),
    -- Lower-case name, made by the program, as on SQLite.
    search TEXT COLLATE "C" NOT NULL
);
CREATE INDEX organiser_by_municipality ON organiser (municipality);

CREATE TABLE activity (
    id UUID PRIMARY KEY,
    organiser_id UUID NOT NULL REFERENCES organiser (id),
    name TEXT NOT NULL,
    activity_type TEXT NOT NULL,
    counting_rule TEXT NOT NULL,
    price_cents BIGINT NOT NULL,
    pass_price_cents BIGINT NOT NULL,
    taalicoon BIGINT,
    minutes BIGINT,
    place TEXT NOT NULL,
    opens_before_min BIGINT NOT NULL,
    closes_after_min BIGINT NOT NULL,
    search TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX activity_by_organiser ON activity (organiser_id);

CREATE TABLE activity_session (
    id UUID PRIMARY KEY,
    activity_id UUID NOT NULL REFERENCES activity (id),
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    -- The scan window: start and end widened by the activity's minutes. Kept, because the engines' date arithmetic
    -- differs and an index can use it.
    opens_at TIMESTAMPTZ NOT NULL,
    closes_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX activity_session_by_activity ON activity_session (activity_id, ends_at);
CREATE INDEX activity_session_by_window ON activity_session (activity_id, closes_at, opens_at);

CREATE TABLE holder (
    id UUID PRIMARY KEY,
    first_name TEXT NOT NULL,
    search TEXT COLLATE "C" NOT NULL,
    birth_year BIGINT NOT NULL,
    municipality BIGINT NOT NULL REFERENCES municipality (nis),
    newcomer_reason TEXT NOT NULL,
    baseline TEXT NOT NULL,
    partner_id UUID REFERENCES partner (id),
    issued_by UUID,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX holder_by_name ON holder (search, municipality);

CREATE TABLE pass (
    id UUID PRIMARY KEY,
    holder_id UUID NOT NULL REFERENCES holder (id),
    number_index BIGINT NOT NULL UNIQUE,
    tag BIGINT NOT NULL UNIQUE,
    kind BIGINT NOT NULL,
    kid BIGINT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE NOT NULL,
    status TEXT NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    -- The local day of issue, and its year and month (202611): dimensions that need no date function.
    issued_on DATE NOT NULL,
    issued_month BIGINT NOT NULL,
    -- The signed body: 16 bytes of body, 64 of signature.
    credential BYTEA NOT NULL
);
CREATE INDEX pass_by_holder ON pass (holder_id);
CREATE INDEX pass_by_issue ON pass (issued_on);

CREATE TABLE pass_claim (
    token_hash BYTEA PRIMARY KEY,
    pass_id UUID NOT NULL REFERENCES pass (id),
    created_at TIMESTAMPTZ NOT NULL
);

-- Numbers that are handed out in order. One row each; the row is the lock.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO counter (name, next) VALUES ('pass_index', 0);

CREATE TABLE signing_key (
    kid BIGINT PRIMARY KEY,
    public_key BYTEA NOT NULL,
    not_before TIMESTAMPTZ NOT NULL,
    not_after TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);

CREATE TABLE client (
    id UUID PRIMARY KEY,
    partnership_id UUID NOT NULL REFERENCES partnership (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    organiser_id UUID REFERENCES organiser (id),
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);

CREATE TABLE account (
    id UUID PRIMARY KEY,
    partnership_id UUID NOT NULL REFERENCES partnership (id),
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    municipality BIGINT REFERENCES municipality (nis),
    organiser_id UUID REFERENCES organiser (id),
    password_hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE login_session (
    token_hash BYTEA PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX login_session_by_end ON login_session (expires_at);

-- What happened. A row is written once and never changed: verdicts are a fold over these rows. Without foreign keys,
-- because an event about something unknown is an event too.
CREATE TABLE event (
    scan_id UUID PRIMARY KEY,
    -- 'check_in' or 'annul'.
    kind TEXT NOT NULL,
    -- Of an annulment: the event that it annuls.
    target_scan_id UUID,
    content_hash BYTEA NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id UUID,
    activity_id UUID NOT NULL,
    organiser_id UUID,
    pass_id UUID,
    pass_tag BIGINT,
    holder_id UUID,
    session_id UUID,
    local_day DATE NOT NULL,
    -- The counting window, when the event was accepted into one.
    window_id UUID,
    occurred_at TIMESTAMPTZ NOT NULL,
    clock_offset_ms BIGINT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    effective_at TIMESTAMPTZ NOT NULL,
    device_id UUID,
    seq BIGINT NOT NULL,
    offline BOOLEAN NOT NULL,
    manual BOOLEAN NOT NULL,
    -- decide() before the counting rule.
    accepted BOOLEAN NOT NULL,
    -- What decide() said before the counting rule; what it counts for now follows from the fold.
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    flags TEXT NOT NULL
);
CREATE INDEX event_by_window ON event (window_id) WHERE window_id IS NOT NULL;
CREATE UNIQUE INDEX event_by_target ON event (target_scan_id) WHERE target_scan_id IS NOT NULL;
CREATE INDEX event_by_organiser ON event (organiser_id, received_at) WHERE organiser_id IS NOT NULL;

-- What counts: one holder, one session, one local day. Follows from the events; kept by the writer.
CREATE TABLE participation (
    window_id UUID PRIMARY KEY,
    scan_id UUID NOT NULL,
    holder_id UUID NOT NULL,
    activity_id UUID NOT NULL,
    session_id UUID NOT NULL,
    organiser_id UUID NOT NULL,
    organiser_municipality BIGINT NOT NULL,
    holder_municipality BIGINT NOT NULL,
    activity_type TEXT NOT NULL,
    local_day DATE NOT NULL,
    -- Year and month of the day, 202611: a dimension that needs no date function.
    month BIGINT NOT NULL,
    effective_at TIMESTAMPTZ NOT NULL,
    price_cents BIGINT NOT NULL,
    pass_price_cents BIGINT NOT NULL,
    minutes BIGINT,
    taalicoon BIGINT,
    manual BOOLEAN NOT NULL,
    first_visit BOOLEAN NOT NULL
);
CREATE INDEX participation_by_holder ON participation (holder_id, effective_at, scan_id);
CREATE INDEX participation_by_day ON participation (local_day);
CREATE INDEX participation_first ON participation (local_day) WHERE first_visit;
CREATE INDEX participation_by_organiser ON participation (organiser_id, local_day);
