package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Balance;
import io.github.aimlvideo.catalog.Quote;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ServerOptions;
import io.github.aimlvideo.cli.request.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Generates a video from an image. */
@Command(
    name = "generate",
    description = "Generate a video from an image.",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aiml-video generate mona-lisa.jpg -p \"She puts on glasses.\" -o glasses.mp4",
      "  aiml-video generate fox.png -d 10 --camera-config pan=-5",
      "  aiml-video generate fox.png --static-mask snow.png --dynamic-masks masks.json",
      "  aiml-video generate --request fox.json --no-wait",
      "  aiml-video generate fox.png --dry-run",
      "  aiml-video generate fox.png --max-usd 0.5",
    })
public final class GenerateCommand implements Callable<Integer> {
  @Mixin private RequestOptions requestOptions;

  @Mixin private OutputFile output;

  @Option(
      names = "--no-wait",
      description = "Do not wait: print the id, and the command that resumes.")
  private boolean noWait;

  @Option(
      names = "--dry-run",
      description = {
        "Check the request, print what would be sent and its quote by the catalogue's prices,",
        "with a key the balance too, and send nothing."
      })
  private boolean dryRun;

  @Mixin private Budget budget;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandRunner run = new CommandRunner(spec, common, output);
    return run.execute(
        () -> {
          budget.check();
          VideoRequest request = requestOptions.toRequest();
          Path file = output.path();
          if (file != null) requestOptions.inputs().checkOutput("--output", file);
          output.check();
          if (dryRun) check(run, request);
          else generate(run, request);
        });
  }

  private void generate(CommandRunner run, VideoRequest request) {
    String name = requestOptions.baseName();
    try (VideoClient client = run.client()) {
      requestOptions.warnings(request).forEach(run.listener()::onWarning);
      CatalogCheck catalog = CatalogCheck.of(client, request, budget.isSet());
      catalog.modelWarning().ifPresent(run.listener()::onWarning);
      if (budget.isSet()) run.check(catalog.quote(), budget);
      if (noWait) run.create(name, () -> client.create(request));
      else run.save(name, "creating", saved -> client.generate(request, saved));
    }
  }

  private void check(CommandRunner run, VideoRequest request) {
    try (VideoClient client = run.keylessClient()) {
      requestOptions.warnings(request).forEach(run.listener()::onWarning);
      requestOptions.makerWarnings().forEach(run.listener()::onWarning);
      CatalogCheck catalog = CatalogCheck.of(client, request, true);
      catalog.modelWarning().ifPresent(run.listener()::onWarning);
      Quote quote = catalog.quote();
      run.show(new DryRun(request, quote, balance(run, client)));
      budget.check(quote);
    }
  }

  private static Optional<Balance> balance(CommandRunner run, VideoClient client) {
    if (!ServerOptions.hasKey()) return Optional.empty();
    try {
      Duration limit = Duration.ofSeconds(10);
      return Optional.of(TimeLimit.within(limit, "the balance", () -> client.account().balance()));
    } catch (ApiException e) {
      run.listener().onWarning("no balance: " + ErrorMessage.reason(e));
      return Optional.empty();
    }
  }
}
