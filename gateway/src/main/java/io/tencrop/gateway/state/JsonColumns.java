package io.tencrop.gateway.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.api.RunGradients.EpochNorms;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.messaging.MessageCodec;
import io.tencrop.messaging.MessageFormatException;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Records of the contracts in text columns, as the JSON that messages use. */
final class JsonColumns {
  private static final MessageCodec CODEC = new MessageCodec();

  private JsonColumns() {}

  abstract static class JsonConverter<T> implements AttributeConverter<T, String> {
    private final Class<T> type;

    JsonConverter(Class<T> type) {
      this.type = type;
    }

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable T value) {
      return value == null ? null : new String(CODEC.encode(value), UTF_8);
    }

    @Override
    public @Nullable T convertToEntityAttribute(@Nullable String json) {
      if (json == null) {
        return null;
      }
      try {
        return CODEC.decode(json.getBytes(UTF_8), type);
      } catch (MessageFormatException e) {
        throw new IllegalStateException("a column does not hold a " + type.getSimpleName(), e);
      }
    }
  }

  /** What was asked for. */
  @Converter
  static final class Spec extends JsonConverter<ExperimentSpec> {
    Spec() {
      super(ExperimentSpec.class);
    }
  }

  /** The data that runs train on. */
  @Converter
  static final class Prepared extends JsonConverter<PreparedDataset> {
    Prepared() {
      super(PreparedDataset.class);
    }
  }

  /** What is known of an epoch's gradients. */
  static final class Norms extends JsonConverter<EpochNorms> {
    Norms() {
      super(EpochNorms.class);
    }
  }

  /** One run of what was asked for. */
  @Converter
  static final class OneRun extends JsonConverter<RunSpec> {
    OneRun() {
      super(RunSpec.class);
    }
  }
}
