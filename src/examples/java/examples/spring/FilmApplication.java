package examples.spring;

import io.github.aimlvideo.VideoClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A service that makes films; one client for all of it, closed when the service ends. */
@SpringBootApplication
public class FilmApplication {
  public static void main(String[] args) {
    SpringApplication.run(FilmApplication.class, args);
  }

  // begin bean
  @Bean
  VideoClient videoClient(
      @Value("${aiml.base-url:https://api.aimlapi.com}") String baseUrl,
      @Value("${aiml.api-key}") String apiKey) {
    return VideoClient.builder().baseUrl(baseUrl).apiKey(apiKey).build();
  }
  // end bean
}
