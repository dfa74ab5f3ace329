"""The tables of a snapshot and what their columns mean; knows no rows.

A snapshot is written once and then only read. Another version of this schema is another file: the loader builds it
anew from the documents, so there is nothing to migrate.
"""

SCHEMA_VERSION = 9
APPLICATION_ID = 0x57686F57  # "WhoW", in the header of every snapshot

# The id of a fact or passage says where it comes from, so that ids sort by rank, then document, then place in it,
# and a document's rows are a few ranges of ids.
RANK_SHIFT = 40
DOCUMENT_SHIFT = 16
HIGHEST_RANK = 5
MOST_PER_DOCUMENT = 1 << DOCUMENT_SHIFT
# Suggestions have the lowest rank, so their ids come last: what states something lies below this one bound.
FIRST_SUGGESTION = (HIGHEST_RANK - 1) << RANK_SHIFT
AFTER_ALL = HIGHEST_RANK << RANK_SHIFT

TABLES = """
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,   -- schema, id, built_at, vocabulary, inputs, declared, decided, audiences, counts
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
    id       INTEGER PRIMARY KEY,  -- its place among the sorted paths
    path     TEXT NOT NULL UNIQUE, -- relative to its knowledge folder
    sha256   BLOB NOT NULL,        -- of the bytes that were read last, even if they were broken
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    state    TEXT NOT NULL,        -- loaded | kept (broken now, facts of an earlier version) | broken | unread
    problems TEXT NOT NULL,        -- JSON: [[line, message, text, fatal], ...]
    source      INTEGER,                    -- the document itself; NULL: it only cites others
    facts       INTEGER NOT NULL DEFAULT 0, -- how many were made of it
    suggestions INTEGER NOT NULL DEFAULT 0, -- how many were read out of its prose and wait for somebody's yes
    unplaced    INTEGER NOT NULL DEFAULT 0, -- how many of its lines were not understood
    limits      TEXT NOT NULL DEFAULT '',   -- JSON: who may see it; only where everything is
    within      TEXT NOT NULL DEFAULT ''    -- the audiences of single facts, blank-separated; the same
);

CREATE TABLE unplaced (            -- dated lines, list items and fields that no fact was made of
    document INTEGER NOT NULL,
    number   INTEGER NOT NULL,     -- in the order of the reader
    line     INTEGER NOT NULL,
    text     TEXT NOT NULL,
    why      TEXT NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE draft (               -- what the last good version of a document says, names not resolved
    document INTEGER PRIMARY KEY,
    head     BLOB NOT NULL,        -- who it is about, whom it mentions, its words; packed by the loader
    body     BLOB NOT NULL         -- facts and passages, packed too
);

CREATE TABLE limited_draft (       -- the same for those who may not see all facts of a document
    document INTEGER NOT NULL,
    names    TEXT NOT NULL,        -- those of its audiences they are in, blank-separated
    head     BLOB NOT NULL,
    body     BLOB NOT NULL,
    PRIMARY KEY (document, names)
) WITHOUT ROWID;

CREATE TABLE entity (
    id    INTEGER PRIMARY KEY,
    slug  TEXT NOT NULL UNIQUE,    -- kind/name-in-small-letters, the same across snapshots
    kind  TEXT NOT NULL,
    name  TEXT NOT NULL,
    key   TEXT NOT NULL,           -- the name as it is compared
    types TEXT NOT NULL,           -- JSON list
    stub  INTEGER NOT NULL,        -- 1: only mentioned, no document of its own; 2: only in suggestions
    words TEXT NOT NULL            -- stems of name and aliases, blank-separated
);

CREATE TABLE entity_type (
    type   TEXT NOT NULL,
    entity INTEGER NOT NULL,
    PRIMARY KEY (type, entity)
) WITHOUT ROWID;

CREATE TABLE name (
    key      TEXT NOT NULL,
    entity   INTEGER NOT NULL,
    weight   INTEGER NOT NULL,     -- 2: a name or alias; 1: a part of a person's name
    position INTEGER NOT NULL,     -- 0: the name, then the aliases as written
    text     TEXT NOT NULL,        -- as written
    PRIMARY KEY (key, entity)
) WITHOUT ROWID;

CREATE TABLE mention (             -- names that no document defines; each stands for a stub
    key      TEXT NOT NULL,
    kinds    TEXT NOT NULL,        -- the kinds the property allows: |organization|place|
    document INTEGER NOT NULL,
    name     TEXT NOT NULL,
    suggested INTEGER NOT NULL,    -- 1: only in suggestions of this document
    PRIMARY KEY (key, kinds, document)
) WITHOUT ROWID;

CREATE TABLE declaration (         -- which document declares whom
    entity   INTEGER NOT NULL,
    document INTEGER NOT NULL,
    raw      INTEGER NOT NULL,     -- 0: in a profile
    shared   INTEGER NOT NULL,     -- 1: another document declares one of its names too
    PRIMARY KEY (entity, document)
) WITHOUT ROWID;

CREATE TABLE undecided (           -- pairs of which nobody knows whether they are the same
    one   INTEGER NOT NULL,
    other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;

CREATE TABLE source (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    title     TEXT NOT NULL,
    author    TEXT,
    publisher TEXT,
    date      TEXT,
    url       TEXT,
    note      TEXT
);

CREATE TABLE fact (
    id         INTEGER PRIMARY KEY, -- rank, document and place in it (see above)
    statement  INTEGER NOT NULL,    -- hash of subject, property and value
    hash       INTEGER NOT NULL,    -- hash of the statement with qualifiers, time and source; not of line or document
    document   INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    subject    INTEGER NOT NULL,
    property   TEXT NOT NULL,
    object     INTEGER,             -- the value when it is an entity
    text       TEXT NOT NULL,       -- the value as a member reads it
    number     REAL,
    date       TEXT,
    qualifiers TEXT,                -- JSON: [[property, text, entity, number, date], ...]; NULL: none
    start      TEXT,
    end        TEXT,
    first_day  INTEGER,             -- proleptic day number; 0: open; NULL: it has no time that can be compared
    last_day   INTEGER,             -- the same; 9999999: open
    source     INTEGER NOT NULL,
    place      TEXT,                -- where the source says it
    evidence   TEXT NOT NULL,       -- the words at `line`
    rank       INTEGER NOT NULL,
    words      TEXT NOT NULL        -- sorted stems, blank-separated
);

CREATE TABLE link (                 -- every entity that stands in a fact
    entity   INTEGER NOT NULL,
    property TEXT NOT NULL,         -- of the fact
    fact     INTEGER NOT NULL,
    role     TEXT NOT NULL,         -- s: subject, v: value, q: in a qualifier
    PRIMARY KEY (entity, property, fact, role)
) WITHOUT ROWID;

CREATE TABLE conflict (             -- pairs of facts that cannot both be true
    subject  INTEGER NOT NULL,
    property TEXT NOT NULL,
    one      INTEGER NOT NULL,
    other    INTEGER NOT NULL,
    PRIMARY KEY (subject, property, one, other)
) WITHOUT ROWID;

CREATE TABLE word (                 -- every word of names and facts, as written but folded
    word      TEXT PRIMARY KEY,
    documents INTEGER NOT NULL      -- in how many documents it occurs
) WITHOUT ROWID;

CREATE TABLE word_delete (          -- each longer word without one of its letters: where a typo and its word meet
    variant TEXT NOT NULL,
    word    TEXT NOT NULL,
    PRIMARY KEY (variant, word)
) WITHOUT ROWID;

CREATE TABLE passage (
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    line     INTEGER NOT NULL,
    title    TEXT NOT NULL,
    section  TEXT NOT NULL,
    body     TEXT NOT NULL,
    about    INTEGER                -- the entity it speaks of, where its document or record has one
);

CREATE VIRTUAL TABLE fact_words USING fts5(
    words, content = 'fact', content_rowid = 'id', detail = none, columnsize = 0, tokenize = "ascii tokenchars '+#'"
);

CREATE VIRTUAL TABLE entity_words USING fts5(
    words, content = 'entity', content_rowid = 'id', detail = none, columnsize = 0, tokenize = "ascii tokenchars '+#'"
);

CREATE VIRTUAL TABLE passage_words USING fts5(
    title, section, body, content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
"""

# Made after the rows: a sorted bulk is several times faster than one insertion at a time. Those that may
# exist already are made earlier, where entities share names.
INDEXES = """
CREATE INDEX entity_by_kind ON entity (kind, key);
CREATE INDEX IF NOT EXISTS name_by_entity ON name (entity, position);
CREATE INDEX IF NOT EXISTS declaration_by_document ON declaration (document) WHERE shared;
CREATE INDEX entity_too_faint ON entity (stub) WHERE stub > 1;
CREATE INDEX passage_by_about ON passage (about) WHERE about IS NOT NULL;
CREATE INDEX passage_by_place ON passage (document, line);
CREATE INDEX fact_by_property ON fact (property);
CREATE INDEX fact_by_source ON fact (source);
CREATE INDEX fact_by_property_time ON fact (property, first_day, last_day) WHERE first_day IS NOT NULL;
CREATE INDEX fact_by_time ON fact (first_day, last_day) WHERE first_day IS NOT NULL;
"""

# The names that can be searched follow the entities from then on.
TRIGGERS = (
    """
    CREATE TRIGGER entity_added AFTER INSERT ON entity BEGIN
        INSERT INTO entity_words (rowid, words) VALUES (new.id, new.words);
    END;
    """,
    """
    CREATE TRIGGER entity_removed AFTER DELETE ON entity BEGIN
        INSERT INTO entity_words (entity_words, rowid, words) VALUES ('delete', old.id, old.words);
    END;
    """,
    """
    CREATE TRIGGER entity_renamed AFTER UPDATE OF words ON entity BEGIN
        INSERT INTO entity_words (entity_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO entity_words (rowid, words) VALUES (new.id, new.words);
    END;
    """,
)

STUB, SUGGESTED = 1, 2  # values of entity.stub
OPEN_START = 0
OPEN_END = 9_999_999


def row_id(rank: int, document: int, index: int) -> int:
    """The id of the fact or passage number `index` of a document."""
    return (HIGHEST_RANK - rank) << RANK_SHIFT | document << DOCUMENT_SHIFT | index


def id_ranges(document: int) -> list[tuple[int, int]]:
    """First and last possible id of a document's rows, one range for each rank."""
    starts = [row_id(rank, document, 0) for rank in range(HIGHEST_RANK, 0, -1)]
    return [(start, start + MOST_PER_DOCUMENT - 1) for start in starts]
