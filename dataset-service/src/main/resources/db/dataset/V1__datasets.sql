CREATE TABLE dataset (
    name       varchar(64) PRIMARY KEY,
    source     text        NOT NULL,
    builtin    boolean     NOT NULL,
    licence    text,
    digest     varchar(64),
    created_at timestamptz NOT NULL
);

-- What a source was when it was read: the fingerprint (names, sizes, times) tells without reading whether it still is.
CREATE TABLE source_snapshot (
    source_key      varchar(64)    NOT NULL,
    fingerprint     varchar(64)    NOT NULL,
    snapshot_sha256 varchar(64)    NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (source_key, fingerprint)
);

CREATE TABLE preparation (
    id              varchar(64) PRIMARY KEY,
    dataset         varchar(64) NOT NULL,
    snapshot_sha256 varchar(64),
    options         text        NOT NULL,
    owner           uuid,
    state           varchar(16) NOT NULL,
    prepared        text,
    failure_code    varchar(64),
    failure_message text,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);

CREATE INDEX preparation_dataset ON preparation (dataset);
CREATE INDEX preparation_owner ON preparation (owner);

CREATE TABLE shard (
    preparation_id varchar(64)    NOT NULL REFERENCES preparation (id),
    split          varchar(16) NOT NULL,
    shard_index    integer     NOT NULL,
    images         integer     NOT NULL,
    object_sha256  varchar(64),
    object_bytes   bigint,
    PRIMARY KEY (preparation_id, split, shard_index)
);

-- Experiments that asked for a preparation, and whether they have been answered.
CREATE TABLE waiter (
    preparation_id varchar(64) NOT NULL REFERENCES preparation (id),
    experiment_id  uuid     NOT NULL,
    answered       boolean  NOT NULL,
    PRIMARY KEY (preparation_id, experiment_id)
);
