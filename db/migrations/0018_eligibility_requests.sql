-- works-from: 1
-- Questions that leave over the line to a clearinghouse: who wants one asked, whether it was, and what became of it. Any
-- number of workers take from it; a question under way is a row that says so, so that a program that was killed asks again
-- no sooner than the receiver allows.

CREATE TABLE eligibility_request (
  number        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  submission_id uuid NOT NULL,
  coverage      smallint NOT NULL CHECK (coverage BETWEEN 1 AND 100),
  reason        text NOT NULL CHECK (reason IN ('demand', 'client', 'submission', 'again', 'ahead')),
  service_date  date,
  actor         uuid,
  created       timestamptz NOT NULL,
  not_before    timestamptz NOT NULL,
  off_peak      boolean NOT NULL,
  state         text NOT NULL CHECK (state IN ('queued', 'asking', 'answered', 'failed', 'dropped')),
  attempts      integer NOT NULL DEFAULT 0,
  taken         timestamptz,
  inquiry_id    uuid,
  fault         text COLLATE "C" NOT NULL DEFAULT '' CHECK (octet_length(fault) <= 64),
  detail        text COLLATE "C" NOT NULL DEFAULT '' CHECK (octet_length(detail) <= 64)
);
CREATE UNIQUE INDEX eligibility_request_open ON eligibility_request (submission_id, coverage)
  WHERE state IN ('queued', 'asking');
CREATE INDEX eligibility_request_coverage ON eligibility_request (submission_id, coverage, number);
CREATE INDEX eligibility_request_due ON eligibility_request (not_before) WHERE state IN ('queued', 'asking');
COMMENT ON TABLE eligibility_request IS 'A wish that a payer be asked about one coverage; one open wish a coverage';
COMMENT ON COLUMN eligibility_request.service_date IS 'The day that is asked about; null: the visit''s';
COMMENT ON COLUMN eligibility_request.off_peak IS 'Asked in quiet hours only, as Medicare wants it for visits ahead';
COMMENT ON COLUMN eligibility_request.fault IS 'Why the last attempt failed: a word of the program, never what a payer sent';

ALTER TABLE eligibility_batch ADD COLUMN over_line boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN eligibility_batch.over_line IS 'One question that went over the line, not a file for somebody to bring';
CREATE INDEX eligibility_inquiry_created ON eligibility_inquiry (created);

ALTER TABLE eligibility_file DROP CONSTRAINT eligibility_file_how_check;
ALTER TABLE eligibility_file ADD CONSTRAINT eligibility_file_how_check CHECK (how IN ('upload', 'folder', 'clearinghouse'));

GRANT SELECT, INSERT, UPDATE (reason, actor, not_before, off_peak, state, attempts, taken, inquiry_id, fault, detail)
  ON eligibility_request TO intake_desk, intake_billing;
-- The worker finds a coverage's visit; it changes nothing of it.
GRANT SELECT ON appointment, appointment_match TO intake_billing;
-- A question over the line holds one patient: it ends with that patient's record.
GRANT SELECT (batch_id, submission_id) ON eligibility_inquiry TO intake_retention;
