package io.github.aimlvideo.internal.catalog;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.catalog.CatalogModel;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.internal.validation.RequestConverter;
import io.github.aimlvideo.internal.values.ShortText;
import io.github.aimlvideo.model.ModelEntry;
import io.github.aimlvideo.model.ModelInfo;
import io.github.aimlvideo.model.ModelsResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models of one response. */
record CatalogModels(List<CatalogModel> models) implements Catalog {
  /** The type of video models. */
  static final String VIDEO = "internal/video-generations/submit";

  static CatalogModels of(ModelsResponse response) {
    List<ModelEntry> entries = Objects.requireNonNullElse(response.getData(), List.of());
    return new CatalogModels(
        entries.stream().filter(CatalogModels::isVideo).map(CatalogModels::model).toList());
  }

  /** A server may ignore the filter. */
  private static boolean isVideo(@Nullable ModelEntry entry) {
    if (entry == null || entry.getId() == null || entry.getId().isBlank()) return false;
    return entry.getType() == null || entry.getType().equalsIgnoreCase(VIDEO);
  }

  private static CatalogModel model(ModelEntry entry) {
    ModelInfo info = Objects.requireNonNullElseGet(entry.getInfo(), ModelInfo::new);
    String id = Objects.requireNonNull(entry.getId(), "id");
    List<String> aliases = texts(entry.getAliases());
    return new CatalogModel(
        id,
        aliases,
        text(info.getName()),
        text(info.getDeveloper()),
        text(info.getDescription()),
        texts(entry.getTags()),
        modalities(entry, "input"),
        modalities(entry, "output"),
        texts(entry.getCapabilities()),
        PricingReader.read(entry.getPricing()),
        text(info.getDocsJson()),
        Stream.concat(Stream.of(id), aliases.stream()).anyMatch(RequestConverter::hasClass));
  }

  private static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isBlank());
  }

  private static List<String> texts(@Nullable Collection<?> texts) {
    if (texts == null) return List.of();
    return texts.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  /** The reference does not document their shape: by input and output, it is assumed. */
  private static List<String> modalities(ModelEntry entry, String side) {
    if (!(entry.getModalities() instanceof Map<?, ?> sides)) return List.of();
    return sides.entrySet().stream()
        .filter(each -> String.valueOf(each.getKey()).startsWith(side))
        .filter(each -> each.getValue() instanceof Collection)
        .flatMap(each -> texts((Collection<?>) each.getValue()).stream())
        .toList();
  }

  @Override
  public Optional<CatalogModel> find(String nameOrAlias) {
    String name = nameOrAlias.strip();
    // an id comes before an alias of another model
    return models.stream()
        .filter(model -> model.id().equalsIgnoreCase(name))
        .findFirst()
        .or(() -> models.stream().filter(model -> model.isNamed(name)).findFirst());
  }

  @Override
  public List<String> nearest(String name) {
    return NearestNames.of(
        name, models.stream().flatMap(m -> Stream.concat(Stream.of(m.id()), m.aliases().stream())));
  }

  @Override
  public Quote quote(VideoRequest request) {
    String name = request.getModel();
    return find(name)
        .map(model -> new QuoteCalculator(request, model).quote())
        .orElseGet(() -> Quote.unknown(name, unknownModel(name)));
  }

  private String unknownModel(String name) {
    List<String> nearest = nearest(name);
    String end = nearest.isEmpty() ? "" : "; the nearest: " + String.join(", ", nearest);
    return "the catalogue has no video model " + ShortText.value(name) + end;
  }
}
