package io.tencrop.standalone.platform;

import java.util.function.UnaryOperator;

/** The platform's state, in memory and, after each change, in its file. */
final class StateKeeper {
  private final StateFile file;
  private PlatformState state;

  StateKeeper(StateFile file, PlatformState state) {
    this.file = file;
    this.state = state;
    file.write(state);
  }

  synchronized PlatformState now() {
    return state;
  }

  synchronized PlatformState change(UnaryOperator<PlatformState> change) {
    state = change.apply(state);
    file.write(state);
    return state;
  }

  /** Nothing runs any more. */
  synchronized void delete() {
    file.delete();
  }
}
