-- Which engines made a run's steps up to its head, in the order in which they came in.
alter table runs add column engines varchar[] not null default '{}';
