-- Beside a run's checkpoints as they were trained, averages of the last epochs up to a step; 0: as trained.
alter table checkpoints add column averaged_epochs integer not null default 0;
alter table checkpoints drop constraint checkpoints_pkey;
alter table checkpoints add primary key (run_id, step, averaged_epochs);
