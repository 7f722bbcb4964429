-- Norms of a run's parameters and gradients at each epoch's end; apart from epochs, which are read often.
create table epoch_norms (
  run_id uuid   not null references runs (id),
  step   bigint not null,
  norms  text   not null,
  primary key (run_id, step)
);
