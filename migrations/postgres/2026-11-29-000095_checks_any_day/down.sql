DELETE FROM inspections WHERE round_id IS NULL;
ALTER TABLE inspections ALTER COLUMN round_id SET NOT NULL;
