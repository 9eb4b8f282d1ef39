package io.github.aimlvideo.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model of the vendor's catalogue. What the server left out is empty.
 *
 * @param id such as {@code kling-video/v1/standard/image-to-video}
 * @param aliases its other names
 * @param name its name for people
 * @param developer its maker
 * @param description what it does
 * @param tags the vendor's tags
 * @param inputModalities what it takes, such as {@code image}
 * @param outputModalities what it returns, such as {@code video}
 * @param capabilities such as {@code image_to_video}
 * @param pricing what it costs
 * @param docsJson the address of its OpenAPI document
 * @param hasRequestClass whether {@link io.github.aimlvideo.model} has a class for its requests
 */
public record CatalogModel(
    String id,
    List<String> aliases,
    Optional<String> name,
    Optional<String> developer,
    Optional<String> description,
    List<String> tags,
    List<String> inputModalities,
    List<String> outputModalities,
    List<String> capabilities,
    Pricing pricing,
    Optional<String> docsJson,
    boolean hasRequestClass) {
  /** A model with copies of the lists. */
  public CatalogModel {
    Objects.requireNonNull(id, "id");
    aliases = List.copyOf(aliases);
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(developer, "developer");
    Objects.requireNonNull(description, "description");
    tags = List.copyOf(tags);
    inputModalities = List.copyOf(inputModalities);
    outputModalities = List.copyOf(outputModalities);
    capabilities = List.copyOf(capabilities);
    Objects.requireNonNull(pricing, "pricing");
    Objects.requireNonNull(docsJson, "docsJson");
  }

  /** Whether it has a capability, in any case. */
  public boolean can(String capability) {
    return capabilities.stream().anyMatch(capability::equalsIgnoreCase);
  }

  /** Whether a name is its id or one of its aliases, in any case. */
  public boolean isNamed(String nameOrAlias) {
    return id.equalsIgnoreCase(nameOrAlias)
        || aliases.stream().anyMatch(nameOrAlias::equalsIgnoreCase);
  }
}
