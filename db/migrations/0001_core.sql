-- works-from: 1
-- Submissions, their keys and search tokens, the audit trail, the outbox.
--
-- There are no foreign keys between submission, version, part, key and token: one statement of the batch writer stores
-- all of them or nothing, no run-time role can change or delete a parent, and `intake audit verify` finds an orphan.
-- Five checks a row cost 45 % of PostgreSQL's time (db/README.md).

REVOKE ALL ON SCHEMA intake FROM PUBLIC;
GRANT USAGE ON SCHEMA intake TO intake_portal, intake_desk, intake_billing, intake_rekey, intake_retention, intake_backup;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA intake GRANT SELECT ON TABLES TO intake_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA intake GRANT SELECT ON SEQUENCES TO intake_backup;

GRANT SELECT ON schema_migration TO intake_portal, intake_desk, intake_billing, intake_rekey, intake_retention,
  intake_backup;

CREATE TABLE submission (
  id       uuid PRIMARY KEY,
  receipt  text COLLATE "C" NOT NULL UNIQUE CHECK (octet_length(receipt) = 10),
  received timestamptz NOT NULL
);
CREATE INDEX submission_newest ON submission (received, id);
COMMENT ON TABLE submission IS 'One packet of one visit; append-only';

CREATE TABLE submission_version (
  submission_id uuid NOT NULL,
  version       integer NOT NULL CHECK (version BETWEEN 1 AND 10000),
  received      timestamptz NOT NULL,
  body_hash     bytea NOT NULL CHECK (octet_length(body_hash) = 32),
  forms         text[] NOT NULL CHECK (cardinality(forms) BETWEEN 1 AND 64),
  chain         integer NOT NULL,
  number        bigint NOT NULL,
  PRIMARY KEY (submission_id, version)
);
COMMENT ON TABLE submission_version IS 'The answers as sent, or a correction of them; append-only';
COMMENT ON COLUMN submission_version.body_hash IS 'Keyed hash of the canonical body: same id, same body?';
COMMENT ON COLUMN submission_version.forms IS 'Canonical url|version of every form answered';
COMMENT ON COLUMN submission_version.chain IS 'With number: the audit event of its storing';

-- toast_tuple_target: a sealed body of up to 8,000 bytes stays in its row. It never compresses, so nothing tries to.
CREATE TABLE part (
  submission_id uuid NOT NULL,
  version       integer NOT NULL,
  name          text COLLATE "C" NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 64),
  sealed        bytea NOT NULL CHECK (octet_length(sealed) > 0),
  PRIMARY KEY (submission_id, version, name)
) WITH (toast_tuple_target = 8160);
ALTER TABLE part ALTER COLUMN sealed SET STORAGE EXTERNAL;
COMMENT ON TABLE part IS 'Ciphertexts of a version: summary, answers, signatures, attachments; append-only';

CREATE TABLE wrapped_key (
  submission_id uuid NOT NULL,
  version       integer NOT NULL,
  kek_id        text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped       bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  PRIMARY KEY (submission_id, version)
);
COMMENT ON TABLE wrapped_key IS 'The data key of a version under a key-encryption key; without this row it never opens';

CREATE TABLE search_token (
  kind          smallint NOT NULL,
  token         bytea NOT NULL CHECK (octet_length(token) BETWEEN 1 AND 32),
  submission_id uuid NOT NULL,
  version       integer NOT NULL,
  PRIMARY KEY (kind, token, submission_id, version)
);
COMMENT ON TABLE search_token IS 'Blind index: cut HMACs of fields, in coarse buckets';

CREATE TABLE outbox (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic         text COLLATE "C" NOT NULL CHECK (octet_length(topic) BETWEEN 1 AND 64),
  submission_id uuid NOT NULL,
  version       integer NOT NULL,
  attempts      integer NOT NULL DEFAULT 0,
  not_before    timestamptz NOT NULL DEFAULT '-infinity',
  taken_until   timestamptz NOT NULL DEFAULT '-infinity'
);
COMMENT ON TABLE outbox IS 'Work promised with a submission; a finished task is deleted';

-- A chain a writer. The head is sealed with a key that is not here, so that a cut tail shows.
CREATE TABLE audit_head (
  chain  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name   text COLLATE "C" NOT NULL UNIQUE CHECK (octet_length(name) BETWEEN 1 AND 100),
  number bigint NOT NULL,
  at     timestamptz NOT NULL,
  link   bytea NOT NULL CHECK (octet_length(link) = 32),
  seal   bytea NOT NULL CHECK (octet_length(seal) = 32)
) WITH (fillfactor = 20);

CREATE TABLE audit_event (
  chain      integer NOT NULL,
  number     bigint NOT NULL,
  at         timestamptz NOT NULL,
  action     text NOT NULL CHECK (octet_length(action) BETWEEN 1 AND 64),
  who        text NOT NULL CHECK (who IN ('patient', 'staff', 'client', 'command', 'system')),
  actor      text NOT NULL CHECK (octet_length(actor) <= 1000),
  outcome    text NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  subject    uuid,
  version    integer NOT NULL,
  shown      uuid[],
  purpose    text NOT NULL CHECK (octet_length(purpose) <= 1000),
  request_id text NOT NULL CHECK (octet_length(request_id) <= 1000),
  address    text NOT NULL CHECK (octet_length(address) <= 1000),
  content    bytea CHECK (octet_length(content) = 32),
  record     bytea CHECK (octet_length(record) = 32),
  link       bytea NOT NULL CHECK (octet_length(link) = 32),
  PRIMARY KEY (chain, number)
);
COMMENT ON TABLE audit_event IS 'Who did what to which record, why, with what result; append-only, hash-chained';
COMMENT ON COLUMN audit_event.content IS 'Keyed hash of the bytes that left: a PDF, an export';
COMMENT ON COLUMN audit_event.record IS 'Where the act was storing a version: the hash of all that was stored';
-- Storing is found through submission_version, so that these cost a submission nothing.
CREATE INDEX audit_event_subject ON audit_event (subject, at) WHERE record IS NULL AND subject IS NOT NULL;
CREATE INDEX audit_event_actor ON audit_event (actor, at) WHERE record IS NULL;
CREATE INDEX audit_event_shown ON audit_event USING gin (shown) WHERE shown IS NOT NULL;

-- In doubt: is this version stored, and with this body? The row lock is what counts. It is written to the WAL, so the
-- COMMIT that follows waits for the standby, which a plain SELECT would not; and it waits for a COMMIT still under way.
CREATE FUNCTION confirm_submission(wanted uuid, wanted_version integer, wanted_hash bytea,
                                   OUT state text, OUT receipt text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = intake, pg_temp AS $$
BEGIN
  SELECT s.receipt INTO receipt FROM submission s WHERE s.id = wanted FOR UPDATE;
  SELECT CASE WHEN v.body_hash = wanted_hash THEN 'same' ELSE 'other' END INTO state
    FROM submission_version v WHERE v.submission_id = wanted AND v.version = wanted_version;
  state := coalesce(state, 'absent');
END $$;

-- Strict mode: is there a standby that a COMMIT of this session waits for?
CREATE FUNCTION has_synchronous_standby() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = intake, pg_temp AS $$
  SELECT current_setting('synchronous_standby_names') <> ''
     AND current_setting('synchronous_commit') IN ('on', 'remote_write', 'remote_apply')
     AND EXISTS (SELECT FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming')
$$;

REVOKE ALL ON FUNCTION confirm_submission, has_synchronous_standby FROM PUBLIC;
GRANT EXECUTE ON FUNCTION confirm_submission, has_synchronous_standby TO intake_portal;

GRANT SELECT, INSERT ON submission, submission_version TO intake_portal;
GRANT INSERT ON part, wrapped_key, search_token, outbox, audit_event TO intake_portal;
GRANT SELECT, INSERT, UPDATE (number, at, link, seal) ON audit_head TO intake_portal;
GRANT SELECT (chain, number, link) ON audit_event TO intake_portal;

GRANT SELECT ON submission, submission_version, part, wrapped_key, search_token, audit_event, audit_head, outbox
  TO intake_desk;

GRANT SELECT ON submission, submission_version, part, wrapped_key TO intake_billing;
GRANT SELECT, DELETE, UPDATE (attempts, not_before, taken_until) ON outbox TO intake_billing;

GRANT SELECT, UPDATE (kek_id, wrapped) ON wrapped_key TO intake_rekey;

GRANT SELECT ON submission, submission_version TO intake_retention;
GRANT SELECT, DELETE ON wrapped_key, search_token TO intake_retention;
