-- works-from: 1
-- What a patient corrects after it was worked through is work again.

CREATE INDEX submission_version_amended ON submission_version (received) WHERE version > 1;

-- Staff's void and joined records are told to the clinic's other programs like new ones.
GRANT INSERT ON outbox TO intake_desk;

-- Who asks payers asks nothing about a record that is void.
GRANT SELECT (id, submission_id, kind) ON record_act TO intake_billing;
