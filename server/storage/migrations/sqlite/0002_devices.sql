-- Paired devices, what they hand over, and what follows from it. SQLite; its twin is migrations/postgres/0002_devices.sql.

-- A phone or tablet that scans for an organiser without an account.
CREATE TABLE device (
    id BLOB PRIMARY KEY,
    organiser_id BLOB NOT NULL REFERENCES organiser (id),
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- P-256, uncompressed: 65 bytes. The key before the last roll still opens what was signed before it.
    public_key BLOB NOT NULL,
    old_public_key BLOB,
    roll_requested_at INTEGER,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER,
    -- Events that still wait on the device, as it said last.
    waiting INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX device_by_organiser ON device (organiser_id);

-- One-time codes; only their hash is kept.
CREATE TABLE pairing (
    code_hash BLOB PRIMARY KEY,
    organiser_id BLOB NOT NULL REFERENCES organiser (id),
    partnership_id BLOB NOT NULL REFERENCES partnership (id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX pairing_by_end ON pairing (expires_at);

-- What a device said of its own events, and where they are in its chain.
ALTER TABLE event ADD COLUMN prev TEXT;
ALTER TABLE event ADD COLUMN device_verdict TEXT;
ALTER TABLE event ADD COLUMN device_reason TEXT;
ALTER TABLE event ADD COLUMN package_epoch INTEGER;
-- Of an annulment: whether its maker may annul what others scanned.
ALTER TABLE event ADD COLUMN supervises INTEGER NOT NULL DEFAULT 0;
-- Of a late manual registration: why it came late.
ALTER TABLE event ADD COLUMN note TEXT;
CREATE INDEX event_by_device ON event (device_id, seq) WHERE device_id IS NOT NULL;

-- A scan may have several annulments, of which some are not allowed: no longer unique.
DROP INDEX event_by_target;
CREATE INDEX event_by_target ON event (target_scan_id) WHERE target_scan_id IS NOT NULL;

-- What is annulled. Follows from the events, like participation; kept by the writer.
CREATE TABLE annulment (
    target_scan_id BLOB PRIMARY KEY,
    scan_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO annulment (target_scan_id, scan_id)
SELECT target_scan_id, scan_id FROM event WHERE target_scan_id IS NOT NULL;

-- Scans that came from a revoked device: they count once a person has released them.
CREATE TABLE quarantine (
    scan_id BLOB PRIMARY KEY,
    device_id BLOB NOT NULL,
    organiser_id BLOB NOT NULL,
    held_at INTEGER NOT NULL,
    released_at INTEGER,
    released_by BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantine_open ON quarantine (organiser_id) WHERE released_at IS NULL;

-- "The phone was empty": people who came and of whom nobody has a number. They are shown, never counted as holders.
CREATE TABLE manual_count (
    id BLOB PRIMARY KEY,
    organiser_id BLOB NOT NULL REFERENCES organiser (id),
    activity_id BLOB NOT NULL REFERENCES activity (id),
    session_id BLOB,
    local_day TEXT NOT NULL,
    people INTEGER NOT NULL CHECK (people > 0),
    note TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    recorded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX manual_count_by_organiser ON manual_count (organiser_id, local_day);

-- The code on an activity's poster, which a holder's own phone scans.
CREATE TABLE door (
    activity_id BLOB PRIMARY KEY REFERENCES activity (id),
    code TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Passes that are not valid: the status list reads only these.
CREATE INDEX pass_not_valid ON pass (number_index) WHERE status <> 'valid';
