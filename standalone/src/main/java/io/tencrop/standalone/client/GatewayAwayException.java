package io.tencrop.standalone.client;

import java.io.IOException;
import java.net.URI;

/** The gateway does not answer. */
public final class GatewayAwayException extends IOException {
  GatewayAwayException(URI gateway, IOException cause) {
    super("No gateway answers at " + gateway + " (" + cause + ")", cause);
  }
}
