package io.tencrop.standalone;

/** What the process's exit code says, for scripts. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** It failed: the platform, or the experiment that was waited for. */
  public static final int FAILED = 1;

  /** The command line or the file given is wrong. */
  public static final int USAGE = 2;

  /** No platform runs here, or its gateway does not answer. */
  public static final int NOT_RUNNING = 3;

  private ExitCode() {}
}
