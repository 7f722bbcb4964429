-- JSON of the images of a shard's range that could not be decoded; null when there are none.
ALTER TABLE shard ADD COLUMN rejected text;

-- The share of the source's images that may be unusable before the experiment fails.
ALTER TABLE waiter ADD COLUMN max_rejected_share double precision NOT NULL DEFAULT 0;
