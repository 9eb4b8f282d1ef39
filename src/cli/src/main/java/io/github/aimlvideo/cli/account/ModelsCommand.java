package io.github.aimlvideo.cli.account;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.catalog.CatalogModel;
import io.github.aimlvideo.cli.ServerOptions;
import io.github.aimlvideo.cli.terminal.Table;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the video models of the catalogue. */
@Command(
    name = "models",
    description = {
      "List the video models of the catalogue with their prices. Needs no key.",
      "CLASS is yes for a model whose requests this version checks before it sends them; others",
      "are sent as they are, with generate --request. On a terminal the rows are in columns, else",
      "each is one line: name, maker, price and class, with tabs between them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 listed, 2 wrong usage, also a capability that no model has,",
      "5 the catalogue cannot be read.",
      "",
      "Examples:",
      "  aiml-video models",
      "  aiml-video models --capability image_to_video --json",
    })
public final class ModelsCommand implements Callable<Integer> {
  @Option(
      names = "--capability",
      paramLabel = "NAME",
      description = "Only models with this capability, such as image_to_video.")
  private @Nullable String capability;

  @Mixin private ServerOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    QueryRunner runner = new QueryRunner(spec, options);
    return runner.run(
        () -> {
          try (VideoClient client = options.keylessBuilder().build()) {
            return new Models(runner, matching(client.catalog().models()));
          }
        });
  }

  private List<CatalogModel> matching(List<CatalogModel> models) {
    List<CatalogModel> found =
        models.stream()
            .filter(model -> capability == null || model.can(capability))
            .sorted(Comparator.comparing(CatalogModel::id))
            .toList();
    if (!found.isEmpty() || capability == null || models.isEmpty()) return found;
    List<String> known =
        models.stream()
            .flatMap(model -> model.capabilities().stream())
            .distinct()
            .sorted()
            .toList();
    String all = known.isEmpty() ? "the catalogue names none" : String.join(", ", known);
    throw new IllegalArgumentException(
        "--capability: no model has '" + capability + "'; known: " + all);
  }

  private record Models(QueryRunner runner, List<CatalogModel> models)
      implements QueryRunner.Result {
    @Override
    public void print() {
      if (models.isEmpty()) {
        runner.inform("the catalogue has no video models");
        return;
      }
      Table table = new Table();
      table.column("NAME", 38).column("MAKER", 14).column("PRICE", 17).column("CLASS", 5);
      for (CatalogModel model : models) {
        String hasClass = model.hasRequestClass() ? "yes" : "no";
        table.row(
            model.id(), model.developer().orElse(""), PriceText.of(model.pricing()), hasClass);
      }
      table.print(runner.out());
    }

    @Override
    public JsonObject toJson() {
      JsonArray all = new JsonArray();
      models.forEach(model -> all.add(json(model)));
      JsonObject json = new JsonObject();
      json.add("models", all);
      return json;
    }

    private static JsonObject json(CatalogModel model) {
      JsonObject json = new JsonObject();
      json.addProperty("id", model.id());
      json.add("aliases", array(model.aliases()));
      model.name().ifPresent(name -> json.addProperty("name", name));
      model.developer().ifPresent(developer -> json.addProperty("developer", developer));
      json.add("capabilities", array(model.capabilities()));
      json.add("inputModalities", array(model.inputModalities()));
      json.add("outputModalities", array(model.outputModalities()));
      json.add("pricing", PriceText.toJson(model.pricing()));
      json.addProperty("hasRequestClass", model.hasRequestClass());
      return json;
    }

    private static JsonArray array(List<String> texts) {
      JsonArray array = new JsonArray();
      texts.forEach(array::add);
      return array;
    }
  }
}
