package io.github.aimlvideo.cli.batch.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.batch.RowResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainReasonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generation a1:b failed: Content flagged (ContentPolicyViolation) | Content flagged",
        "generation a1:b failed with status error: Content flagged | Content flagged",
        "generation a1:b failed with status expired | The generation failed with status expired",
        "generation a1:b failed | The generation failed",
        "generation a1:b is still running after 16 min | The generation is still running after 16 min",
        "cannot poll generation a1:b: no route to host | Cannot poll the generation: no route to host",
        "nothing was created: POST /v2/video/generations returned 400: prompt: Required (request id 7)"
            + " | The server rejected the request: prompt: Required",
        "POST /v2/video/generations returned 401 | The server refused the API key",
        "POST /v2/video/generations returned 503 (request id 7) | The server had an error",
        "POST /v2/video/generations returned 418: tea | The server returned 418: tea",
        "unknown whether the create was accepted (closed); not repeated (client request id c3)"
            + " | Unknown whether the create was accepted (closed); not repeated",
        "no video in the file (44 bytes) | No video in the file (44 bytes)",
        "ǆ | ǅ",
        "𐐨 | 𐐀",
      })
  void idsAndProtocolAreLeftOut(String reason, String plain) {
    RowResult row =
        new RowResult("boat", "failed", null, null, null, null, null, "a1:b", "c3", reason);

    assertThat(PlainReason.of(row)).isEqualTo(plain);
  }

  @Test
  void rowWithoutVideoAndReasonHasARemark() {
    assertThat(PlainReason.of(RowResults.bare("boat", "failed"))).isEqualTo("No reason is known");
    assertThat(PlainReason.of(RowResults.bare("boat", "unsent"))).isNull();
    assertThat(PlainReason.of(RowResults.completed("boat", null, "boat.mp4"))).isNull();
  }

  @Test
  void otherIdsStay() {
    assertThat(PlainReason.of(RowResults.failed("boat", null, null, "generation null failed: x")))
        .isEqualTo("Generation null failed: x");
  }
}
