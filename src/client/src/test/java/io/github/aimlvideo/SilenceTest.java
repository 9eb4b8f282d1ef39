package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Clock clock = new Clock();
  private final Silence silence = new Silence(LONGEST, clock);
  private final List<Duration> ended = new ArrayList<>();

  @Test
  void endsACallThatSaysNothing() {
    silence.begin(() -> ended.add(clock.now));

    clock.pass(Duration.ofSeconds(59));
    assertThat(ended).isEmpty();
    clock.pass(Duration.ofSeconds(1));

    assertThat(ended).containsExactly(LONGEST);
  }

  @Test
  void isCountedFromTheLastByte() {
    silence.begin(() -> ended.add(clock.now));

    clock.pass(Duration.ofSeconds(45));
    silence.isBroken();
    clock.pass(Duration.ofSeconds(59));
    assertThat(ended).isEmpty();
    clock.pass(Duration.ofSeconds(1));

    assertThat(ended).containsExactly(Duration.ofSeconds(105));
  }

  @Test
  void callThatWaitsForAThreadIsNotSilent() {
    clock.pass(Duration.ofHours(1));

    assertThat(clock.tasks).isEmpty();
  }

  @Test
  void nobodyListensAfterTheEnd() {
    silence.begin(() -> ended.add(clock.now));
    silence.end();

    clock.pass(Duration.ofHours(1));

    assertThat(ended).isEmpty();
    assertThat(clock.tasks).isEmpty();
  }

  /** Time that a test lets pass. */
  private static final class Clock implements Timer {
    private record Task(Duration at, Runnable run) {}

    private Duration now = Duration.ZERO;
    private final List<Task> tasks = new ArrayList<>();

    void pass(Duration time) {
      now = now.plus(time);
      List<Task> due = tasks.stream().filter(task -> task.at.compareTo(now) <= 0).toList();
      tasks.removeAll(due);
      due.forEach(task -> task.run.run());
    }

    @Override
    public long nanoTime() {
      return now.toNanos();
    }

    @Override
    public Pause schedule(Runnable run, Duration delay) {
      Task task = new Task(now.plus(delay), run);
      tasks.add(task);
      return () -> tasks.remove(task);
    }

    @Override
    public Pause timeout(Runnable task, Duration limit) {
      return schedule(task, limit);
    }

    @Override
    public void close() {}
  }
}
