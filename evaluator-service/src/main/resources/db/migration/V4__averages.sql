-- Of how many epochs a checkpoint's weights are the mean; absent: as they were trained.
alter table model_result add column averaged_epochs integer;
