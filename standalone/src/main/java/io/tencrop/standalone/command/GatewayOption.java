package io.tencrop.standalone.command;

import io.tencrop.standalone.client.Gateway;
import io.tencrop.standalone.platform.DataDirectory;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.platform.RunningPlatform;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateway a command talks to. */
final class GatewayOption {
  static final String ADDRESS_VARIABLE = "TENCROP_GATEWAY";
  static final String TOKEN_VARIABLE = "TENCROP_TOKEN";

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = {
        "Address of the gateway. Default: $TENCROP_GATEWAY, else the platform that runs here.",
        "A gateway that asks for a token gets $TENCROP_TOKEN."
      })
  @Nullable URI address;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory of the platform that runs here (default: target/tencrop).")
  @Nullable Path data;

  Gateway gateway(Installation installation) {
    return new Gateway(resolve(installation), System.getenv(TOKEN_VARIABLE));
  }

  private URI resolve(Installation installation) {
    if (address != null) {
      return checked(address);
    }
    String variable = System.getenv(ADDRESS_VARIABLE);
    if (data == null && variable != null && !variable.isBlank()) {
      return checked(URI.create(variable.strip()));
    }
    DataDirectory directory = DataDirectory.of(data == null ? installation.defaultData() : data);
    return RunningPlatform.find(directory)
        .orElseThrow(
            () ->
                CommandException.notRunning(
                    "No platform runs over %s. Start one with ./tencrop up --detach, or name a gateway with --gateway or $%s."
                        .formatted(directory.path(), ADDRESS_VARIABLE)))
        .gateway();
  }

  private static URI checked(URI address) {
    if (address.getHost() == null
        || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
      throw CommandException.usage(
          "'" + address + "' is no address of a gateway; one looks like http://127.0.0.1:8080");
    }
    return address;
  }
}
