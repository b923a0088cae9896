-- works-from: 1
-- Emergency access (45 CFR 164.312(a)(2)(ii)): who opened what their role does not allow, why, until when, and who was told.

CREATE TABLE broken_glass (
  id            uuid PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES account,
  submission_id uuid NOT NULL,
  reason        text NOT NULL CHECK (octet_length(reason) BETWEEN 1 AND 500),
  opened        timestamptz NOT NULL,
  ends          timestamptz NOT NULL CHECK (ends > opened),
  seen          timestamptz,
  seen_by       uuid REFERENCES account,
  CHECK ((seen IS NULL) = (seen_by IS NULL))
);
CREATE INDEX broken_glass_account ON broken_glass (account_id, submission_id, ends);
CREATE INDEX broken_glass_unseen ON broken_glass (opened) WHERE seen IS NULL;

GRANT SELECT, INSERT, UPDATE (seen, seen_by) ON broken_glass TO intake_desk;
