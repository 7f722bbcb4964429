package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.RunView;
import io.tencrop.contracts.api.State;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.ExperimentEvents;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.io.IOException;

/** Watches an experiment to its end, and says how it ended. */
final class Following {
  private final Gateway gateway;
  private final Terminal terminal;

  Following(Gateway gateway, Terminal terminal) {
    this.gateway = gateway;
    this.terminal = terminal;
  }

  /** Shows progress until the experiment has ended. */
  ExperimentView watch(ExperimentView experiment) throws IOException, InterruptedException {
    ExperimentDisplay display = new ExperimentDisplay(terminal, experiment);
    display.open();
    ExperimentView ended;
    try {
      ended = new ExperimentEvents(gateway).follow(experiment.id(), display);
      ended.runs().forEach(display::run);
    } finally {
      display.close();
    }
    return ended;
  }

  /**
   * Prints results and reason.
   *
   * @return the exit code
   */
  int conclude(ExperimentView ended) throws IOException, InterruptedException {
    ExperimentResults results = gateway.results(ended.id());
    if (!results.models().isEmpty()) {
      new ResultTables(terminal).print(results);
    }
    if (ended.state() == State.COMPLETED) {
      return ExitCode.OK;
    }
    terminal.println("");
    terminal.println(terminal.styled(Style.RED, ended.state().name()) + ": " + ended.reason());
    for (RunView run : ended.runs()) {
      if (run.failure() != null) {
        terminal.println("  " + run.spec().name() + ": " + run.failure().message());
      }
    }
    return ExitCode.FAILED;
  }
}
