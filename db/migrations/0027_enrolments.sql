-- works-from: 1
-- What only the clinic can put right with a payer: it is not enrolled there. A task a payer, until somebody says that it is
-- settled. Nothing in it is anybody's.

CREATE TABLE enrolment_task (
  number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payer   text COLLATE "C" NOT NULL CHECK (octet_length(payer) BETWEEN 1 AND 400),
  code    text COLLATE "C" NOT NULL CHECK (octet_length(code) BETWEEN 1 AND 16),
  opened  timestamptz NOT NULL,
  settled timestamptz,
  actor   uuid,
  CHECK ((settled IS NULL) = (actor IS NULL))
);
CREATE UNIQUE INDEX enrolment_task_open ON enrolment_task (payer) WHERE settled IS NULL;
CREATE INDEX enrolment_task_settled ON enrolment_task (payer, settled);
COMMENT ON TABLE enrolment_task IS 'A payer that does not answer because the clinic''s enrolment is missing or wrong';
COMMENT ON COLUMN enrolment_task.code IS 'X12 005010X279A1, AAA03 of the answer that opened it';

GRANT SELECT, INSERT, UPDATE (settled, actor) ON enrolment_task TO intake_desk, intake_billing;
