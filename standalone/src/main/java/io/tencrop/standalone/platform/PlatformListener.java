package io.tencrop.standalone.platform;

import java.time.Duration;
import java.util.List;

/** Hears what becomes of a platform's children, for people who watch. */
public interface PlatformListener {
  /** These are being started, in parallel. */
  void starting(List<String> children);

  /** It can do its work. */
  void ready(String child, Duration took);

  /** Called about ten times a second while something is awaited. */
  void waiting();

  /** All children are ready. */
  void allReady(PlatformState state);

  /** It ended by itself and is started again after a while. */
  void restarting(String child, String obituary, Duration delay);

  /** Everything is being stopped. */
  void stopping();

  /** It has ended. */
  void stopped(String child, boolean byItself);
}
