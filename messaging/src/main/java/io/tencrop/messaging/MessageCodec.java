package io.tencrop.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Optional;

/**
 * The JSON of messages, manifests and stored documents: absent is null, unknown fields are skipped,
 * times are ISO-8601.
 */
public final class MessageCodec {
  private final ObjectMapper mapper = newMapper();

  /** A mapper with the settings of this codec. */
  public static ObjectMapper newMapper() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .build();
  }

  /** The message as UTF-8 JSON; the same message always gives the same bytes. */
  public byte[] encode(Object message) {
    try {
      return mapper.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "cannot write " + message.getClass().getName() + " as JSON", e);
    }
  }

  /** Whose the message is that cannot be read; empty when even that cannot be told. */
  Optional<Owner> owner(byte[] message) {
    try {
      return Owner.of(mapper.readTree(message));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The message that the bytes hold.
   *
   * @throws MessageFormatException when they do not hold one
   */
  public <T> T decode(byte[] json, Class<T> type) throws MessageFormatException {
    try {
      T message = mapper.readValue(json, type);
      if (message == null) {
        throw new MessageFormatException("expected " + type.getSimpleName() + ", found null", null);
      }
      return message;
    } catch (IOException e) {
      throw new MessageFormatException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
