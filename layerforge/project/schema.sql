-- The project file.  application_id and user_version are set by database.py.

CREATE TABLE project (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    canvas TEXT NOT NULL,               -- the blank canvas, JSON
    created_at TEXT NOT NULL            -- ISO 8601, UTC
) STRICT;

CREATE TABLE sources (
    id TEXT PRIMARY KEY,                -- SHA-256 of file_bytes, hexadecimal
    name TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    place INTEGER NOT NULL,             -- order in which they were added
    file_bytes BLOB NOT NULL,           -- the original file
    weight REAL NOT NULL DEFAULT 1.0    -- how often it is drawn against others; 0 for never
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    settings TEXT NOT NULL,             -- JSON
    seed INTEGER NOT NULL,
    scorer TEXT NOT NULL,               -- name
    scorer_description TEXT NOT NULL,
    versions TEXT NOT NULL,             -- JSON: library versions
    reference TEXT NOT NULL DEFAULT '{}' -- JSON: what is usual: typical distance, votes on a sample
) STRICT;

CREATE TABLE policies (                 -- what a run learned, as of its last round
    run INTEGER PRIMARY KEY REFERENCES runs(id),
    round INTEGER NOT NULL,
    document TEXT NOT NULL              -- JSON
) STRICT;

CREATE TABLE rounds (
    round INTEGER PRIMARY KEY,          -- counts on over all runs
    run INTEGER NOT NULL REFERENCES runs(id),
    evaluated INTEGER NOT NULL,
    rejected TEXT NOT NULL,             -- JSON: reason -> count
    seconds REAL NOT NULL
) STRICT;

CREATE TABLE branches (
    id INTEGER PRIMARY KEY,             -- the root is 0
    parent INTEGER REFERENCES branches(id),
    mate INTEGER REFERENCES branches(id),
    run INTEGER REFERENCES runs(id),
    round INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    steps TEXT NOT NULL,                -- JSON: what it adds to its parent
    origin INTEGER REFERENCES branches(id) -- the one whose lineage it stays in though it grows anew
) STRICT;

CREATE INDEX branches_by_parent ON branches(parent);

CREATE TABLE scores (
    branch INTEGER PRIMARY KEY REFERENCES branches(id),
    judge TEXT NOT NULL,                -- fingerprint of who judged, and by which yardstick
    value REAL NOT NULL,
    parts TEXT NOT NULL,                -- JSON: voter -> its raw vote
    spread REAL NOT NULL,               -- between the voters
    percentile REAL,                    -- in the reference sample, 0 to 100
    fragility REAL NOT NULL,            -- by how much the value fell under small changes
    hull_distance REAL,                 -- from the hull of the sources' embeddings
    trials TEXT NOT NULL                -- JSON: voter -> its raw votes under those changes
) STRICT;

CREATE TABLE embeddings (
    branch INTEGER PRIMARY KEY REFERENCES branches(id),
    encoder TEXT NOT NULL,
    vector BLOB NOT NULL                -- float16, little-endian
) STRICT;

CREATE TABLE source_embeddings (        -- of the last run; sources cover the canvas
    source TEXT NOT NULL REFERENCES sources(id),
    mirrored INTEGER NOT NULL CHECK (mirrored IN (0, 1)),
    encoder TEXT NOT NULL,
    vector BLOB NOT NULL,               -- float16, little-endian
    PRIMARY KEY (source, mirrored)
) STRICT;

CREATE TABLE fingerprints (             -- apart from the pictures, which are 200 times as large
    branch INTEGER PRIMARY KEY REFERENCES branches(id),
    marks BLOB NOT NULL                 -- tells near-duplicates: hash and mean colours
) STRICT;

CREATE TABLE thumbnails (               -- may lack: they can be drawn again
    branch INTEGER PRIMARY KEY REFERENCES branches(id),
    webp BLOB NOT NULL
) STRICT;

-- Append-only.  A branch's status is that of its last decision which is not undone.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,                 -- pin, kill, reset, compare, taste, edit, undo, redo
    branches TEXT NOT NULL,             -- JSON: ids; of a compare, the better one and the other
    refers_to INTEGER REFERENCES decisions(id)  -- what an undo or redo takes back or restores
) STRICT;

CREATE TABLE tastes (                   -- brought in from other projects
    decision INTEGER PRIMARY KEY REFERENCES decisions(id),
    file TEXT NOT NULL                  -- JSON
) STRICT;
