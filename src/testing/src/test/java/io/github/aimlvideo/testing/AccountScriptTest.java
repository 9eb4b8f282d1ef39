package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonObject;
import io.github.aimlvideo.testing.AccountScript.Endpoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccountScriptTest {
  private static final AccountScript STANDARD = AccountScript.standard();

  static Stream<Arguments> invalidCalls() {
    Duration negative = Duration.ofSeconds(-1);
    return Stream.of(
        invalid("balance < 0: -0.01", script -> script.balance(new BigDecimal("-0.01"))),
        invalid("entries < 0: -1", script -> script.endLedgerAfter(-1)),
        invalid("delay < 0: PT-1S", script -> script.delay(Endpoint.CATALOG, negative, 1)),
        invalid(
            "status must be from 400 to 599: 304", script -> script.reject(Endpoint.LOGS, 304, 1)),
        invalid("times < 1: 0", script -> script.garble(Endpoint.BALANCE, 0)),
        invalid("times < 1: 0", script -> script.truncate(Endpoint.LEDGER, 0)));
  }

  private static Arguments invalid(String message, UnaryOperator<AccountScript> call) {
    return arguments(message, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidCalls")
  void rejectsInvalidArguments(String message, UnaryOperator<AccountScript> call) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call.apply(STANDARD))
        .withMessage(message);
  }

  @Test
  void isImmutableAndComparable() {
    JsonObject pricing = new JsonObject();
    AccountScript script = STANDARD.balance(new BigDecimal("0.10")).price("a/b", pricing);
    pricing.addProperty("kind", "variable");

    assertThat(STANDARD).hasToString("{}");
    assertThat(script)
        .isEqualTo(STANDARD.balance(new BigDecimal("0.10")).price("a/b", new JsonObject()))
        .isNotEqualTo(STANDARD)
        .hasToString("{\"balance\":0.10,\"prices\":{\"a/b\":{}}}");
  }

  @Test
  void removedPriceIsSentAsNull() {
    assertThat(STANDARD.withoutPrice("a/b")).hasToString("{\"prices\":{\"a/b\":null}}");
  }
}
