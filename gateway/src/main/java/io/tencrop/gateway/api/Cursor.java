package io.tencrop.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.gateway.state.Experiment;
import io.tencrop.gateway.state.Experiments.Place;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** A place in the list of experiments as text that means nothing to others. */
final class Cursor {
  private Cursor() {}

  static String after(Experiment experiment) {
    String place = experiment.createdAt() + " " + experiment.id();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
  }

  /** Empty when it is none of ours. */
  static Optional<Place> read(String cursor) {
    try {
      String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(" ", -1);
      return parts.length == 2
          ? Optional.of(new Place(Instant.parse(parts[0]), UUID.fromString(parts[1])))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
