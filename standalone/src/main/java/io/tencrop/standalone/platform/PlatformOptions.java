package io.tencrop.standalone.platform;

import java.util.Map;

/**
 * How to start a platform.
 *
 * @param gatewayPort of the HTTP API and the dashboard; 0: any free one
 * @param trainers how many trainer processes
 * @param environment added for every service, over everything else
 */
public record PlatformOptions(int gatewayPort, int trainers, Map<String, String> environment) {
  public static final int DEFAULT_PORT = 8080;
  public static final int DEFAULT_TRAINERS = 2;

  public PlatformOptions {
    environment = Map.copyOf(environment);
    if (trainers < 1 || trainers > 64) {
      throw new IllegalArgumentException("trainers must be between 1 and 64, not " + trainers);
    }
    if (gatewayPort < 0 || gatewayPort > 65535) {
      throw new IllegalArgumentException(
          "port must be between 1 and 65535, or 0 for any free one, not " + gatewayPort);
    }
  }
}
