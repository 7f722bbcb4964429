-- The schema itself is made by Flyway (quarkus.flyway.create-schemas) and is the search path's first.

create table experiments (
  id              uuid        primary key,
  name            text        not null,
  labels          varchar[]   not null,
  spec            text        not null,
  state           text        not null,
  reason          text        not null,
  failure_code    text,
  failure_message text,
  prepared        text,
  last_event      bigint      not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  ended_at        timestamptz
);
create index experiments_newest_first on experiments (created_at desc, id desc);
create index experiments_by_label on experiments using gin (labels);

create table runs (
  id                  uuid             primary key,
  experiment_id       uuid             not null references experiments (id),
  ordinal             integer          not null,
  spec                text             not null,
  state               text             not null,
  reason              text             not null,
  failure_code        text,
  failure_message     text,
  total_steps         bigint,
  head_id             text,
  head_step           bigint           not null,
  head_epoch          integer          not null,
  head_weights_sha256 text,
  segments            integer          not null,
  images              bigint           not null,
  seconds             double precision not null,
  trainer             text,
  unique (experiment_id, ordinal)
);

-- What trainers report about once a second; apart from runs, so that it waits for no state change.
create table run_progress (
  run_id            uuid             primary key references runs (id),
  step              bigint           not null,
  epoch             double precision not null,
  loss              double precision not null,
  accuracy          double precision not null,
  images_per_second double precision not null,
  trainer           text             not null,
  updated_at        timestamptz      not null
);

-- One checkpoint per run and step: a replay makes the same weights again.
create table checkpoints (
  run_id              uuid    not null references runs (id),
  step                bigint  not null,
  checkpoint_id       text    not null,
  epoch               integer not null,
  weights_sha256      text    not null,
  train_loss          double precision,
  train_accuracy      double precision,
  validation_loss     double precision,
  validation_accuracy double precision,
  evaluation          text    not null,
  primary key (run_id, step)
);
create index checkpoints_by_id on checkpoints (checkpoint_id);

create table metric_points (
  run_id   uuid             not null references runs (id),
  step     bigint           not null,
  epoch    double precision not null,
  loss     double precision not null,
  accuracy double precision not null,
  primary key (run_id, step)
);

create table epochs (
  run_id              uuid             not null references runs (id),
  step                bigint           not null,
  epoch               integer          not null,
  train_loss          double precision not null,
  train_accuracy      double precision not null,
  validation_loss     double precision not null,
  validation_accuracy double precision not null,
  primary key (run_id, step)
);

create table experiment_events (
  experiment_id uuid        not null references experiments (id),
  sequence      bigint      not null,
  name          text        not null,
  data          text        not null,
  created_at    timestamptz not null,
  primary key (experiment_id, sequence)
);

create table idempotency_keys (
  key            text        primary key,
  request_sha256 text        not null,
  experiment_id  uuid        not null references experiments (id) deferrable initially deferred,
  answer         text        not null,
  created_at     timestamptz not null
);

create table outbox (
  id         bigint generated always as identity primary key,
  topic      text        not null,
  key        text        not null,
  payload    bytea       not null,
  created_at timestamptz not null
);
