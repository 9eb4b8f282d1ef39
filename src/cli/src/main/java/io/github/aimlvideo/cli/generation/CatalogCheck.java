package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.CatalogModel;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.request.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says of a request before it is sent: whether it has the model, and the price.
 * Without a catalogue, or with an odd one, it says less, and the command continues.
 */
final class CatalogCheck {
  private static final Duration IF_NEEDED = Duration.ofSeconds(30);
  private static final Duration IF_HELPFUL = Duration.ofSeconds(3);

  private final VideoRequest request;
  private final @Nullable Catalog catalog;
  private final String reason;
  private final boolean priceNeeded;

  private CatalogCheck(
      VideoRequest request, boolean priceNeeded, @Nullable Catalog catalog, String reason) {
    this.request = request;
    this.catalog = catalog;
    this.reason = reason;
    this.priceNeeded = priceNeeded;
  }

  /**
   * Reads the catalogue if a price is needed, or the contract does not have the model: then the
   * name may be wrong, which costs at most three seconds to find out.
   *
   * @throws ApiException if this thread is interrupted
   */
  static CatalogCheck of(VideoClient client, VideoRequest request, boolean priceNeeded) {
    if (!priceNeeded && !isUntyped(request))
      return new CatalogCheck(request, priceNeeded, null, "");
    Duration limit = priceNeeded ? IF_NEEDED : IF_HELPFUL;
    try {
      Catalog catalog = TimeLimit.within(limit, "the catalogue", client::catalog);
      return new CatalogCheck(request, priceNeeded, catalog, "");
    } catch (ApiException e) {
      if (Thread.currentThread().isInterrupted()) throw e;
      return new CatalogCheck(request, priceNeeded, null, ErrorMessage.reason(e));
    }
  }

  private static boolean isUntyped(VideoRequest request) {
    return request instanceof UntypedVideoRequest;
  }

  /** What a request costs, or why that is not known. */
  Quote quote() {
    if (catalog != null) return catalog.quote(request);
    return Quote.unknown(request.getModel(), "no catalogue: " + reason);
  }

  /**
   * Names a model that the catalogue has by another name, or does not have; that is not repeated if
   * a price is needed, as the quote then says it.
   */
  Optional<String> modelWarning() {
    String model = request.getModel();
    if (catalog == null) {
      return isUntyped(request) ? RequestOptions.similarModel(model) : Optional.empty();
    }
    if (catalog.models().isEmpty()) return Optional.empty();
    Optional<CatalogModel> found = catalog.find(model);
    if (found.isPresent()) return alias(model, found.get());
    if (priceNeeded) return Optional.empty();
    return Optional.of("the catalogue has no model " + model + nearest(catalog, model));
  }

  private static Optional<String> alias(String model, CatalogModel found) {
    if (found.id().equals(model)) return Optional.empty();
    String wayOut = found.hasRequestClass() ? "; by that name the request would be checked" : "";
    return Optional.of("model " + model + " is an alias of " + found.id() + wayOut);
  }

  private static String nearest(Catalog catalog, String model) {
    List<String> names = catalog.nearest(model);
    return names.isEmpty()
        ? "; aiml-video models lists them"
        : "; did you mean " + String.join(" or ", names) + "?";
  }
}
