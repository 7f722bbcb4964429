package io.tencrop.standalone.command;

import io.tencrop.contracts.api.ExperimentView;
import io.tencrop.contracts.api.State;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.DataDirectory;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.Platform;
import io.tencrop.standalone.platform.PlatformException;
import io.tencrop.standalone.platform.PlatformState;
import io.tencrop.standalone.platform.RunningPlatform;
import io.tencrop.standalone.terminal.Terminal;
import io.tencrop.standalone.terminal.Terminal.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Start the platform, train five small networks, show the results, stop.",
      "It uses a sample of Fashion-MNIST, shows what ten-crop and ensembles bring, and takes a few minutes."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin DataOption data = new DataOption();
  @Mixin StartOptions start = new StartOptions();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where to write the report (default: report.json in the data directory).")
  @Nullable Path report;

  @Option(names = "--keep", description = "Leave the platform up at the end.")
  boolean keep;

  private final Installation installation;
  private final Terminal terminal;

  DemoCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataDirectory directory = data.directory(installation);
    Optional<PlatformState> running = RunningPlatform.find(directory).filter(PlatformState::isUp);
    if (running.isPresent()) {
      terminal.println("The platform runs already, at " + running.get().gateway());
      return demonstrate(directory, running.get());
    }
    if (keep) {
      new DetachedStart(installation, directory, start.options(), terminal).run();
      return demonstrate(directory, RunningPlatform.find(directory).orElseThrow());
    }
    try (Platform platform =
        Platform.prepare(installation, directory, start.options(), new StartDisplay(terminal))) {
      Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
      platform.start();
      return demonstrateOver(platform, directory);
    }
  }

  /** Shows the experiment; when the platform breaks down meanwhile, says that instead. */
  private int demonstrateOver(Platform platform, DataDirectory directory)
      throws IOException, InterruptedException {
    CompletableFuture<Integer> shown = new CompletableFuture<>();
    Thread show =
        new Thread(
            () -> {
              try {
                shown.complete(demonstrate(directory, platform.state()));
              } catch (IOException | InterruptedException | RuntimeException e) {
                shown.completeExceptionally(e);
              }
            },
            "demo");
    show.setDaemon(true);
    show.start();
    try {
      CompletableFuture.anyOf(shown, platform.ended()).get();
      return shown.get();
    } catch (ExecutionException e) {
      throw rethrown(e);
    }
  }

  private static RuntimeException rethrown(ExecutionException e) throws IOException {
    Throwable cause = e.getCause();
    if (cause instanceof IOException away) {
      throw away;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  private int demonstrate(DataDirectory directory, PlatformState platform)
      throws IOException, InterruptedException {
    Gateway gateway = new Gateway(platform.gateway(), System.getenv(GatewayOption.TOKEN_VARIABLE));
    Path file = installation.root().resolve("examples/fashion-mnist-demo.yaml");
    SpecFile spec = SpecFile.read(file);
    ExperimentView created = gateway.create(spec.bytes(), spec.contentType(), null);
    terminal.println(
        "Experiment "
            + created.id()
            + " from "
            + installation.root().relativize(file)
            + "  "
            + terminal.styled(Style.CYAN, platform.gateway().toString()));
    Following following = new Following(gateway, terminal);
    ExperimentView ended = following.watch(created);
    int code = following.conclude(ended);
    if (ended.state() == State.COMPLETED) {
      write(gateway, ended, report == null ? directory.path().resolve("report.json") : report);
    }
    terminal.println("Dashboard: " + terminal.styled(Style.CYAN, platform.gateway().toString()));
    return code;
  }

  private void write(Gateway gateway, ExperimentView ended, Path file)
      throws IOException, InterruptedException {
    byte[] json = gateway.report(ended.id(), "json");
    try {
      Path target = file.toAbsolutePath();
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.write(target, json);
      terminal.println("");
      terminal.println("Report: " + target);
    } catch (IOException e) {
      throw new PlatformException("Cannot write the report to " + file + ": " + e, e);
    }
  }
}
