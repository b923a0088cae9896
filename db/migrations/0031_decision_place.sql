-- works-from: 1
-- The clinic's tables may say other things about another of its places.

ALTER TABLE appointment_decision
  ADD COLUMN location text COLLATE "C" CHECK (octet_length(location) BETWEEN 1 AND 40);
COMMENT ON COLUMN appointment_decision.location IS 'Where the visit was to be; NULL: decided before this was asked';
