package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentSummary;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.event.DatasetEvent.DatasetProgress;
import io.tencrop.contracts.event.TrainingProgress;
import io.tencrop.standalone.client.ExperimentListener;
import io.tencrop.standalone.terminal.Bar;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Shows an experiment while it goes on: a bar per run where lines can be redrawn, and a line per
 * change of state and per epoch where they cannot.
 */
final class ExperimentDisplay implements ExperimentListener {
  private static final int BAR_WIDTH = 16;

  private final Terminal terminal;
  private final String name;
  private final Map<UUID, RunProgress> runs = new LinkedHashMap<>();
  private State state;
  private String reason;
  private String data = "";

  ExperimentDisplay(Terminal terminal, ExperimentView experiment) {
    this.terminal = terminal;
    this.name = experiment.name();
    this.state = experiment.state();
    this.reason = experiment.reason();
    for (RunView run : experiment.runs()) {
      runs.put(run.id(), new RunProgress(run));
    }
  }

  @Override
  public void state(ExperimentSummary experiment) {
    if (experiment.state() != state || !experiment.reason().equals(reason)) {
      state = experiment.state();
      reason = experiment.reason();
      say(name + " " + state + ": " + reason);
    }
    draw();
  }

  @Override
  public void dataset(DatasetProgress progress) {
    data = "shards " + progress.shardsDone() + "/" + progress.shardsTotal();
    say("data: " + data);
    draw();
  }

  @Override
  public void run(RunView run) {
    RunProgress known = runs.get(run.id());
    if (known == null) {
      runs.put(run.id(), new RunProgress(run));
    } else {
      if (known.run().state() != run.state()) {
        say(run.spec().name() + " " + run.state() + ": " + run.reason());
      }
      known.update(run);
    }
    draw();
  }

  @Override
  public void metrics(RunMetrics metrics) {
    RunProgress run = runs.get(metrics.runId());
    if (run == null) {
      return;
    }
    run.update(metrics);
    for (EpochMetrics epoch : metrics.epochs()) {
      if (run.reached(epoch)) {
        say(
            "%s epoch %d/%d  train loss %s accuracy %s  validation loss %s accuracy %s"
                .formatted(
                    metrics.name(),
                    epoch.epoch(),
                    run.run().spec().training().epochs(),
                    Format.decimals(epoch.trainLoss(), 4),
                    Format.percent(epoch.trainAccuracy()),
                    Format.decimals(epoch.validationLoss(), 4),
                    Format.percent(epoch.validationAccuracy())));
      }
    }
    draw();
  }

  @Override
  public void progress(TrainingProgress progress) {
    RunProgress run = runs.get(progress.runId());
    if (run != null) {
      run.update(progress);
    }
    draw();
  }

  @Override
  public void reconnecting(String why) {
    say("connection lost, trying again: " + why);
  }

  /** An experiment as it is now. */
  static List<String> lines(Terminal terminal, ExperimentView experiment) {
    return new ExperimentDisplay(terminal, experiment).picture();
  }

  /** Begins to draw. */
  void open() {
    draw();
  }

  /** Leaves the last picture standing. */
  void close() {
    if (terminal.interactive()) {
      terminal.erase();
      picture().forEach(terminal::println);
    }
  }

  private void say(String line) {
    if (!terminal.interactive()) {
      terminal.println(line);
    }
  }

  private void draw() {
    if (terminal.interactive()) {
      terminal.draw(picture());
    }
  }

  private List<String> picture() {
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.styled(Style.BOLD, name)
            + "  "
            + styled(state)
            + "  "
            + terminal.styled(Style.FAINT, state == State.PREPARING ? data : reason));
    int width =
        runs.values().stream().mapToInt(run -> run.run().spec().name().length()).max().orElse(0);
    for (RunProgress run : runs.values()) {
      lines.add(line(run, width));
    }
    return lines;
  }

  private String line(RunProgress run, int nameWidth) {
    StringBuilder line = new StringBuilder("  ");
    line.append(pad(run.run().spec().name(), nameWidth));
    boolean trained = run.run().state() == State.EVALUATING || run.run().state() == State.COMPLETED;
    double share = trained ? 1 : run.share();
    line.append("  ").append(terminal.styled(barStyle(run), Bar.of(share, BAR_WIDTH)));
    line.append(" %3d%%".formatted((int) (100 * share)));
    run.point()
        .ifPresent(
            point ->
                line.append(
                    "  epoch %s/%d  loss %s  acc %s"
                        .formatted(
                            Format.decimals(point.epoch(), 1),
                            run.run().spec().training().epochs(),
                            Format.decimals(point.loss(), 3),
                            Format.percent(point.accuracy()))));
    run.epoch()
        .ifPresent(epoch -> line.append("  val " + Format.percent(epoch.validationAccuracy())));
    if (run.run().state() == State.RUNNING) {
      if (run.imagesPerSecond() > 0) {
        line.append("  ").append(Format.whole(run.imagesPerSecond())).append(" img/s");
      }
      run.timeLeft().ifPresent(left -> line.append("  ETA ").append(Format.duration(left)));
      run.trainer()
          .ifPresent(trainer -> line.append("  ").append(terminal.styled(Style.FAINT, trainer)));
    } else {
      line.append("  ").append(styled(run.run().state()));
    }
    run.run().notes().forEach(note -> line.append("  ").append(terminal.styled(Style.FAINT, note)));
    return line.toString();
  }

  private static Style barStyle(RunProgress run) {
    return switch (run.run().state()) {
      case FAILED -> Style.RED;
      case CANCELLED -> Style.YELLOW;
      case COMPLETED -> Style.GREEN;
      default -> Style.CYAN;
    };
  }

  private String styled(State shown) {
    return switch (shown) {
      case FAILED -> terminal.styled(Style.RED, shown.name());
      case CANCELLED -> terminal.styled(Style.YELLOW, shown.name());
      case COMPLETED -> terminal.styled(Style.GREEN, shown.name());
      default -> terminal.styled(Style.BLUE, shown.name());
    };
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
