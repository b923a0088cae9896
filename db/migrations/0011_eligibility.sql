-- works-from: 1
-- What payers said of coverages: checks that somebody made elsewhere and wrote down, and answers that came as files or over
-- the line. All of it is sealed; in the clear stands only which coverage, for which day, when and by whom.

CREATE TABLE eligibility_check (
  number        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id            uuid NOT NULL UNIQUE,
  submission_id uuid NOT NULL,
  version       integer NOT NULL CHECK (version BETWEEN 1 AND 10000),
  coverage      smallint NOT NULL CHECK (coverage BETWEEN 1 AND 100),
  how           text NOT NULL CHECK (how IN ('by-hand', 'file', 'clearinghouse')),
  service_date  date NOT NULL,
  as_of         timestamptz NOT NULL,
  recorded      timestamptz NOT NULL,
  actor         uuid,
  inquiry_id    uuid,
  answer        bytea CHECK (octet_length(answer) = 32),
  CHECK (how <> 'by-hand' OR actor IS NOT NULL),
  UNIQUE (inquiry_id, answer)
);
CREATE INDEX eligibility_check_coverage ON eligibility_check (submission_id, coverage, as_of, number);
COMMENT ON TABLE eligibility_check IS 'One answer about one coverage; append-only, the latest as_of speaks';
COMMENT ON COLUMN eligibility_check.version IS 'Of the answers that it was made for: a correction may have changed the coverage';
COMMENT ON COLUMN eligibility_check.as_of IS 'When the payer was asked: an answer that comes late to an old question stays old';
COMMENT ON COLUMN eligibility_check.answer IS 'Keyed hash of the answer, so that one that comes twice is one';

-- owner is a check or an inquiry.
CREATE TABLE eligibility_key (
  owner         uuid PRIMARY KEY,
  submission_id uuid NOT NULL,
  kek_id        text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped       bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096)
);
CREATE INDEX eligibility_key_submission ON eligibility_key (submission_id);
COMMENT ON TABLE eligibility_key IS 'Data keys; they end with the data key of the submission they are about';

CREATE TABLE eligibility_part (
  owner  uuid NOT NULL,
  name   text COLLATE "C" NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 64),
  sealed bytea NOT NULL CHECK (octet_length(sealed) > 0),
  PRIMARY KEY (owner, name)
);
ALTER TABLE eligibility_part ALTER COLUMN sealed SET STORAGE EXTERNAL;
COMMENT ON TABLE eligibility_part IS 'summary, result, the payer''s answer as it came, an attachment; append-only';

CREATE TRIGGER eligibility_key_destroyed BEFORE DELETE ON eligibility_key
  FOR EACH ROW WHEN (current_user = 'intake_retention') EXECUTE FUNCTION check_key_destruction();

GRANT SELECT, INSERT ON eligibility_check, eligibility_key, eligibility_part TO intake_desk, intake_billing;
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON eligibility_key TO intake_rekey;
GRANT SELECT, DELETE ON eligibility_key TO intake_retention;
