package io.tencrop.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.standalone.terminal.Terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Terminal terminal(Map<String, String> environment) {
    return Terminal.of(new PrintStream(bytes, true, StandardCharsets.UTF_8), environment, false);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void redrawsItsBlockInPlace() {
    Terminal terminal = terminal(Map.of("TENCROP_TERMINAL", "true", "COLUMNS", "80"));
    terminal.draw(List.of("a", "b"));
    terminal.draw(List.of("c"));
    assertThat(printed()).isEqualTo("a\nb\n\u001b[2A\r\u001b[0Jc\n");
  }

  @Test
  void linesThatStayGoAboveTheBlock() {
    Terminal terminal = terminal(Map.of("TENCROP_TERMINAL", "true"));
    terminal.draw(List.of("bar"));
    terminal.println("news");
    assertThat(printed()).isEqualTo("bar\n\u001b[1A\r\u001b[0Jnews\n");
  }

  @Test
  void drawsNothingWhereLinesCannotBeRedrawn() {
    Terminal terminal = terminal(Map.of("TENCROP_TERMINAL", "false"));
    terminal.draw(List.of("bar"));
    terminal.println("news");
    assertThat(printed()).isEqualTo("news\n");
  }

  @Test
  void cutsLinesAtTheScreensEdgeAndKeepsColoursWhole() {
    Terminal terminal = terminal(Map.of("TENCROP_TERMINAL", "true", "COLUMNS", "10"));
    terminal.draw(List.of("\u001b[31m0123456789abc\u001b[0m"));
    assertThat(printed()).isEqualTo("\u001b[31m012345678\u001b[0m\n");
  }

  @Test
  void noColorIsHonoured() {
    Terminal coloured = terminal(Map.of("TENCROP_TERMINAL", "true"));
    Terminal plain = terminal(Map.of("TENCROP_TERMINAL", "true", "NO_COLOR", "1"));
    assertThat(coloured.styled(Style.RED, "x")).isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(plain.styled(Style.RED, "x")).isEqualTo("x");
    assertThat(plain.interactive()).isTrue();
  }
}
