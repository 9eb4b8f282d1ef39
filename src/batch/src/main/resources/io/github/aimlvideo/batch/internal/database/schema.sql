-- for SQLite and PostgreSQL; times are milliseconds since 1970 by the clock of the database
create table video_schema (version integer not null);

insert into video_schema values (1);

-- what all workers of a batch share
create table video_batches (
  batch text primary key,
  server text not null,
  in_flight_limit double precision not null,
  rejections integer not null,
  rejecting_since bigint not null,
  paused_until bigint not null,
  next_log_search bigint not null,
  next_position bigint not null,
  checksum bigint not null
);

create table video_rows (
  batch text not null,
  row_key text not null,
  name text not null,
  row_position bigint not null,
  model text not null,
  request text not null,
  fingerprint text not null,
  kind text not null,
  state text not null,
  client_request_id text,
  generation_id text,
  credits_used text,
  usd_spent text,
  attempts integer not null,
  reason text,
  sent_at bigint not null,
  ended_at bigint not null,
  searched bigint not null,
  searched_at bigint not null,
  poll_until bigint not null,
  suspended integer not null,
  worker text,
  location text,
  version integer not null,
  checksum bigint not null,
  primary key (batch, row_key)
);

create index video_rows_by_state on video_rows (batch, state, suspended, row_position);

-- every create that was sent, whatever became of its row
create table video_creates (
  client_request_id text primary key,
  batch text not null,
  row_key text not null,
  fingerprint text not null,
  kind text not null,
  quote text,
  outcome text not null,
  generation_id text,
  credits_used text,
  usd_spent text,
  sent_at bigint not null,
  worker text not null,
  checksum bigint not null
);

create index video_creates_by_kind on video_creates (batch, kind, quote, outcome, credits_used, usd_spent);

create index video_creates_by_row on video_creates (batch, row_key);

-- images that are not URLs, once for all rows that have them
create table video_images (
  hash text not null,
  chunk integer not null,
  content bytea not null,
  primary key (hash, chunk)
);
