package io.tencrop.standalone.command;

import io.tencrop.standalone.platform.PlatformListener;
import io.tencrop.standalone.platform.PlatformState;
import io.tencrop.standalone.terminal.Spinner;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows a platform starting, running and stopping. */
final class StartDisplay implements PlatformListener {
  private final Terminal terminal;
  private final List<String> awaited = new ArrayList<>();

  StartDisplay(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void starting(List<String> children) {
    awaited.addAll(children);
    if (!terminal.interactive()) {
      terminal.println("starting " + String.join(", ", children));
    }
    waiting();
  }

  @Override
  public synchronized void ready(String child, Duration took) {
    awaited.remove(child);
    terminal.println(
        terminal.styled(Style.GREEN, "✔ ")
            + String.format(Locale.ROOT, "%-18s ready in %.1f s", child, took.toMillis() / 1e3));
  }

  @Override
  public synchronized void waiting() {
    String spinner = terminal.styled(Style.CYAN, Spinner.at(System.currentTimeMillis()));
    terminal.draw(awaited.stream().map(child -> spinner + " " + child).toList());
  }

  @Override
  public synchronized void allReady(PlatformState state) {
    terminal.erase();
    terminal.println(
        terminal.styled(Style.BOLD, "Tencrop is up")
            + "  dashboard and API: "
            + terminal.styled(Style.CYAN, state.gateway().toString()));
  }

  @Override
  public synchronized void restarting(String child, String obituary, Duration delay) {
    terminal.println(terminal.styled(Style.YELLOW, "! ") + obituary.stripTrailing());
    terminal.println("  " + child + " is started again in " + delay.toSeconds() + " s");
  }

  @Override
  public synchronized void stopping() {
    awaited.clear();
    terminal.erase();
    terminal.println("stopping");
  }

  @Override
  public synchronized void stopped(String child, boolean byItself) {
    if (!byItself) {
      terminal.println(
          terminal.styled(Style.YELLOW, "! ") + child + " did not end in time and was killed");
    }
  }
}
