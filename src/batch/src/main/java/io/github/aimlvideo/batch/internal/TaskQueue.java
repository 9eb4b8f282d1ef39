package io.github.aimlvideo.batch.internal;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.sql.SQLException;
import java.sql.Timestamp;

/**
 * The tasks of a batch in the table of the engine: one for each row in progress. Written here in
 * the transaction that changes the row, so that no row is without its task.
 */
final class TaskQueue {
  static final String TABLE = "video_tasks";

  private final String taskName;

  TaskQueue(String batch) {
    taskName = "video:" + batch;
  }

  /** Workers have the tasks of their own batch only. */
  String taskName() {
    return taskName;
  }

  static String key(TaskInstance<?> task) {
    return task.getId();
  }

  /** Runs the task of a row at a time, unless it is running. */
  void schedule(Session session, Row row, long at) throws SQLException {
    Timestamp time = new Timestamp(at);
    int moved =
        session.update(
            "update video_tasks set execution_time = ?, version = version + 1"
                + " where task_name = ? and task_instance = ? and picked = false",
            time,
            taskName,
            row.key);
    if (moved > 0) return;
    session.update(
        "insert into video_tasks (task_name, task_instance, execution_time, picked, version)"
            + " values (?, ?, ?, false, 1) on conflict do nothing",
        taskName,
        row.key,
        time);
  }

  /** Removes a task that this worker has done, unless another one has taken it over. */
  void remove(Session session, Execution task) throws SQLException {
    session.update(
        "delete from video_tasks where task_name = ? and task_instance = ? and version = ?",
        taskName,
        key(task.taskInstance),
        task.version);
  }

  /** Whether a row that waits to be sent or polled has a task. */
  boolean isEmpty(Session session) throws SQLException {
    String sql = "select count(*) from video_tasks where task_name = ?";
    return session.number(sql, taskName) == 0;
  }
}
