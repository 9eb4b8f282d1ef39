package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.batch.PostgresServer;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static Optional<String> timeout(Session session) throws SQLException {
    return session.first("show idle_in_transaction_session_timeout", row -> row.getString(1));
  }

  @Test
  void onlyATransactionThatLocksEndsWhenItsProcessIsFrozen() {
    try (HikariDataSource source = PostgresServer.shared()) {
      Database database = Database.open(source, null);

      Optional<String> locking =
          database.transaction(
              session -> {
                session.list("select 1" + session.endIfIdle(), row -> row.getInt(1));
                return timeout(session);
              });

      assertThat(locking).contains("30s");
      assertThat(database.transaction(SessionTest::timeout)).contains("0");
    }
  }
}
