-- works-from: 1
-- Who asks ahead for the days to come: one instance a day, and another one where that one did not come to an end.

CREATE TABLE eligibility_round (
  round date PRIMARY KEY,
  begun timestamptz NOT NULL,
  done  timestamptz
);
COMMENT ON TABLE eligibility_round IS 'A morning on which payers were asked about the visits of that day and of days to come';

GRANT SELECT, INSERT, UPDATE (begun, done) ON eligibility_round TO intake_desk, intake_billing;
