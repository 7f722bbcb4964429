package io.tencrop.vision.weights;

import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How weights fit a network that is to start from them. All tensors must be there, under the
 * network's names and with its shapes, and no others; only the head may have been made for another
 * number of outputs, and is then begun anew.
 */
public final class WeightsFit {
  private static final int SHOWN = 10;

  private final Map<String, List<Long>> needed = new LinkedHashMap<>();
  private final Map<String, List<Long>> given;
  private final boolean headReplaced;
  private final List<String> missing = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private final List<String> misshaped = new ArrayList<>();

  private WeightsFit(Network network, Map<String, List<Long>> given) {
    this.given = given;
    network.parameters().forEach(parameter -> needed.put(parameter.name(), parameter.shape()));
    network.buffers().forEach(buffer -> needed.put(buffer.name(), List.of((long) buffer.size())));
    List<Parameter> head = network.headParameters();
    headReplaced = head.stream().anyMatch(this::differs) && head.stream().allMatch(this::isOfHead);
    needed.forEach(
        (name, shape) -> {
          List<Long> found = given.get(name);
          if (found == null) {
            missing.add(name);
          } else if (!found.equals(shape)
              && !(headReplaced && head.stream().anyMatch(part -> part.name().equals(name)))) {
            misshaped.add("%s is %s and should be %s".formatted(name, found, shape));
          }
        });
    given.keySet().stream().filter(name -> !needed.containsKey(name)).forEach(unexpected::add);
  }

  /**
   * Of tensors for a network.
   *
   * @param given the shape of each tensor, by name
   */
  public static WeightsFit of(Network network, Map<String, List<Long>> given) {
    return new WeightsFit(network, given);
  }

  private boolean differs(Parameter parameter) {
    return !parameter.shape().equals(given.get(parameter.name()));
  }

  /** Whether it differs in the number of outputs at most, its first size. */
  private boolean isOfHead(Parameter parameter) {
    List<Long> found = given.get(parameter.name());
    return found != null
        && found.size() == parameter.shape().size()
        && found
            .subList(1, found.size())
            .equals(parameter.shape().subList(1, parameter.shape().size()));
  }

  /** Whether the head was made for another number of outputs. */
  public boolean replacesHead() {
    return headReplaced;
  }

  /** What is wrong, with the names; empty when the network can start from them. */
  public Optional<String> objection() {
    if (missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    channels().ifPresent(parts::add);
    tell("missing", missing).ifPresent(parts::add);
    tell("unexpected", unexpected).ifPresent(parts::add);
    tell("of another shape", misshaped).ifPresent(parts::add);
    return Optional.of(String.join("; ", parts));
  }

  private static Optional<String> tell(String what, List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return Optional.of(
        names.size() > SHOWN
            ? "%s: %s, ... (%d in all)".formatted(what, shown, names.size())
            : what + ": " + shown);
  }

  /** The commonest mistake: colour weights for grey images, or the other way round. */
  private Optional<String> channels() {
    Map.Entry<String, List<Long>> first = needed.entrySet().iterator().next();
    List<Long> expected = first.getValue();
    List<Long> found = given.get(first.getKey());
    if (found == null
        || found.size() != 4
        || expected.size() != 4
        || found.get(1).equals(expected.get(1))) {
      return Optional.empty();
    }
    return Optional.of(
        "the weights take images of %d channels and the network is given %d: set channels: %d in the preparation"
            .formatted(found.get(1), expected.get(1), found.get(1)));
  }
}
