package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON of scripts, for programs in other languages. */
class ScriptFormatIT {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          [                           | a script must be JSON
          []                          | a script must be a JSON object: []
          {'video': 1}                | unknown property video; a script has states, end, latency, create, polls, downloads, cost, charges
          {'states': {}}              | states must be a list: {}
          {'states': [null]}          | a state must have a status and seconds: null
          {'states': [{'status': 'queued'}]} | a state must have a status and seconds: {'status':'queued'}
          {'end': {'status': 'maybe'}} | end must have the status completed, succeeded, success, complete, done, finished, error, failed, cancelled, canceled, aborted, rejected, expired, timeout or timed_out: {'status':'maybe'}
          {'end': {'status': 'error', 'error': 'no'}} | the error of end must be an object: 'no'
          {'latency': -1}             | latency must be a number of seconds: -1
          {'cost': '1'}               | cost must be US dollars: '1'
          {'charges': 2}              | charges must be a list: 2
          {'charges': [{'after': -1}]} | a charge has seconds in after and US dollars in usd: {'after':-1}
          {'polls': {}}               | polls must be a list of errors: {}
          {'polls': [{'error': 'request lost'}]} | unknown error in polls: {'error':'request lost'}; use rejected, truncated, garbled
          {'polls': [{'error': 'truncated', 'times': 0}]} | times must be 1 or more: {'error':'truncated','times':0}
          {'create': [{'error': 'rejected', 'status': 200}]} | status must be from 400 to 599: {'error':'rejected','status':200}
          {'create': [{'error': 'rejected', 'status': 429, 'retryAfter': 0.5}]} | retryAfter must be whole seconds: {'error':'rejected','status':429,'retryAfter':0.5}
          """)
  void reportsWhatIsWrong(String script, String violation) throws IOException {
    try (Response response = post(script)) {
      assertThat(response.code()).isEqualTo(400);
      assertThat(response.body().string()).isEqualTo(violation.replace('\'', '"') + "\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          [                           | an account must be JSON
          []                          | an account must be a JSON object: []
          {'credit': 1}               | unknown property credit; an account has balance, prices, clock, ledgerEnds, catalog, billing, ledger, nextPages, logs
          {'balance': -1}             | balance must be US dollars: -1
          {'prices': []}              | prices must be an object: []
          {'clock': '1h'}             | clock must be a number of seconds: '1h'
          {'ledgerEnds': 0.5}         | ledgerEnds must be a number of entries: 0.5
          {'logs': [{'error': 'response lost'}]} | unknown error in logs: {'error':'response lost'}; use rejected, truncated, garbled, delayed
          {'logs': [{'error': 'delayed'}]} | a delay must have seconds: {'error':'delayed'}
          """)
  void reportsWhatIsWrongWithAnAccount(String account, String violation) throws IOException {
    try (Response response = send("PUT", "/mock/account", account)) {
      assertThat(response.code()).isEqualTo(400);
      assertThat(response.body().string()).isEqualTo(violation.replace('\'', '"') + "\n");
    }
  }

  /** The client knows the same words, as both read the contract. */
  static Stream<String> terminalWords() {
    return Stream.concat(
        VideoGenerationResponse.COMPLETED.stream(), VideoGenerationResponse.FAILED.stream());
  }

  @ParameterizedTest
  @MethodSource("terminalWords")
  void endsWithAnyTerminalWordOfTheContract(String word) throws IOException {
    try (Response response = post("{'end': {'status': '" + word + "'}}")) {
      assertThat(response.code()).isEqualTo(204);
    }

    try (VideoClient client = VideoClient.builder().baseUrl(mock.baseUrl()).apiKey("any").build()) {
      VideoGeneration created =
          client.create(
              new KlingVideoV1StandardImageToVideoRequest().imageUrl(Image.url("https://a/b")));
      VideoGeneration ended = client.get(created.id());

      assertThat(ended.status()).isEqualTo(word);
      assertThat(ended.isCompleted()).isEqualTo(VideoGenerationResponse.COMPLETED.contains(word));
      assertThat(ended.isFailed()).isNotEqualTo(ended.isCompleted());
      assertThat(ended.videoUrl().isPresent()).isEqualTo(ended.isCompleted());
    }
  }

  private static Response post(String script) throws IOException {
    return send("POST", "/mock/scripts", script);
  }

  private static Response send(String method, String path, String json) throws IOException {
    Request request =
        new Request.Builder()
            .url(mock.baseUrl() + path)
            .method(method, RequestBody.create(json.replace('\'', '"'), null))
            .build();
    return new OkHttpClient().newCall(request).execute();
  }
}
