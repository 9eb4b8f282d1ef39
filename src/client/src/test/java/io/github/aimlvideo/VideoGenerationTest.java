package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.fixture.Contract;
import io.github.aimlvideo.model.GenerationError;
import io.github.aimlvideo.model.GenerationMeta;
import io.github.aimlvideo.model.GenerationUsage;
import io.github.aimlvideo.model.VideoFile;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoGenerationTest {
  @Test
  void generationHasTheValuesOfItsResponse() {
    VideoGeneration generation = VideoGeneration.of(completed());

    assertThat(generation.id()).isEqualTo("abc");
    assertThat(generation.status()).isEqualTo("completed");
    assertThat(generation.isCompleted()).isTrue();
    assertThat(generation.isFailed()).isFalse();
    assertThat(generation.videoUrl()).contains("https://a/b.mp4");
    assertThat(generation.creditsUsed()).contains(new BigDecimal("560000"));
    assertThat(generation.failureReason()).isEmpty();
    assertThat(generation.clientRequestId()).isEmpty();
    assertThat(generation.json()).contains("\"id\":\"abc\"", "\"status\":\"completed\"");
  }

  @Test
  void generationWithoutAStatusIsNeitherCompletedNorFailed() {
    VideoGeneration generation = VideoGeneration.of(new VideoGenerationResponse().id("abc"));

    assertThat(generation.status()).isEmpty();
    assertThat(generation.isCompleted()).isFalse();
    assertThat(generation.isFailed()).isFalse();
    assertThat(generation.videoUrl()).isEmpty();
    assertThat(generation.creditsUsed()).isEmpty();
  }

  static Stream<Arguments> terminalWords() {
    return Contract.checkedIn().terminalWords().entrySet().stream()
        .flatMap(group -> group.getValue().stream().map(word -> arguments(word, group.getKey())))
        .flatMap(VideoGenerationTest::spellings);
  }

  private static Stream<Arguments> spellings(Arguments given) {
    String word = (String) given.get()[0];
    return Stream.of(word, word.toUpperCase(Locale.ROOT), word.replace("_", "-"))
        .distinct()
        .map(spelling -> arguments(spelling, given.get()[1]));
  }

  @ParameterizedTest
  @MethodSource("terminalWords")
  void wordsOfTheContractEndAGeneration(String word, String meaning) {
    VideoGeneration generation =
        VideoGeneration.of(new VideoGenerationResponse().id("abc").status(word));

    assertThat(generation.isCompleted()).isEqualTo(meaning.equals("completed"));
    assertThat(generation.isFailed()).isEqualTo(meaning.equals("failed"));
    assertThat(generation.status()).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"completing", "incomplete", "not_done", "rejecting", "time", "out", "?"})
  void anyOtherWordIsNotTheEnd(String word) {
    VideoGeneration generation =
        VideoGeneration.of(new VideoGenerationResponse().id("abc").status(word));

    assertThat(generation.isCompleted()).isFalse();
    assertThat(generation.isFailed()).isFalse();
  }

  @Test
  void contractHasTheWordsOfTheGateway() {
    assertThat(Contract.checkedIn().terminalWords())
        .hasEntrySatisfying(
            "completed",
            words ->
                assertThat(words)
                    .contains("completed", "succeeded", "success", "complete", "done", "finished"))
        .hasEntrySatisfying(
            "failed",
            words ->
                assertThat(words)
                    .contains("error", "failed", "cancelled", "canceled", "aborted", "rejected")
                    .contains("expired", "timeout", "timed_out"));
  }

  @Test
  void idIsRequired() {
    assertThatNullPointerException()
        .isThrownBy(() -> VideoGeneration.of(new VideoGenerationResponse()))
        .withMessage("id");
  }

  @ParameterizedTest
  @CsvSource({"Bad, No face, Bad: No face", "Bad, , Bad", ", No face, No face", "' ', '', "})
  void failureReasonIsNameAndMessage(String name, String message, String reason) {
    VideoGenerationResponse response = new VideoGenerationResponse().id("abc").status("error");

    VideoGeneration failed =
        VideoGeneration.of(response.error(new GenerationError().name(name).message(message)));

    assertThat(failed.isFailed()).isTrue();
    assertThat(failed.failureReason().orElse(null)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "error, GenerationFailed, The image has no face, failed: The image has no face (GenerationFailed)",
    "Failed, , No face, failed: No face",
    "error, Bad, , failed: Bad",
    "error, , , failed with status error",
    "canceled, Bad, No face, failed with status canceled: No face (Bad)",
    "timed_out, , , failed with status timed_out",
  })
  void failureSaysEachThingOnce(String status, String name, String message, String text) {
    VideoGenerationResponse response = new VideoGenerationResponse().id("abc").status(status);
    VideoGeneration failed =
        VideoGeneration.of(response.error(new GenerationError().name(name).message(message)));

    assertThat(new GenerationFailedException(failed)).hasMessage("generation abc " + text);
    assertThat(failed.error()).contains(new GenerationError().name(name).message(message));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5",
    "560000, 560000",
    "1e7, 10000000",
    "1e12, 1000000000000",
    "NaN, ",
    "Infinity, ",
    "-1, ",
    "1e13, ",
    "1e-7, "
  })
  void creditsAreExactAndFinite(double credits, BigDecimal shown) {
    VideoGeneration generation = VideoGeneration.of(completed().meta(meta(credits)), "{}", null);

    assertThat(generation.creditsUsed().orElse(null)).isEqualTo(shown);
  }

  static Stream<VideoGeneration> others() {
    return Stream.of(
        VideoGeneration.of(completed().id("other")),
        VideoGeneration.of(completed().status("succeeded")),
        VideoGeneration.of(completed().video(new VideoFile().url("https://a/c.mp4"))),
        VideoGeneration.of(completed().video(new VideoFile().url("https://a/b.mp4").fileSize(1L))),
        VideoGeneration.of(completed().error(new GenerationError().message("why"))),
        VideoGeneration.of(completed().meta(meta(1))),
        VideoGeneration.of(completed(), "{}", null),
        VideoGeneration.of(completed(), VideoGeneration.of(completed()).json(), "mine"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void equalsComparesAllValues(VideoGeneration other) {
    VideoGeneration generation = VideoGeneration.of(completed());

    assertThat(generation).isEqualTo(VideoGeneration.of(completed()));
    assertThat(generation).hasSameHashCodeAs(VideoGeneration.of(completed()));
    assertThat(generation).isNotEqualTo(other);
  }

  @Test
  void generationCanBeMadeForATest() {
    VideoGeneration completed = VideoGeneration.of("abc", "completed", "https://a/b.mp4");
    VideoGeneration running = VideoGeneration.of("abc", "generating", null);

    assertThat(completed.isCompleted()).isTrue();
    assertThat(completed.videoUrl()).contains("https://a/b.mp4");
    assertThat(completed).isEqualTo(VideoGeneration.of("abc", "completed", "https://a/b.mp4"));
    assertThat(running.videoUrl()).isEmpty();
    assertThat(running).isNotEqualTo(completed);
  }

  @Test
  void toStringIsIdStatusAndReason() {
    VideoGenerationResponse failed = new VideoGenerationResponse().id("abc").status("error");
    failed.error(new GenerationError().name("Bad").message("No\nface"));

    assertThat(VideoGeneration.of(failed)).hasToString("abc error: Bad: No face");
    assertThat(VideoGeneration.of(completed())).hasToString("abc completed");
    assertThat(VideoGeneration.of(new VideoGenerationResponse().id("abc")))
        .hasToString("abc (not polled)");
  }

  @Test
  void costIsInDollarsAndCredits() {
    GenerationUsage usage = new GenerationUsage().usdSpent(new BigDecimal("0.28"));
    VideoGenerationResponse both = completed().meta(meta(560_001));
    both.getMeta().getUsage().usdSpent(new BigDecimal("0.280"));

    assertThat(VideoGeneration.of(completed()).cost()).contains(cost("0.28", "560000"));
    assertThat(VideoGeneration.of(completed().meta(new GenerationMeta().usage(usage))).cost())
        .contains(cost("0.28", "560000"));
    assertThat(VideoGeneration.of(both).cost()).contains(cost("0.28", "560001"));
    assertThat(VideoGeneration.of("abc", "completed", null).cost()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.01", "500001", "1e-30"})
  void dollarsThatMakeNoSenseAreNotTold(BigDecimal usd) {
    GenerationUsage usage = new GenerationUsage().usdSpent(usd);

    assertThat(VideoGeneration.of(completed().meta(new GenerationMeta().usage(usage))).cost())
        .isEmpty();
  }

  private static Cost cost(String usd, String credits) {
    return new Cost(new BigDecimal(usd), new BigDecimal(credits));
  }

  private static VideoGenerationResponse completed() {
    return new VideoGenerationResponse()
        .id("abc")
        .status("completed")
        .video(new VideoFile().url("https://a/b.mp4"))
        .meta(meta(560_000));
  }

  private static GenerationMeta meta(double credits) {
    return new GenerationMeta().usage(new GenerationUsage().creditsUsed(credits));
  }
}
