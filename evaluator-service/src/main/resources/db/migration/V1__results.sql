-- What is known of an experiment beside its results; the report once it is composed.
create table experiment (
  id          uuid        primary key,
  dataset     jsonb       not null,
  report      jsonb,
  updated_at  timestamptz not null
);

-- One checkpoint over one split in one view.
create table model_result (
  experiment_id   uuid             not null references experiment (id),
  checkpoint_id   text             not null,
  split           text             not null,
  view            text             not null,
  run_id          uuid             not null,
  run_name        text             not null,
  run_group       text             not null,
  architecture    text             not null,
  seed            bigint           not null,
  step            bigint           not null,
  epoch           integer          not null,
  weights_sha256  text             not null,
  accuracy        double precision not null,
  loss            double precision not null,
  images          integer          not null,
  confusion       jsonb            not null,
  updated_at      timestamptz      not null,
  primary key (experiment_id, checkpoint_id, split, view)
);
