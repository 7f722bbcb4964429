package io.tencrop.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.standalone.ExitCode;
import io.tencrop.standalone.platform.Installation;
import io.tencrop.standalone.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootCommandTest {
  @TempDir Path directory;

  private final StringWriter errors = new StringWriter();

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private int run(String... args) {
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    return RootCommand.run(
        new Installation(directory, directory.resolve("launcher.jar")),
        new Terminal(out, false, false, 80),
        new PrintWriter(errors),
        args);
  }

  @Test
  void exitCodesTellWhatWentWrong() throws Exception {
    Path spec = Files.writeString(directory.resolve("spec.yaml"), "name: x");
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(run("fly")).isEqualTo(ExitCode.USAGE);
    assertThat(run("up", "--trainers", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(run("up")).as("nothing is packaged here").isEqualTo(ExitCode.FAILED);
    assertThat(run("status")).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(run("down")).isEqualTo(ExitCode.OK);
    assertThat(run("experiment", "create", "absent.yaml")).isEqualTo(ExitCode.USAGE);
    assertThat(run("experiment", "create", spec.toString(), "--gateway", "ftp://x"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("experiment", "list", "--gateway", "http://127.0.0.1:1"))
        .isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(errors.toString()).contains("No gateway answers at http://127.0.0.1:1");
    assertThat(run("experiment", "show", "7")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void weightsComeFromAFileThatIsThereAndGoToOneThatIsNamed() {
    String gateway = "--gateway=http://127.0.0.1:1";
    String weights = directory.resolve("weights").toString();
    assertThat(run("weights", "export", "7", "-o", weights, gateway)).isEqualTo(ExitCode.USAGE);
    assertThat(errors.toString()).contains("'7' is the id neither of a checkpoint nor of a run");
    assertThat(run("weights", "export", "0".repeat(64), gateway)).isEqualTo(ExitCode.USAGE);
    assertThat(run("weights", "export", "0".repeat(64), "-o", weights, gateway))
        .isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(run("weights", "import", weights, "--architecture", "lenet5", gateway))
        .isEqualTo(ExitCode.USAGE);
    assertThat(errors.toString()).contains("There is no file " + weights);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void predictingNeedsFilesAndSomebodyToAsk() throws Exception {
    String gateway = "--gateway=http://127.0.0.1:1";
    String image = Files.write(directory.resolve("a.png"), new byte[1]).toString();
    assertThat(run("predict", gateway, image)).isEqualTo(ExitCode.USAGE);
    assertThat(run("predict", gateway, "--experiment", "x", image)).isEqualTo(ExitCode.USAGE);
    assertThat(run("predict", gateway, "--checkpoint", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(run("predict", gateway, "--checkpoint", "x", image + "s")).isEqualTo(ExitCode.USAGE);
    assertThat(errors.toString()).contains("There is no file " + image + "s");
    assertThat(run("predict", gateway, "--checkpoint", "x", image)).isEqualTo(ExitCode.NOT_RUNNING);
    assertThat(run("predict", gateway, "--experiment", "x", "--ensemble", "y", image))
        .isEqualTo(ExitCode.NOT_RUNNING);
  }

  @Test
  void aNetworkIsSummarizedWithoutAPlatform() {
    String[] resnet = {
      "summary", "resnet18", "--input", "3x32x32", "--classes", "10", "--option", "stem=cifar"
    };
    assertThat(run(resnet)).isEqualTo(ExitCode.OK);
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("layer4.1", "  downsample.0", "11,173,962", "1.11 GFLOP");
    assertThat(run("summary", "lenet5", "--input", "1x32x32", "--classes", "10", "--json"))
        .isEqualTo(ExitCode.OK);
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("\"keptBytes\" : ");
    assertThat(run("summary", "alexnet", "--input", "3x32x32", "--classes", "10"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(errors.toString()).contains("the next larger square it takes is 63x63");
    assertThat(run("summary", "alexnet", "--input", "3x224", "--classes", "10"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("summary", "alexnet", "--classes", "10")).isEqualTo(ExitCode.USAGE);
  }
}
