package io.tencrop.standalone.command;

import io.tencrop.contracts.api.PredictionsView;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.client.GatewayException;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "predict", description = "Ask a checkpoint, a run or an ensemble what images show.")
final class PredictCommand implements Callable<Integer> {
  private static final int UNPROCESSABLE = 422;

  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @ArgGroup(exclusive = true, multiplicity = "1")
  Asked asked = new Asked();

  @Option(
      names = "--view",
      paramLabel = "VIEW",
      description =
          "What of an image the network sees, such as center or tenCrop (default: center; of an ensemble one that it was composed in).")
  @Nullable String view;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many classes are told, or all (default: 5).")
  @Nullable String top;

  @Option(
      names = "--calibrated",
      description = "Divide logits by the temperature fitted on validation images.")
  boolean calibrated;

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description = "Files: JPEG, PNG, WebP, BMP or GIF.")
  List<Path> images = List.of();

  private final Installation installation;
  private final Terminal terminal;

  PredictCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  /** One of the two. */
  static final class Asked {
    @Option(
        names = "--checkpoint",
        paramLabel = "ID",
        required = true,
        description = "A checkpoint's id, or a run's: its last checkpoint.")
    @Nullable String checkpoint;

    @ArgGroup(exclusive = false)
    @Nullable OfExperiment ensemble;
  }

  /** Both. */
  static final class OfExperiment {
    @Option(
        names = "--experiment",
        paramLabel = "ID",
        required = true,
        description = "The experiment whose ensemble is asked.")
    String experiment = "";

    @Option(
        names = "--ensemble",
        paramLabel = "NAME",
        required = true,
        description = "The ensemble's name in the report.")
    String name = "";
  }

  @Override
  public Integer call() throws Exception {
    for (Path image : images) {
      if (!Files.isRegularFile(image) || !Files.isReadable(image)) {
        throw CommandException.usage("There is no file " + image + " that can be read.");
      }
    }
    Gateway gateway = gatewayOption.gateway(installation);
    List<PredictionsView> answers = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (Path image : images) {
      try {
        answers.add(gateway.predict(image, query()));
      } catch (GatewayException e) {
        if (e.problem().status() != UNPROCESSABLE) {
          throw e;
        }
        refusals.add(String.valueOf(e.problem().detail()));
      }
    }
    if (json.wanted) {
      terminal.println(Json.pretty(answers));
    } else if (!answers.isEmpty()) {
      PredictionTables.predictions(answers).forEach(terminal::println);
    }
    if (!refusals.isEmpty()) {
      throw CommandException.failed(String.join("\n", refusals));
    }
    return ExitCode.OK;
  }

  private Map<String, String> query() {
    Map<String, String> query = new TreeMap<>();
    if (asked.ensemble != null) {
      query.put("experiment", asked.ensemble.experiment);
      query.put("ensemble", asked.ensemble.name);
    } else if (asked.checkpoint != null) {
      boolean checkpoint = asked.checkpoint.matches("[0-9a-f]{64}");
      query.put(checkpoint ? "checkpoint" : "run", asked.checkpoint);
    }
    if (view != null) {
      query.put("view", view);
    }
    if (top != null) {
      query.put("top", top);
    }
    if (calibrated) {
      query.put("calibrated", "true");
    }
    return query;
  }
}
