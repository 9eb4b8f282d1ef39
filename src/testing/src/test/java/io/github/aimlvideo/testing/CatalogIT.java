package io.github.aimlvideo.testing;

import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogIT extends AbstractCatalogTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Override
  Backend backend() {
    return Backend.of(mock);
  }
}
