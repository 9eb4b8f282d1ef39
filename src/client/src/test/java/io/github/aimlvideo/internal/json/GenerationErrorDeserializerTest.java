package io.github.aimlvideo.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.model.GenerationError;
import io.github.aimlvideo.model.VideoGenerationResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes of a generation's error that have been seen in real responses. */
class GenerationErrorDeserializerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'Bad','message':'No face'} | Bad | No face",
        "'No face' | | No face",
        "{'detail':'No face'} | | No face",
        "{'detail':[{'loc':['a'],'msg':'No face','type':'x'}]} | | No face",
        "{'detail':[{'msg':'No face'},3,{'msg':''},{'msg':'No eyes'}]} | | No face; No eyes",
        "{'name':'Bad','detail':[{'msg':'No face'}]} | Bad | No face",
        "{'message':' ','detail':'No face'} | | No face",
        "{'message':'No face','detail':'other'} | | No face",
        "{'message':5} | | 5",
      })
  void errorHasNameAndMessage(String json, String name, String message) {
    GenerationError error = error(json);

    assertThat(error.getName()).isEqualTo(name);
    assertThat(error.getMessage()).isEqualTo(message);
  }

  @Test
  void absentErrorIsNull() {
    assertThat(error("null")).isNull();
  }

  private static GenerationError error(String json) {
    return Json.RESPONSES
        .fromJson("{'error':" + json + "}", VideoGenerationResponse.class)
        .getError();
  }
}
