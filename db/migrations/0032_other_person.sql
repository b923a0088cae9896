-- works-from: 1
-- An appointment that the schedule gives to another person leaves what was begun for the one before.

GRANT UPDATE (appointment_id) ON draft TO intake_desk;
