package examples.spring;

import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A service that generates videos. It has one client, which Spring closes. */
@SpringBootApplication
public class VideoApplication {
  public static void main(String[] args) {
    SpringApplication.run(VideoApplication.class, args);
  }

  // begin bean
  @Bean
  VideoClient videoClient(
      @Value("${aiml.base-url:https://api.aimlapi.com}") String baseUrl,
      @Value("${aiml.api-key}") String apiKey) {
    return VideoClient.builder()
        .baseUrl(baseUrl)
        .apiKey(apiKey)
        .retryPolicy(new RetryPolicy(2, Duration.ofSeconds(1), 2, Duration.ofSeconds(2)))
        .recoveryTimeout(Duration.ZERO) // no log search: create returns within seconds
        .build();
  }
  // end bean
}
