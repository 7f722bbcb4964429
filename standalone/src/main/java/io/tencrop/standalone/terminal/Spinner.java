package io.tencrop.standalone.terminal;

/** Shows that something goes on of which no share is known. */
public final class Spinner {
  private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final long MILLIS_PER_FRAME = 100;

  private Spinner() {}

  /** The frame for this time. */
  public static String at(long millis) {
    int frame = (int) (millis / MILLIS_PER_FRAME % FRAMES.length());
    return FRAMES.substring(frame, frame + 1);
  }
}
