-- JSON of what showed when a shard was written.
ALTER TABLE shard ADD COLUMN facts text;
