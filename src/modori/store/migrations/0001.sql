CREATE TABLE incident (
    id TEXT NOT NULL PRIMARY KEY,
    opened DOUBLE PRECISION NOT NULL,
    updated DOUBLE PRECISION NOT NULL,
    closed DOUBLE PRECISION,
    cause TEXT NOT NULL,
    watch_until DOUBLE PRECISION,
    report TEXT NOT NULL
);

CREATE TABLE mark (
    incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (incident, kind, value)
);

CREATE INDEX mark_value ON mark (kind, value);

CREATE TABLE task (
    incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    position INTEGER NOT NULL,
    content TEXT NOT NULL,
    wanted BOOLEAN NOT NULL,
    done DOUBLE PRECISION,
    note TEXT NOT NULL,
    PRIMARY KEY (incident, step)
);

CREATE TABLE entry (
    incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    happened DOUBLE PRECISION NOT NULL,
    kind TEXT NOT NULL,
    params TEXT NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (incident, number)
);

CREATE TABLE proof (
    incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (incident, place)
);
