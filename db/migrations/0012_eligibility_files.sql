-- works-from: 1
-- Questions to payers as files (X12 270), and what comes back as files (271, 999, TA1). An answer is found by the trace
-- number that we gave its question, never by a name.

CREATE SEQUENCE eligibility_interchange AS bigint MAXVALUE 999999999 CYCLE;
CREATE SEQUENCE eligibility_group AS bigint MAXVALUE 999999999 CYCLE;
CREATE SEQUENCE eligibility_number AS bigint;
COMMENT ON SEQUENCE eligibility_interchange IS 'ISA13; eligibility_group is GS06, eligibility_number stands in ST02, BHT03 and TRN02';

CREATE TABLE eligibility_batch (
  id            uuid PRIMARY KEY,
  interchange   integer NOT NULL CHECK (interchange BETWEEN 1 AND 999999999),
  group_control integer NOT NULL CHECK (group_control BETWEEN 1 AND 999999999),
  created       timestamptz NOT NULL,
  actor         uuid,
  kek_id        text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped       bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content       bytea NOT NULL
);
CREATE INDEX eligibility_batch_created ON eligibility_batch (created);
CREATE INDEX eligibility_batch_interchange ON eligibility_batch (interchange);
CREATE INDEX eligibility_batch_group ON eligibility_batch (group_control);
ALTER TABLE eligibility_batch ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE eligibility_batch IS 'One interchange of questions, as it was written; append-only';

CREATE TABLE eligibility_inquiry (
  id            uuid PRIMARY KEY,
  trace         text COLLATE "C" NOT NULL UNIQUE CHECK (octet_length(trace) BETWEEN 1 AND 50),
  set_control   text COLLATE "C" NOT NULL CHECK (octet_length(set_control) BETWEEN 4 AND 9),
  batch_id      uuid NOT NULL,
  submission_id uuid NOT NULL,
  version       integer NOT NULL CHECK (version BETWEEN 1 AND 10000),
  coverage      smallint NOT NULL CHECK (coverage BETWEEN 1 AND 100),
  service_date  date NOT NULL,
  created       timestamptz NOT NULL
);
CREATE INDEX eligibility_inquiry_coverage ON eligibility_inquiry (submission_id, coverage, created);
CREATE INDEX eligibility_inquiry_batch ON eligibility_inquiry (batch_id);
COMMENT ON TABLE eligibility_inquiry IS 'One question about one coverage; whom it is about is sealed in eligibility_part';
COMMENT ON COLUMN eligibility_inquiry.trace IS 'BHT03 and TRN02, which the answer gives back';

CREATE TABLE eligibility_file (
  id           uuid PRIMARY KEY,
  content_hash bytea NOT NULL UNIQUE CHECK (octet_length(content_hash) = 32),
  received     timestamptz NOT NULL,
  how          text NOT NULL CHECK (how IN ('upload', 'folder')),
  actor        uuid,
  answers      integer NOT NULL CHECK (answers >= 0),
  kept         integer NOT NULL CHECK (kept >= 0),
  kek_id       text COLLATE "C" NOT NULL CHECK (octet_length(kek_id) BETWEEN 1 AND 64),
  wrapped      bytea NOT NULL CHECK (octet_length(wrapped) BETWEEN 16 AND 4096),
  content      bytea NOT NULL
);
CREATE INDEX eligibility_file_received ON eligibility_file (received);
ALTER TABLE eligibility_file ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE eligibility_file IS 'A file from outside, whole; the same bytes are taken once';

CREATE TABLE eligibility_unmatched (
  number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_id uuid NOT NULL,
  segment integer NOT NULL,
  reason  text NOT NULL CHECK (octet_length(reason) BETWEEN 1 AND 200)
);
CREATE INDEX eligibility_unmatched_file ON eligibility_unmatched (file_id);
COMMENT ON TABLE eligibility_unmatched IS 'Answers that no question of ours was found for, by their place in their file';

CREATE TABLE eligibility_acknowledgement (
  number     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_id    uuid NOT NULL,
  batch_id   uuid NOT NULL,
  inquiry_id uuid,
  verdict    text NOT NULL CHECK (verdict IN ('unclear', 'accepted', 'accepted-with-errors', 'partly', 'rejected')),
  code       text NOT NULL CHECK (octet_length(code) <= 50),
  at         timestamptz NOT NULL
);
CREATE INDEX eligibility_acknowledgement_batch ON eligibility_acknowledgement (batch_id);
COMMENT ON TABLE eligibility_acknowledgement IS 'What a receiver said of a batch (TA1, 999) or of one question in it';

GRANT USAGE ON SEQUENCE eligibility_interchange, eligibility_group, eligibility_number TO intake_desk, intake_billing;
GRANT SELECT, INSERT ON eligibility_batch, eligibility_inquiry, eligibility_file, eligibility_unmatched,
  eligibility_acknowledgement TO intake_desk, intake_billing;
GRANT SELECT (ctid, kek_id, wrapped), UPDATE (kek_id, wrapped) ON eligibility_batch, eligibility_file TO intake_rekey;
-- Everybody's answer is kept with their own record; the files that held several end with the oldest record of their time.
GRANT SELECT, DELETE ON eligibility_batch, eligibility_file TO intake_retention;
