package io.github.aimlvideo.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.catalog.CatalogModel;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.fixture.Mock;
import io.github.aimlvideo.fixture.Samples;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that catalogue, ledger and logs follow the contract, with Prism as the server. */
class AccountContractIT {
  private static final OkHttpClient HTTP = new OkHttpClient();
  private static final Instant FROM = Instant.parse("2026-01-20T00:00:00Z");

  @AfterAll
  static void stop() {
    HTTP.dispatcher().executorService().shutdown();
    HTTP.connectionPool().evictAll();
  }

  /** Where Prism cannot compile the schema of a parameter, it silently accepts everything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/billing/transactions?from=yesterday",
        "/v2/billing/transactions?to=2026-01-20",
        "/v2/billing/transactions?direction=UP",
        "/v2/billing/transactions?type=GIFT",
        "/v2/billing/transactions?limit=0",
        "/v2/billing/transactions?limit=101",
        "/v2/billing/transactions?limit=many",
        "/v2/logs?period=24x",
        "/v2/logs?start=yesterday&end=today",
        "/v2/logs?status=odd",
        "/v2/logs?limit=many",
        "/v2/logs?offset=-1",
      })
  void wrongParameterIsRefused(String target) throws IOException {
    try (Response response = HTTP.newCall(request(target).build()).execute()) {
      assertThat(response.code()).as(target).isEqualTo(400);
      assertThat(response.header("sl-violations")).contains("\"location\":[\"request\",\"query\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/billing", "/v2/billing/transactions", "/v2/logs?period=24h"})
  void keyIsRequired(String target) throws IOException {
    Request request = request(target).removeHeader("Authorization").build();
    try (Response response = HTTP.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(401);
    }
  }

  @Test
  void catalogIsReadWithoutAKey() {
    try (VideoClient client = preferring("example=videoModels")) {
      List<CatalogModel> models = client.catalog().models();
      Quote quote = client.quote(Samples.minimal());

      assertThat(models).hasSize(3);
      assertThat(models.get(0).hasRequestClass()).isTrue();
      assertThat(quote).hasToString("$0.28 (560000 credits)");
      assertThat(client.quote(new UntypedVideoRequest("vendor/model-latest")).isKnown()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"unknownPricing, 1", "noModels, 0"})
  void everyCatalogIsRead(String example, int models) {
    try (VideoClient client = preferring("example=" + example)) {
      assertThat(client.catalog().models()).hasSize(models);
    }
  }

  @ParameterizedTest
  @CsvSource({"balance, 41.72 USD", "empty, 0 USD"})
  void everyBalanceIsRead(String example, String shown) {
    try (VideoClient client = preferring("example=" + example)) {
      assertThat(client.account().balance()).hasToString(shown);
    }
  }

  @ParameterizedTest
  @CsvSource({"lastPage, 1", "noTransactions, 0"})
  void everyLastPageOfTheLedgerIsRead(String example, int size) {
    try (VideoClient client = preferring("example=" + example)) {
      List<Transaction> transactions = client.account().transactions(FROM, FROM.plusSeconds(1));

      assertThat(transactions).hasSize(size);
      assertThat(client.account().charges(FROM, null)).hasSize(size);
    }
  }

  /** The example is the same for each page, so its cursor repeats. */
  @Test
  void cursorOfTheExampleIsSent() {
    try (VideoClient client = preferring("example=charges")) {
      var thrown =
          catchThrowableOfType(ApiException.class, () -> client.account().transactions(FROM, null));

      assertThat(thrown).hasMessageContaining("4 entries: a cursor repeats");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, refusedCursor",
    "400, unknownParameter",
    "401, invalidKey",
    "403, managementKey",
    "429, tooManyRequests",
    "503, serviceUnavailable",
  })
  void everyErrorOfTheLedgerIsRead(int status, String example) {
    try (VideoClient client = preferring("code=" + status + ", example=" + example)) {
      var thrown =
          catchThrowableOfType(ApiException.class, () -> client.account().charges(FROM, null));

      assertThat(thrown.status()).isEqualTo(status);
      assertThat(thrown.error()).isPresent();
    }
  }

  /** Prism alone has the same id in both examples. */
  @Test
  void logsHaveTheCreates() {
    try (VideoClient client = client(HTTP)) {
      VideoGeneration created = client.create(Samples.minimal());

      assertThat(client.account().logs(LogQuery.last(Duration.ofHours(24))))
          .extracting(LoggedRequest::id)
          .contains(Optional.of(created.id()));
    }
  }

  private static Request.Builder request(String target) {
    return new Request.Builder()
        .url(Mock.prismUrl() + target)
        .header("Authorization", "Bearer key");
  }

  private static VideoClient preferring(String prefer) {
    OkHttpClient http =
        HTTP.newBuilder()
            .addInterceptor(
                chain ->
                    chain.proceed(chain.request().newBuilder().header("Prefer", prefer).build()))
            .build();
    return client(http);
  }

  private static VideoClient client(OkHttpClient http) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(Mock.prismUrl())
        .httpClient(http)
        .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .build();
  }
}
