-- The validation images that a run got most wrong, the highest loss first.
create table wrong_images (
  experiment_id  uuid   not null references experiment (id),
  run_name       text   not null,
  images         jsonb  not null,
  primary key (experiment_id, run_name)
);
