package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.aimlvideo.UntypedVideoRequest;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code openapi/forms.json}, which {@code scripts/regenerate} writes. */
class FormsTest {
  @Test
  void thePropertiesOfEachFormAreThoseOfTheGeneratedClass() throws Exception {
    List<String> violations = new ArrayList<>();
    JsonObject models = forms().getAsJsonObject("models");
    for (String model : models.keySet()) {
      UntypedVideoRequest request = new UntypedVideoRequest(model).with("no such property", "");
      JsonObject properties = models.getAsJsonObject(model).getAsJsonObject("properties");
      for (String name : properties.keySet()) request = request.with(name, "");
      violations.addAll(request.violations());
    }

    assertThat(violations.stream().filter(each -> each.contains(" is not a property ")))
        .hasSameSizeAs(models.keySet())
        .allSatisfy(each -> assertThat(each).startsWith("no such property "));
  }

  private static JsonObject forms() throws Exception {
    try (InputStream forms = FormsTest.class.getResourceAsStream("forms.json")) {
      assertThat(forms).isNotNull();
      InputStreamReader reader = new InputStreamReader(forms, StandardCharsets.UTF_8);
      return JsonParser.parseReader(reader).getAsJsonObject();
    }
  }
}
