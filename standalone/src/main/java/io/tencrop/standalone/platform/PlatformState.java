package io.tencrop.standalone.platform;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs over a data directory.
 *
 * @param gateway base address of the HTTP API
 * @param children in the order of their start
 */
public record PlatformState(
    ProcessRef launcher, Phase phase, URI gateway, int trainers, List<ChildState> children) {
  public PlatformState {
    children = List.copyOf(children);
  }

  /**
   * Where a platform is in its life: STARTING, then READY, then STOPPING, then its state is gone.
   */
  public enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  /**
   * One child.
   *
   * @param port that it listens on; 0: it only does something and ends
   * @param ready it answered that it is
   * @param restarts after crashes
   */
  public record ChildState(
      String name, ProcessRef process, int port, boolean ready, int restarts, String log) {}

  PlatformState with(Phase phase) {
    return new PlatformState(launcher, phase, gateway, trainers, children);
  }

  /** With this child added, or in place of the one of the same name. */
  PlatformState with(ChildState child) {
    List<ChildState> changed = new ArrayList<>(children);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).name().equals(child.name())) {
        changed.set(i, child);
        return new PlatformState(launcher, phase, gateway, trainers, changed);
      }
    }
    changed.add(child);
    return new PlatformState(launcher, phase, gateway, trainers, changed);
  }

  /** Without the child of this name. */
  PlatformState without(String name) {
    return new PlatformState(
        launcher,
        phase,
        gateway,
        trainers,
        children.stream().filter(child -> !child.name().equals(name)).toList());
  }

  /** Whether the launcher lives and all is ready. */
  @JsonIgnore
  public boolean isUp() {
    return phase == Phase.READY && launcher.isAlive();
  }
}
