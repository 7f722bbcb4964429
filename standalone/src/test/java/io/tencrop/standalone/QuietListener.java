package io.tencrop.standalone;

import io.tencrop.standalone.platform.PlatformListener;
import io.tencrop.standalone.platform.PlatformState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps which children were started again. */
final class QuietListener implements PlatformListener {
  final List<String> restarted = new CopyOnWriteArrayList<>();

  @Override
  public void starting(List<String> children) {}

  @Override
  public void ready(String child, Duration took) {}

  @Override
  public void waiting() {}

  @Override
  public void allReady(PlatformState state) {}

  @Override
  public void restarting(String child, String obituary, Duration delay) {
    restarted.add(child);
  }

  @Override
  public void stopping() {}

  @Override
  public void stopped(String child, boolean byItself) {}
}
