-- What only a superuser can make, once in a cluster: the roles. Safe to run again; it changes nothing that is there.
-- Rights are given in the migrations, by the owner. Passwords and pg_hba.conf are the operator's.
DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT * FROM (VALUES
      ('intake_owner',     'NOLOGIN'),           -- owns every object; nobody signs in as the owner
      ('intake_migrate',   'LOGIN NOINHERIT'),   -- becomes the owner, to migrate, and at no other time
      ('intake_portal',    'LOGIN'),             -- stores what patients and machines send, and the audit trail
      ('intake_desk',      'LOGIN'),             -- what staff read, their accounts and sessions
      ('intake_billing',   'LOGIN'),             -- work from the outbox: eligibility, webhooks
      ('intake_rekey',     'LOGIN'),             -- re-wraps data keys
      ('intake_retention', 'LOGIN'),             -- destroys data keys whose time has come
      ('intake_backup',    'LOGIN')              -- reads everything, changes nothing
    ) AS roles(name, attributes)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
      EXECUTE format('CREATE ROLE %I %s NOSUPERUSER NOCREATEDB NOCREATEROLE', wanted.name, wanted.attributes);
    END IF;
  END LOOP;
END $$;

GRANT intake_owner TO intake_migrate;
-- has_synchronous_standby() runs as the owner and must see pg_stat_replication.
GRANT pg_read_all_stats TO intake_owner;
