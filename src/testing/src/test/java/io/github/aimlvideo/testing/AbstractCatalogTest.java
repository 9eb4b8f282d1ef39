package io.github.aimlvideo.testing;

import static io.github.aimlvideo.testing.Backend.KLING;
import static io.github.aimlvideo.testing.Backend.json;
import static io.github.aimlvideo.testing.Backend.kling;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.aimlvideo.UntypedVideoRequest;
import java.io.IOException;
import java.util.stream.Stream;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue, whose prices are what creates cost. */
abstract class AbstractCatalogTest {
  abstract Backend backend();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id=gpt-4O                               | openai/gpt-4o",
        "id=gpt-4o,hailuo-02                     | minimax/hailuo-02 openai/gpt-4o",
        "id=gpt-4o&id=hailuo-02                  | minimax/hailuo-02 openai/gpt-4o",
        "id=gpt-4o&capabilities=image_to_video   | ''",
        "type=Chat-Completion                    | openai/gpt-4o",
        "tags=new                                | minimax/hailuo-02",
        "capabilities=Image_To_Video             | " + KLING + " minimax/hailuo-02",
        "input_modalities=image&modalities=video | " + KLING + " minimax/hailuo-02",
        "output_modalities=text                  | openai/gpt-4o",
        "id=no-such-model                        | ''",
      })
  void hasFilters(String query, String ids) throws IOException {
    assertThat(backend().list("/v1/models?" + query))
        .map(model -> model.get("id").getAsString())
        .containsExactly(
            Stream.of(ids.split(" ")).filter(id -> !id.isEmpty()).toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "?include=pricing, true, false",
    "'?include=pricing,nonsense', true, false",
    "?include=modalities&include=pricing, true, true",
    "?include=ALL, true, true",
  })
  void includesOptionalSections(String query, boolean pricing, boolean modalities)
      throws IOException {
    JsonObject model = backend().list("/v1/models" + query).get(0);

    assertThat(model.has("pricing")).isEqualTo(pricing);
    assertThat(model.has("modalities")).isEqualTo(modalities);
  }

  @ParameterizedTest
  @CsvSource({KLING + ", 200", "klingai/v1-standard-image-to-video, 200", "kling-video, 404"})
  void findsAModelByItsName(String name, int status) throws IOException {
    assertThat(backend().status("/model/" + name)).isEqualTo(status);
  }

  @Test
  void modelHasAllSections() throws IOException {
    assertThat(model().get("id").getAsString()).isEqualTo(KLING);
    assertThat(model().keySet()).contains("pricing", "modalities", "capabilities");
  }

  @ParameterizedTest
  @CsvSource({"/v1/models?include=pricing", "/model/" + KLING})
  void etagChangesWithTheContent(String path) throws IOException {
    String etag;
    try (Response response = backend().get(path, "")) {
      etag = response.header("ETag");
    }
    assertThat(status(path, etag)).isEqualTo(304);

    backend().use(AccountScript.standard().withoutPrice(KLING));

    assertThat(status(path, etag)).isEqualTo(200);
  }

  private int status(String path, String etag) throws IOException {
    try (Response response = backend().get(path, etag)) {
      return response.code();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        KLING + "                              | {}                                   | 0.28",
        "klingai/v1-standard-image-to-video    | {duration: 10}                       | 0.56",
        "kling-video/v1/standard/text-to-video | {duration: 10}                       | 0.56",
        "minimax/hailuo-02                     | {}                                   | 0.2925",
        "minimax/hailuo-02                     | {resolution: '1080P', duration: 6}   | 0.624",
        "example/variable-price                | {duration: 10}                       | 0.28",
        "vendor/unlisted                       | {}                                   | 0.28",
      },
      quoteCharacter = '"')
  void createCostsThePrice(String model, String parameters, String usd) throws IOException {
    UntypedVideoRequest request =
        new UntypedVideoRequest(model).with("image_url", "https://example.com/a.png");
    for (var each : json(parameters).entrySet()) {
      request = request.with(each.getKey(), each.getValue());
    }

    backend().create(request);

    assertThat(backend().charges()).map(Backend::usd).containsExactly(usd);
  }

  @Test
  void changedPriceIsWhatACreateCosts() throws IOException {
    JsonObject pricing = json("{kind: 'fixed', units: [{name: 'second', price: 0.7, per: 10}]}");
    backend().use(AccountScript.standard().price(KLING, pricing));

    backend().create();

    assertThat(model().get("pricing")).isEqualTo(pricing);
    assertThat(backend().charges()).map(Backend::usd).containsExactly("0.35");
  }

  @Test
  void priceCanBeMissing() throws IOException {
    backend().use(AccountScript.standard().withoutPrice(KLING));

    backend().create();

    assertThat(model().has("pricing")).isFalse();
    assertThat(backend().charges()).map(Backend::usd).containsExactly("0.28");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{kind: 'auction', floor: 3}",
        "{kind: 'fixed'}",
        "{kind: 'fixed', units: []}",
        "{kind: 'fixed', units: [{name: 'second', price: 'low', per: 1}]}",
        "{kind: 'fixed', units: [{name: 'second', price: 1, per: 0}]}",
        "{kind: 'fixed', units: [{name: 'second', price: -1}]}",
        "{kind: 'fixed', units: [{name: 'a', price: 1}, {name: 'b', price: 1}]}",
        "{kind: 'variants', variants: [null]}",
        "{kind: 'variants', variants: [{when: {duration: 10}, price: 1, unit: 'second'}]}",
      })
  void priceCanBeOdd(String pricing) throws IOException {
    backend().use(AccountScript.standard().price(KLING, json(pricing)));

    backend().create(kling().duration(5));

    assertThat(model().get("pricing")).isEqualTo(json(pricing));
    assertThat(backend().charges()).map(Backend::usd).containsExactly("0.28");
  }

  private JsonObject model() throws IOException {
    return backend().body("/model/" + KLING).getAsJsonObject("data");
  }
}
