package examples.springbatch;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchListener;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.VideoBatch;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * A service with a batch in its PostgreSQL database. Each instance of the service is a worker: they
 * share the rows and the limits, and a restart loses nothing.
 */
@SpringBootApplication
public class BatchApplication {
  public static void main(String[] args) {
    SpringApplication.run(BatchApplication.class, args);
  }

  @Bean
  VideoClient videoClient(
      @Value("${aiml.base-url:https://api.aimlapi.com}") String baseUrl,
      @Value("${aiml.api-key}") String apiKey) {
    return VideoClient.builder()
        .baseUrl(baseUrl)
        .apiKey(apiKey)
        .recoveryTimeout(Duration.ZERO) // the batch searches the logs
        .build();
  }

  // begin bean
  @Bean(initMethod = "start") // Spring closes it before its DataSource
  VideoBatch videoBatch(
      DataSource dataSource,
      VideoClient client,
      BatchListener listener,
      @Value("${videos.folder}") Path folder) {
    return VideoBatch.on(dataSource)
        .client(client)
        .folder(folder)
        .maxInFlight(50) // over all instances
        .listener(listener)
        .build();
  }

  @Bean
  BatchListener batchListener(ApplicationEventPublisher events) {
    return new BatchListener() {
      @Override
      public void onRow(BatchRow row) {
        events.publishEvent(row); // for every @EventListener that takes a BatchRow
      }
    };
  }
  // end bean
}
