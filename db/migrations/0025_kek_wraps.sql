-- works-from: 1
-- How often each key-encryption key was used to wrap: rows tell how many wraps are left, not how many there were.

CREATE TABLE kek_wraps (
  kek   text COLLATE "C" PRIMARY KEY CHECK (octet_length(kek) BETWEEN 1 AND 64),
  wraps bigint NOT NULL CHECK (wraps >= 0)
);
COMMENT ON TABLE kek_wraps IS 'Wraps under a key by all instances; each adds what it did every half minute, so a crash forgets that much';

GRANT SELECT, INSERT, UPDATE (wraps) ON kek_wraps TO intake_desk, intake_rekey;
