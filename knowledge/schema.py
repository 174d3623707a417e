"""The tables of the fact base. A change here needs a higher VERSION, so that old files are rebuilt.

Years are C.E. integers, flags 0 or 1, countries ISO 3166-1 alpha-2; `name.key` is `names.key` of its text.
"""

from __future__ import annotations

VERSION = 4

TABLES = """
CREATE TABLE build (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id TEXT PRIMARY KEY,
    publisher TEXT NOT NULL,
    publisher_th TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    published TEXT,
    url TEXT
) STRICT;

CREATE TABLE region (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('unesco', 'group')),
    name_en TEXT NOT NULL,
    name_th TEXT NOT NULL,
    definition_en TEXT NOT NULL,
    definition_th TEXT NOT NULL
) STRICT;

CREATE TABLE country (
    iso TEXT PRIMARY KEY,
    region TEXT REFERENCES region (id),
    name_en TEXT NOT NULL,
    name_th TEXT NOT NULL
) STRICT;

CREATE TABLE region_country (
    region TEXT NOT NULL REFERENCES region (id),
    country TEXT NOT NULL REFERENCES country (iso),
    PRIMARY KEY (region, country)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    id TEXT PRIMARY KEY,
    country TEXT NOT NULL REFERENCES country (iso),
    name TEXT NOT NULL,
    name_th TEXT,
    kind TEXT NOT NULL,
    within TEXT,
    within_th TEXT,
    latitude REAL,
    longitude REAL,
    member INTEGER NOT NULL CHECK (member IN (0, 1))
) STRICT;

CREATE TABLE namesake (
    member TEXT NOT NULL REFERENCES place (id),
    place TEXT NOT NULL REFERENCES place (id),
    prominent INTEGER NOT NULL CHECK (prominent IN (0, 1)),
    PRIMARY KEY (member, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE part (
    place TEXT PRIMARY KEY REFERENCES place (id),
    member TEXT NOT NULL REFERENCES place (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    place TEXT NOT NULL REFERENCES place (id),
    source TEXT NOT NULL REFERENCES source (id),
    counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
    note TEXT,
    PRIMARY KEY (place, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE cohort (year INTEGER PRIMARY KEY, announced TEXT) STRICT;

CREATE TABLE membership (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL REFERENCES cohort (year),
    place TEXT NOT NULL REFERENCES place (id),
    source TEXT NOT NULL REFERENCES source (id),
    locator TEXT,
    inferred INTEGER NOT NULL CHECK (inferred IN (0, 1)),
    UNIQUE (year, place)
) STRICT;

CREATE TABLE declared (
    year INTEGER NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    measure TEXT NOT NULL,
    value INTEGER NOT NULL,
    source TEXT NOT NULL REFERENCES source (id),
    locator TEXT,
    followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
    note TEXT
) STRICT;

CREATE TABLE coverage (
    year INTEGER NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    known INTEGER NOT NULL,
    declared INTEGER,
    note TEXT,
    PRIMARY KEY (year, scope_kind, scope_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    th TEXT NOT NULL,
    en TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES source (id),
    locator TEXT
) STRICT;

CREATE TABLE conflict (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    year INTEGER,
    scope_kind TEXT,
    scope_id TEXT,
    th TEXT NOT NULL,
    en TEXT NOT NULL
) STRICT;

CREATE TABLE conflict_source (
    conflict TEXT NOT NULL REFERENCES conflict (id),
    source TEXT NOT NULL REFERENCES source (id),
    PRIMARY KEY (conflict, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (id TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_th TEXT NOT NULL) STRICT;

CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('place', 'country', 'region', 'organisation')),
    ref TEXT NOT NULL
) STRICT;

CREATE TABLE near (
    variant TEXT NOT NULL,
    name INTEGER NOT NULL REFERENCES name (id),
    PRIMARY KEY (variant, name)
) STRICT, WITHOUT ROWID;
"""

# Made after the rows are in: faster, and a unique index still refuses what breaks it.
INDEXES = """
CREATE INDEX country_by_region ON country (region);
CREATE INDEX region_country_by_country ON region_country (country);
-- Holds whole rows, so that the members of a country are read without a search for each of its places.
CREATE INDEX place_by_country ON place (
    country, id, member, name, name_th, kind, within, within_th, latitude, longitude
);
CREATE INDEX place_by_within ON place (within, country) WHERE within IS NOT NULL;
CREATE INDEX membership_by_place ON membership (place);
CREATE INDEX declared_by_scope ON declared (year, scope_kind, scope_id, measure);
CREATE UNIQUE INDEX declared_followed ON declared (year, scope_kind, scope_id, measure) WHERE followed;
CREATE INDEX statement_by_topic ON statement (topic);
CREATE INDEX conflict_by_topic ON conflict (topic);
CREATE INDEX name_by_key ON name (key);
CREATE INDEX name_by_ref ON name (kind, ref);
"""
