package io.github.aimlvideo.testing;

import org.junit.jupiter.api.extension.RegisterExtension;

class AccountIT extends AbstractAccountTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Override
  Backend backend() {
    return Backend.of(mock);
  }
}
