-- works-from: 1
-- What is handed over to other programs: webhooks and a watched folder take their work from the outbox.

ALTER TABLE outbox
  ADD COLUMN given_up timestamptz,
  ADD COLUMN because  text CHECK (octet_length(because) <= 200);
COMMENT ON COLUMN outbox.given_up IS 'Tried too often, or refused for good: waits for a person (intake outbox retry)';
CREATE INDEX outbox_given_up ON outbox (id) WHERE given_up IS NOT NULL;

CREATE TABLE handed_over (
  topic         text COLLATE "C" NOT NULL CHECK (octet_length(topic) BETWEEN 1 AND 64),
  submission_id uuid NOT NULL,
  version       integer NOT NULL,
  at            timestamptz NOT NULL,
  PRIMARY KEY (topic, submission_id, version)
);
COMMENT ON TABLE handed_over IS 'What has left: written with the end of its task, before a file gets its name, so that none comes twice';

GRANT DELETE, UPDATE (attempts, not_before, taken_until, given_up, because) ON outbox TO intake_desk;
GRANT SELECT, INSERT ON handed_over TO intake_desk;
