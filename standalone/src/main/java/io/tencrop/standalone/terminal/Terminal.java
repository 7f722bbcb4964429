package io.tencrop.standalone.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command prints. Lines come in two kinds: those that stay, and a block at the bottom that
 * is redrawn in place. Without a terminal the block is never drawn, so that a log holds lines only.
 *
 * @see <a href="https://no-color.org">NO_COLOR</a>
 */
public final class Terminal {
  private static final int DEFAULT_COLUMNS = 100;
  private static final String CLEAR_TO_END = "\u001b[0J";

  private final PrintStream out;
  private final boolean interactive;
  private final boolean colour;
  private final int columns;
  private int drawn;

  /**
   * @param interactive the reader sees lines redrawn in place
   * @param columns width of a line
   */
  public Terminal(PrintStream out, boolean interactive, boolean colour, int columns) {
    this.out = out;
    this.interactive = interactive;
    this.colour = colour;
    this.columns = columns;
  }

  /**
   * Standard output as the environment describes it: {@code TENCROP_TERMINAL} ({@code true} or
   * {@code false}) and {@code COLUMNS}, both set by the start script; {@code NO_COLOR}; {@code
   * TERM}.
   */
  public static Terminal standardOutput() {
    return of(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        System.getenv(),
        System.console() != null);
  }

  static Terminal of(PrintStream out, Map<String, String> environment, boolean console) {
    String told = environment.get("TENCROP_TERMINAL");
    boolean interactive =
        (told == null ? console : Boolean.parseBoolean(told))
            && !"dumb".equals(environment.get("TERM"));
    boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out, interactive, colour, columns(environment.get("COLUMNS")));
  }

  private static int columns(@Nullable String told) {
    return told != null && told.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(told)
        : DEFAULT_COLUMNS;
  }

  public boolean interactive() {
    return interactive;
  }

  public int columns() {
    return columns;
  }

  /** Prints lines that stay, above the block that is redrawn. */
  public synchronized void println(String text) {
    erase();
    out.println(text);
    out.flush();
  }

  /** Draws the block in place of the one before. Does nothing where lines cannot be redrawn. */
  public synchronized void draw(List<String> lines) {
    if (!interactive) {
      return;
    }
    erase();
    for (String line : lines) {
      out.println(clip(line));
    }
    out.flush();
    drawn = lines.size();
  }

  /** Takes the block away. */
  public synchronized void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\r" + CLEAR_TO_END);
      out.flush();
      drawn = 0;
    }
  }

  /** The text in this style, or as it is where there are no colours. */
  public String styled(Style style, String text) {
    return colour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }

  /** A line longer than the screen would be two lines, and redrawing would go astray. */
  private String clip(String line) {
    StringBuilder kept = new StringBuilder();
    int width = 0;
    for (int i = 0; i < line.length(); ) {
      if (line.charAt(i) == '\u001b') {
        int end = line.indexOf('m', i) + 1;
        kept.append(line, i, end);
        i = end;
        continue;
      }
      int character = line.codePointAt(i);
      if (width < columns - 1) {
        kept.appendCodePoint(character);
        width++;
      }
      i += Character.charCount(character);
    }
    return kept.toString();
  }

  /** Colours and weights. */
  public enum Style {
    BOLD("1"),
    FAINT("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34"),
    CYAN("36");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }
}
