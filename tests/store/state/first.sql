-- The state as the first version of its tables kept it, with what a choir did; never changed after that.
CREATE TABLE audit (          -- what admins did
        id        TEXT NOT NULL PRIMARY KEY, -- begins with the time, so that it sorts
        at        TEXT NOT NULL,
        actor_id  BIGINT,         -- Discord id; NULL: at the machine
        server_id BIGINT,         -- NULL: not in a server
        action    TEXT NOT NULL,
        outcome   TEXT NOT NULL,  -- done | refused | failed | cancelled
        detail    TEXT NOT NULL
    );
CREATE TABLE gap (            -- kinds of questions that could not be answered
        id       TEXT NOT NULL PRIMARY KEY, -- keyed hash of the pattern and the reason
        pattern  TEXT,            -- the question without names; NULL until a second member asked it
        reason   TEXT NOT NULL,   -- which "no" was told
        times    INTEGER NOT NULL,
        first_at TEXT NOT NULL,   -- all times: ISO 8601, UTC
        last_at  TEXT NOT NULL
    );
CREATE TABLE gap_asker (      -- how many different members asked it
        gap   TEXT NOT NULL,
        asker TEXT NOT NULL,      -- keyed hash of member and gap: says nothing about other gaps
        at    TEXT NOT NULL,
        PRIMARY KEY (gap, asker)
    );
CREATE TABLE member_link (    -- which member is which entity, as an admin confirmed
        user_id  BIGINT NOT NULL PRIMARY KEY,
        entity   TEXT NOT NULL,   -- slug
        actor_id BIGINT,
        at       TEXT NOT NULL
    );
CREATE TABLE migration (      -- the steps this database has been through
    number     INTEGER NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at TEXT NOT NULL
);
CREATE TABLE removal (        -- tombstones: who may not come back with the next load
        hash     TEXT NOT NULL PRIMARY KEY, -- keyed hash of a kind and a name as it is compared
        removal  TEXT NOT NULL,   -- the hashes of one removal have one id
        at       TEXT NOT NULL,
        actor_id BIGINT
    );
CREATE TABLE snapshot_change ( -- how each snapshot came into force
        id        TEXT NOT NULL PRIMARY KEY, -- begins with the time
        snapshot  TEXT NOT NULL,  -- its id
        at        TEXT NOT NULL,
        actor_id  BIGINT,         -- NULL: at the machine
        action    TEXT NOT NULL,  -- load | rollback
        added     INTEGER NOT NULL,
        changed   INTEGER NOT NULL,
        withdrawn INTEGER NOT NULL,
        conflicts INTEGER NOT NULL,
        seconds   DOUBLE PRECISION NOT NULL
    );
CREATE TABLE vote (           -- thumbs up and down
        answer TEXT NOT NULL,     -- keyed hash of the answer's text
        voter  TEXT NOT NULL,     -- keyed hash of member and answer
        topic  TEXT NOT NULL,     -- what kind of answer it was
        good   INTEGER NOT NULL,  -- 1 or 0
        at     TEXT NOT NULL,
        PRIMARY KEY (answer, voter)
    );
CREATE INDEX gap_by_time ON gap (last_at);
CREATE INDEX audit_by_time ON audit (at);
INSERT INTO audit VALUES('20260220T183000000000-0a0b0c0d','2026-02-20T18:30:00+00:00',900000000000000007,7,'reload','done','0002-ab: it’s 3 added; no problems');
INSERT INTO gap VALUES('f04fc8e3abaa893e6e11a68bc522e330825985d1','when did {person} join {organization}','nothing_recorded',3,'2026-02-20T18:30:00+00:00','2026-02-20T18:30:00+00:00');
INSERT INTO gap_asker VALUES('f04fc8e3abaa893e6e11a68bc522e330825985d1','9255bcee3bda3b0874a3f6e8677dc846732ad3ee','2026-02-20T18:30:00+00:00');
INSERT INTO gap_asker VALUES('f04fc8e3abaa893e6e11a68bc522e330825985d1','dd76754f35670a2bbe828176f815369653afc3d6','2026-02-20T18:30:00+00:00');
INSERT INTO member_link VALUES(101,'person/orla-fenn',900000000000000007,'2026-02-20T18:30:00+00:00');
INSERT INTO migration VALUES(1,'first','2026-01-05T09:00:00+00:00');
INSERT INTO removal VALUES('63c13ee8770da641303b162abcdcc5ab2c44ea91:20260221T080000000000-0a0b0c0f','20260221T080000000000-0a0b0c0f','2026-02-20T18:30:00+00:00',NULL);
INSERT INTO removal VALUES('bcd866c0e47c9fef51a78a4539ffe30d17765b90:20260221T080000000000-0a0b0c0f','20260221T080000000000-0a0b0c0f','2026-02-20T18:30:00+00:00',NULL);
INSERT INTO snapshot_change VALUES('20260220T183001000000-0a0b0c0e','0002-ab','2026-02-20T18:30:00+00:00',900000000000000007,'load',3,0,0,1,1.25);
INSERT INTO vote VALUES('951d35aeb42217ab49b59c1ae8da8c24d6ce6ad9','f654f5af1108c7c71830d9a5084fbb643fad4be0','jobTitle',1,'2026-02-20T18:30:00+00:00');
INSERT INTO vote VALUES('951d35aeb42217ab49b59c1ae8da8c24d6ce6ad9','143bd5018f2b17ca6fc0b28c295e5b9b928eb71f','jobTitle',0,'2026-02-20T18:30:00+00:00');
