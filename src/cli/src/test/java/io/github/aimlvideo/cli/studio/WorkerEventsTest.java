package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.RowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the page and the terminal learn beyond the database. */
class WorkerEventsTest {
  private final List<String> printed = new ArrayList<>();
  private final List<String> informed = new ArrayList<>();
  private final WorkerEvents events = new WorkerEvents(printed::add, informed::add, () -> {});

  private static BatchRow row(RowState state, String id) {
    return new BatchRow(
        "fox-1",
        state,
        Studio.MODEL,
        Optional.empty(),
        Optional.ofNullable(id),
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void idIsKnownBeforeItIsRecorded() {
    events.onCreated("fox-1", "id-1");

    assertThat(printed).containsExactly("fox-1: generation id-1");
    assertThat(events.id(row(RowState.CREATING, null))).hasValue("id-1");
    events.forget("fox-1");
    assertThat(events.id(row(RowState.NEW, null))).isEmpty();
  }

  @Test
  void statusIsThatOfTheLastGeneration() {
    events.onPolled("fox-1", "error");

    events.onCreated("fox-1", "id-2");

    assertThat(events.status("fox-1")).isEmpty();
  }

  @Test
  void secondPurchaseIsTold() {
    events.onBoughtTwice(row(RowState.RUNNING, "id-2"), "id-1");

    assertThat(printed)
        .containsExactly("warning: fox-1 is bought twice: generation id-1 beside id-2");
    assertThat(events.otherId("fox-1")).hasValue("id-1");
  }

  @Test
  void warningIsPrintedOnceAndShownUntilARowHasEnded() {
    events.onWarning("the database fails; it is retried");
    events.onWarning("the database fails; it is retried");

    assertThat(informed).containsExactly("warning: the database fails; it is retried");
    assertThat(events.warning()).hasValue("the database fails; it is retried");
    events.onRow(row(RowState.SAVED, "id-1"));
    assertThat(events.warning()).isEmpty();
  }

  @Test
  void stopHoldsWhatWaits() {
    events.request("fox-1");

    events.onStopped(new BatchStop(BatchStop.Reason.NO_SPACE, "no space left in foxes"), null);

    assertThat(events.isUnsent(row(RowState.NEW, null))).isTrue();
    assertThat(events.stopped()).hasValue("no space left in foxes");
    events.onResumed();
    assertThat(events.stopped()).isEmpty();
    assertThat(events.isUnsent(row(RowState.NEW, null))).isTrue();
  }
}
