-- the table of db-scheduler, with the columns that its documentation asks for
create table %svideo_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamp with time zone not null,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);

create index %svideo_tasks_by_time on video_tasks (execution_time);

create index %svideo_tasks_by_heartbeat on video_tasks (last_heartbeat);
