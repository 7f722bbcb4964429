package io.tencrop.standalone.command;

import io.tencrop.contracts.api.DatasetView;
import io.tencrop.contracts.api.PreparedView;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description =
        "Show a data set: images per class, mean and deviation, copies, what was left out.")
final class DatasetShowCommand implements Callable<Integer> {
  @Mixin GatewayOption gatewayOption = new GatewayOption();
  @Mixin JsonOption json = new JsonOption();

  @Parameters(paramLabel = "NAME", description = "The data set's name.")
  String name = "";

  @Option(
      names = "--prepared",
      paramLabel = "ID",
      description =
          "Which of what was prepared of it, by the beginning of its id; the newest if absent.")
  @Nullable String prepared;

  private final Installation installation;
  private final Terminal terminal;

  DatasetShowCommand(Installation installation, Terminal terminal) {
    this.installation = installation;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Gateway gateway = gatewayOption.gateway(installation);
    DatasetView dataset = gateway.dataset(name);
    PreparedDataset chosen = chosen(dataset);
    PreparedView view = chosen == null ? null : gateway.prepared(name, chosen.id());
    if (json.wanted) {
      terminal.println(Json.pretty(view == null ? dataset : view));
      return ExitCode.OK;
    }
    DatasetTables.dataset(dataset).forEach(terminal::println);
    if (view == null) {
      terminal.println("Nothing is prepared of it yet.");
    } else {
      DatasetTables.prepared(view).forEach(terminal::println);
    }
    return ExitCode.OK;
  }

  private @Nullable PreparedDataset chosen(DatasetView dataset) {
    List<PreparedDataset> all = dataset.prepared();
    if (prepared == null) {
      return all.isEmpty() ? null : all.get(all.size() - 1);
    }
    String prefix = prepared;
    return all.stream()
        .filter(one -> one.id().startsWith(prefix))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "Of %s nothing is prepared whose id begins with %s; there is: %s"
                        .formatted(
                            dataset.name(),
                            prefix,
                            String.join(", ", all.stream().map(PreparedDataset::id).toList()))));
  }
}
