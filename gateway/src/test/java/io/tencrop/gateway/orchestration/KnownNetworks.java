package io.tencrop.gateway.orchestration;

/** The networks of the vision library, for tests of other packages. */
public final class KnownNetworks {
  private KnownNetworks() {}

  public static Networks real() {
    return new VisionNetworks();
  }
}
