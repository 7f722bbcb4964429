package io.tencrop.standalone.command;

import io.tencrop.standalone.platform.DataDirectory;
import io.tencrop.standalone.platform.Installation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}: which platform, when several are kept on one machine. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Directory that the platform keeps everything in.",
        "Default: target/tencrop in the checkout."
      })
  @Nullable Path directory;

  DataDirectory directory(Installation installation) {
    return DataDirectory.of(directory == null ? installation.defaultData() : directory);
  }

  /** As an argument of another invocation, where it was given. */
  String hint() {
    return directory == null ? "" : " --data " + directory;
  }
}
