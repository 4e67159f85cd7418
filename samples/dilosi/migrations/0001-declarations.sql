-- Documents, and what tells a repeated request from a new one. A document's content is kept as it was issued.
CREATE TABLE declarations (
    code            text        PRIMARY KEY CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    idempotency_key text        NOT NULL UNIQUE CHECK (length(idempotency_key) BETWEEN 8 AND 128),
    request_hash    bytea       NOT NULL CHECK (length(request_hash) = 32),
    type            text        NOT NULL,
    issued_at       timestamptz NOT NULL,
    sha256          text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    content         bytea       NOT NULL
);
