package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The mock holds requests about the account against the contract, and against the vendor's rules.
 */
class AccountContractIT {
  private static final String LEDGER = "/v2/billing/transactions";
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  /** Where Prism cannot compile a schema, it silently accepts everything. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit=many                | limit
          limit=0                   | limit
          limit=101                 | limit
          from=yesterday            | from
          from=2026-01-20T00:00:00  | from
          to=2026-01-20             | to
          direction=DOWN            | direction
          type=model_usage          | type
          offset=50                 | offset
          from=2026-01-20T00:00:00Z&to=2026-01-20T00:00:00Z | to
          """)
  void wrongParameterOfTheLedgerIsRefused(String query, String parameter) throws IOException {
    assertRefused(LEDGER + "?" + query, parameter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit=many                | limit
          offset=-1                 | offset
          status=done               | status
          period=1w                 | period
          period=93d                | period
          start=2026-01-20          | start
          start=2026-01-20T00:00:00Z | end
          end=2026-01-20T00:00:00Z  | start
          start=2026-01-20T00:00:00Z&end=2026-01-19T00:00:00Z | end
          start=2026-01-01T00:00:00Z&end=2026-05-01T00:00:00Z | start
          period=24h&start=2026-01-20T00:00:00Z&end=2026-01-21T00:00:00Z | period
          """)
  void wrongParameterOfTheLogsIsRefused(String query, String parameter) throws IOException {
    assertRefused("/v2/logs?" + query, parameter);
  }

  private static void assertRefused(String path, String parameter) throws IOException {
    try (Response response = get(path, "Bearer any")) {
      assertThat(response.code()).isEqualTo(400);
      assertThat(response.header("sl-violations"))
          .contains("\"location\":[\"request\",\"query\",\"" + parameter + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    LEDGER + ", 401",
    "/v2/billing, 401",
    "/v2/logs, 401",
    "/v1/models, 200",
    "/model/openai/gpt-4o, 200",
  })
  void onlyTheCatalogueNeedsNoKey(String path, int status) throws IOException {
    try (Response response = get(path, "")) {
      assertThat(response.code()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BALANCE, /v2/billing, 403, Management keys cannot access this resource",
    "LEDGER, " + LEDGER + ", 403, Management keys cannot access this resource",
    "NEXT_PAGES, " + LEDGER + "?cursor=any, 400, Invalid cursor",
    "CATALOG, /model/openai/gpt-4o, 404, Model not found",
    "LOGS, /v2/logs, 429, Too many requests",
  })
  void scriptedErrorHasTheBodyOfTheContract(
      AccountScript.Endpoint endpoint, String path, int status, String message) throws IOException {
    mock.useAccount(AccountScript.standard().reject(endpoint, status, 1));

    try (Response response = get(path, "Bearer any")) {
      assertThat(response.code()).isEqualTo(status);
      assertThat(response.body().string()).contains("\"message\":\"" + message + "\"");
    }
  }

  @Test
  void dateIsThatOfTheServersClock() throws IOException {
    mock.useAccount(AccountScript.standard().clock(Duration.ofDays(2)));

    try (Response response = get("/v1/models", "")) {
      assertThat(response.headers().getInstant("Date"))
          .isAfter(Instant.now().plus(Duration.ofDays(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/v2/billing", LEDGER, "/v2/logs"})
  void callerCanChooseAnError(String path) throws IOException {
    Request request = request(path, "Bearer any").header("Prefer", "code=502").build();

    try (Response response = new OkHttpClient().newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(502);
    }
  }

  private static Response get(String path, String key) throws IOException {
    return new OkHttpClient().newCall(request(path, key).build()).execute();
  }

  private static Request.Builder request(String path, String key) {
    Request.Builder request = new Request.Builder().url(mock.baseUrl() + path);
    return key.isEmpty() ? request : request.header("Authorization", key);
  }
}
