-- Duty posts check on every school day: a check outside every round belongs to its week only.
ALTER TABLE inspections ALTER COLUMN round_id DROP NOT NULL;
