package io.github.aimlvideo.catalog;

import io.github.aimlvideo.VideoRequest;
import java.util.List;
import java.util.Optional;

/**
 * The video models of the vendor's catalogue at one moment. Immutable; its methods send nothing.
 * {@link io.github.aimlvideo.VideoClient#catalog} brings the present one.
 */
public interface Catalog {
  /** All video models, in the vendor's order. */
  List<CatalogModel> models();

  /**
   * The models with a capability.
   *
   * @param capability such as {@code image_to_video}, in any case
   */
  default List<CatalogModel> withCapability(String capability) {
    return models().stream().filter(model -> model.can(capability)).toList();
  }

  /** The model with this id or alias, in any case; empty if there is none. */
  Optional<CatalogModel> find(String nameOrAlias);

  /** Ids and aliases that resemble a name, the nearest first; at most three, or none. */
  List<String> nearest(String name);

  /**
   * What a request costs, by the prices of this catalogue. Where that is not certain, the quote
   * says so.
   *
   * @param request of a generated class, or untyped
   */
  Quote quote(VideoRequest request);
}
