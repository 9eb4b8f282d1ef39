package io.github.aimlvideo.testing;

import org.junit.jupiter.api.AfterEach;

class FakeAccountTest extends AbstractAccountTest {
  private final FakeVideoClient fake = FakeVideoClient.create();
  private final Backend backend = Backend.of(fake);

  @AfterEach
  void close() {
    fake.close();
  }

  @Override
  Backend backend() {
    return backend;
  }
}
