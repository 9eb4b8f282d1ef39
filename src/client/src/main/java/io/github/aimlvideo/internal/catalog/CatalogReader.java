package io.github.aimlvideo.internal.catalog;

import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.internal.catalog.CatalogFile.Version;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.ReadOperation;
import io.github.aimlvideo.model.ModelsResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue. The last one stays in memory, and in a folder if there is one; the server is
 * asked each time whether it has changed. Safe for use by several threads.
 */
public final class CatalogReader {
  private static final List<String> SECTIONS = List.of("pricing", "modalities", "capabilities");

  private final OperationContext context;
  private final ApiHttp api;
  private final @Nullable CatalogFile file;
  private volatile @Nullable Version last;

  /** Reads the catalogue of this API. */
  public CatalogReader(OperationContext context, ApiHttp api) {
    this.context = context;
    this.api = api;
    Path folder = context.config().cacheDirectory();
    this.file = folder == null ? null : new CatalogFile(folder, context.config().baseUrl());
  }

  /**
   * The present catalogue.
   *
   * @throws io.github.aimlvideo.ApiException if it cannot be read
   */
  public Catalog read() {
    Version known = last != null || file == null ? last : file.read().orElse(null);
    String etag = known == null ? null : known.etag();
    ApiResponse<ModelsResponse> response =
        ReadOperation.await(
            context,
            "reading the catalogue",
            () ->
                api.read(
                    api.models()
                        .listModels(
                            SECTIONS,
                            null,
                            List.of(CatalogModels.VIDEO),
                            null,
                            null,
                            null,
                            null,
                            null,
                            etag)),
            read -> known != null && read.status() == 304 || read.has(ModelsResponse::getData),
            Duration.ZERO);
    if (known == null || response.status() != 304) return received(response);
    last = known;
    return known.catalog();
  }

  private Catalog received(ApiResponse<ModelsResponse> response) {
    ModelsResponse body = Objects.requireNonNull(response.body(), "a catalogue");
    Catalog catalog = CatalogModels.of(body);
    String etag = response.header("ETag").orElse(null);
    last = etag == null ? null : new Version(etag, catalog);
    if (etag != null && file != null) file.write(etag, response.text());
    return catalog;
  }
}
