package io.tencrop.storage;

import java.net.URI;

/**
 * Where the object store is and with which keys it is used.
 *
 * @param endpoint for example {@code http://localhost:9000}
 */
public record StoreSettings(String endpoint, String accessKey, String secretKey) {

  public StoreSettings {
    URI uri = URI.create(endpoint);
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(
          "the object store's endpoint is '%s'; expected http://host:port or https://host:port"
              .formatted(endpoint));
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "StoreSettings[endpoint=" + endpoint + ", accessKey=" + accessKey + "]";
  }
}
