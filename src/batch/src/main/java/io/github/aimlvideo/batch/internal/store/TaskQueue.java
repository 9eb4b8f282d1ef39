package io.github.aimlvideo.batch.internal.store;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Session;
import java.sql.SQLException;
import java.sql.Timestamp;

/**
 * The tasks of a batch in the table of the engine: one for each row in progress. Written here in
 * the transaction that changes the row, so that no row is without its task.
 */
public final class TaskQueue {
  public static final String TABLE = "video_tasks";

  private final String taskName;

  public TaskQueue(String batch) {
    taskName = "video:" + batch;
  }

  /** Workers have the tasks of their own batch only. */
  public String taskName() {
    return taskName;
  }

  public static String key(TaskInstance<?> task) {
    return task.getId();
  }

  /** Runs the task of a row at a time, unless it is running. */
  public void schedule(Session session, Row row, long at) throws SQLException {
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
  public void remove(Session session, Execution task) throws SQLException {
    session.update(
        "delete from video_tasks where task_name = ? and task_instance = ? and version = ?",
        taskName,
        key(task.taskInstance),
        task.version);
  }

  /**
   * Whether no row has a task; in one statement, as others send creates between two.
   *
   * @param creates whether no row is to be created either
   */
  public boolean isEmpty(Session session, String batch, boolean creates) throws SQLException {
    String sql =
        "select count(*) where exists (select 1 from video_tasks where task_name = ?)"
            + " or exists (select 1 from video_rows where batch = ? and state = ?"
            + " and suspended = 0)";
    return session.number(sql, taskName, batch, creates ? RowState.NEW.name() : "") == 0;
  }
}
