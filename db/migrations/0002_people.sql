-- works-from: 1
-- Who may sign in: staff, their sessions, and machines.

CREATE TABLE account (
  id            uuid PRIMARY KEY,
  name          text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 64),
  role          text NOT NULL CHECK (role IN ('front-desk', 'clinician', 'billing', 'manager', 'administrator')),
  password_hash text NOT NULL,
  created       timestamptz NOT NULL,
  disabled      timestamptz,
  demo          boolean NOT NULL
);
CREATE UNIQUE INDEX account_name ON account (lower(name));
COMMENT ON TABLE account IS 'Staff; disabled, never deleted, because the audit trail names them';
COMMENT ON COLUMN account.demo IS 'Made with a printed password; production refuses to start while one is enabled';

CREATE TABLE session (
  id_hash     bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
  account_id  uuid NOT NULL REFERENCES account,
  csrf_secret bytea NOT NULL CHECK (octet_length(csrf_secret) = 32),
  started     timestamptz NOT NULL,
  last_seen   timestamptz NOT NULL
);
CREATE INDEX session_account ON session (account_id);
COMMENT ON TABLE session IS 'Signed-in browsers; the cookie''s value itself is not stored';

CREATE TABLE client (
  id                  text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 64),
  secret_hash         bytea NOT NULL,
  certificate_subject text COLLATE "C" UNIQUE,
  scopes              text[] NOT NULL,
  created             timestamptz NOT NULL,
  disabled            timestamptz,
  demo                boolean NOT NULL
);
COMMENT ON TABLE client IS 'Machines with credentials of their own';

GRANT SELECT, INSERT, UPDATE (role, password_hash, disabled) ON account TO intake_desk;
GRANT SELECT, INSERT, DELETE, UPDATE (last_seen) ON session TO intake_desk;
GRANT SELECT, INSERT, UPDATE (disabled) ON client TO intake_desk;
GRANT SELECT ON client TO intake_portal;
