package io.tencrop.contracts.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What training minimizes. In a spec either its name, {@code crossEntropy}, or its name with
 * options, {@code {type: crossEntropy, labelSmoothing: 0.1}}.
 *
 * @param labelSmoothing for {@link Type#CROSS_ENTROPY}: the share of each target that is spread
 *     over all classes, in [0, 1)
 */
public record LossSpec(Type type, double labelSmoothing) {
  public static final LossSpec CROSS_ENTROPY = new LossSpec(Type.CROSS_ENTROPY, 0);
  public static final LossSpec BINARY_CROSS_ENTROPY = new LossSpec(Type.BINARY_CROSS_ENTROPY, 0);

  /** The function. */
  public enum Type {
    /** Over one logit per class, {@code torch.nn.CrossEntropyLoss}. */
    CROSS_ENTROPY("crossEntropy"),
    /** Over one logit for two classes, {@code torch.nn.BCEWithLogitsLoss}. */
    BINARY_CROSS_ENTROPY("binaryCrossEntropy");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    /** The name in files and in JSON. */
    public String label() {
      return label;
    }

    private static Type of(@Nullable Object label) {
      for (Type type : values()) {
        if (type.label.equals(label)) {
          return type;
        }
      }
      throw new IllegalArgumentException("no such loss: " + label);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static LossSpec fromJson(Object value) {
    if (value instanceof Map<?, ?> map) {
      Object smoothing = map.get("labelSmoothing");
      if (smoothing != null && !(smoothing instanceof Number)) {
        throw new IllegalArgumentException("labelSmoothing is not a number: " + smoothing);
      }
      return new LossSpec(
          Type.of(map.get("type")), smoothing == null ? 0 : ((Number) smoothing).doubleValue());
    }
    return new LossSpec(Type.of(value), 0);
  }

  @JsonValue
  Object toJson() {
    if (labelSmoothing == 0) {
      return type.label;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", type.label);
    json.put("labelSmoothing", labelSmoothing);
    return json;
  }
}
