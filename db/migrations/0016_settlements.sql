-- works-from: 1
-- How a thing that was missing in a patient's forms was settled at the desk: on paper, not at all, or another way.

CREATE TABLE settlement (
  id            uuid PRIMARY KEY,
  submission_id uuid NOT NULL,
  item          bytea NOT NULL CHECK (octet_length(item) = 32),
  act           text NOT NULL CHECK (act IN ('paper', 'declined', 'otherwise', 'reopened')),
  at            timestamptz NOT NULL,
  actor         uuid NOT NULL,
  kek_id        text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped       bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content       bytea NOT NULL CHECK (octet_length(content) <= 16384)
);
CREATE INDEX settlement_submission ON settlement (submission_id, item, id);
COMMENT ON TABLE settlement IS 'Signed on paper, declined, or settled another way; of an item the latest id holds, rows are only added';
COMMENT ON COLUMN settlement.item IS 'Keyed hash of the submission and of what was missing: which text it was is sealed';

CREATE TABLE settlement_scan (
  settlement_id uuid PRIMARY KEY,
  submission_id uuid NOT NULL,
  kek_id        text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped       bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content       bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 67108864)
);
ALTER TABLE settlement_scan ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX settlement_scan_submission ON settlement_scan (submission_id);
COMMENT ON TABLE settlement_scan IS 'The signed sheet as it was scanned, sealed with a key of its own';

GRANT SELECT, INSERT ON settlement, settlement_scan TO intake_desk;
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON settlement, settlement_scan TO intake_rekey;

-- They end with their record, under the same two approvals.
GRANT SELECT (submission_id), DELETE ON settlement, settlement_scan TO intake_retention;
CREATE TRIGGER settlement_destroyed BEFORE DELETE ON settlement
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_key_destruction();
CREATE TRIGGER settlement_scan_destroyed BEFORE DELETE ON settlement_scan
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_key_destruction();
