package io.tencrop.standalone.terminal;

/** A progress bar in eighths of a character. */
public final class Bar {
  private static final String PARTS = " ▏▎▍▌▋▊▉";
  private static final char FULL = '█';
  private static final char EMPTY = '░';

  private Bar() {}

  /**
   * @param share in [0, 1]; what lies outside is taken as the nearer end
   * @param width in characters
   */
  public static String of(double share, int width) {
    double clamped = Math.max(0, Math.min(1, share));
    int eighths = (int) Math.floor(clamped * width * 8);
    StringBuilder bar = new StringBuilder(width);
    for (int i = 0; i < width; i++) {
      int part = eighths - 8 * i;
      if (part >= 8) {
        bar.append(FULL);
      } else if (part > 0) {
        bar.append(PARTS.charAt(part));
      } else {
        bar.append(EMPTY);
      }
    }
    return bar.toString();
  }
}
