-- What a network takes to answer, by all that this depends on: measured once.
create table network_cost (
  id           text        primary key,
  cost         jsonb       not null,
  measured_at  timestamptz not null
);

-- What the report was composed from, so that experiments can be compared with one another later.
alter table experiment add column request jsonb;
