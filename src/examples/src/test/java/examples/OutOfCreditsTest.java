package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.AccountScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account with credits for one video. */
class OutOfCreditsTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Test
  void theSecondVideoIsRefused() {
    // begin script
    mock.useAccount(
        AccountScript.standard()
            .balance(new BigDecimal("0.50"))
            .reject(AccountScript.Endpoint.CATALOG, 503, 1));
    // end script
    var request =
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.url("https://example.com/fox.jpg"));

    try (VideoClient client = mock.clientBuilder().build()) {
      client.generate(request);
      var refusal = catchThrowableOfType(ApiException.class, () -> client.generate(request));

      assertThat(refusal.status()).isEqualTo(403);
      assertThat(mock.creates()).hasSize(1);
    }
  }
}
