package io.github.aimlvideo.cli.batch.price;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.BatchPreview;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.Quote;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What rows would cost together, by the catalogue and by what others of their kind have cost.
 *
 * @param rows how many there are
 * @param minimum of those whose price is known
 * @param maximum of those whose price is known
 * @param unknown the names of the others, and why their price is not known
 */
public record Estimate(int rows, Cost minimum, Cost maximum, Map<String, String> unknown) {
  /**
   * Reads the catalogue once.
   *
   * @param batch what earlier creates have cost
   */
  public static Estimate of(
      VideoClient client, BatchPreview batch, Map<String, VideoRequest> rows) {
    Lookup<Catalog> catalog =
        rows.isEmpty() ? Lookup.unknown("") : Lookup.of("the catalogue", client::catalog);
    Cost minimum = Cost.ZERO;
    Cost maximum = Cost.ZERO;
    Map<String, String> unknown = new LinkedHashMap<>();
    for (Map.Entry<String, VideoRequest> row : rows.entrySet()) {
      Quote quote = quote(catalog, row.getValue());
      Optional<Cost> known = batch.knownCost(row.getValue());
      Optional<Cost> most =
          quote.maximum().map(it -> known.filter(cost -> cost.compareTo(it) > 0).orElse(it));
      if (most.or(() -> known).isEmpty()) {
        unknown.put(row.getKey(), quote.explanation());
        continue;
      }
      minimum = minimum.plus(quote.minimum().or(() -> known).orElseThrow());
      maximum = maximum.plus(most.or(() -> known).orElseThrow());
    }
    return new Estimate(rows.size(), minimum, maximum, unknown);
  }

  private static Quote quote(Lookup<Catalog> catalog, VideoRequest request) {
    try {
      return catalog
          .value()
          .map(it -> it.quote(request))
          .orElseGet(
              () ->
                  Quote.unknown(
                      request.getModel(), "the catalogue cannot be read: " + catalog.reason()));
    } catch (RuntimeException e) {
      return Quote.unknown(request.getModel(), "the catalogue has no price: " + e.getMessage());
    }
  }
}
