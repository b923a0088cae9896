-- works-from: 1
-- A day's questions that were to lie in the folder for the clearinghouse and do not yet: they are written again until they do.

ALTER TABLE eligibility_batch ADD COLUMN folder_due boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN eligibility_batch.folder_due IS 'Promised to the folder, and not known to lie there';
CREATE INDEX eligibility_batch_folder_due ON eligibility_batch (created) WHERE folder_due;

GRANT UPDATE (folder_due) ON eligibility_batch TO intake_desk, intake_billing;

-- AK901 P: some sets of a group were taken and some were not.
ALTER TABLE eligibility_acknowledgement DROP CONSTRAINT eligibility_acknowledgement_verdict_check;
ALTER TABLE eligibility_acknowledgement ADD CONSTRAINT eligibility_acknowledgement_verdict_check
  CHECK (verdict IN ('unclear', 'accepted', 'accepted-with-errors', 'partly-accepted', 'rejected'));
