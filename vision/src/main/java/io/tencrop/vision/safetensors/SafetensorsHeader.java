package io.tencrop.vision.safetensors;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of itself: its tensors, where they lie, and free metadata. Everything is checked
 * on reading: sizes agree with shapes and types, and the tensors cover the data section without
 * gaps or overlaps, as the reference reader demands.
 */
public final class SafetensorsHeader {
  static final String METADATA = "__metadata__";

  /** The reference implementation's limit. */
  static final int MAX_HEADER_BYTES = 100_000_000;

  private final Map<String, TensorInfo> tensors;
  private final Map<String, String> metadata;
  private final long dataOffset;

  private SafetensorsHeader(
      Map<String, TensorInfo> tensors, Map<String, String> metadata, long dataOffset) {
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
    this.dataOffset = dataOffset;
  }

  /**
   * Reads the header and leaves the stream at the first byte of data.
   *
   * @param fileSize of the whole file, in bytes
   * @throws SafetensorsFormatException when it is not a header, or does not fit the size
   */
  public static SafetensorsHeader read(InputStream in, long fileSize) throws IOException {
    byte[] prefix = in.readNBytes(Long.BYTES);
    if (prefix.length < Long.BYTES) {
      throw new SafetensorsFormatException(
          "the file has " + prefix.length + " bytes, too few for the header's length");
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES || length > fileSize - Long.BYTES) {
      throw new SafetensorsFormatException(
          "header length "
              + Long.toUnsignedString(length)
              + " is not possible in a file of "
              + fileSize
              + " bytes");
    }
    byte[] json = in.readNBytes((int) length);
    if (json.length < length) {
      throw new SafetensorsFormatException("the file ends within its header");
    }
    return parse(json, fileSize);
  }

  private static SafetensorsHeader parse(byte[] json, long fileSize) throws IOException {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    long dataOffset = Long.BYTES + (long) json.length;
    try (JsonReader reader = new JsonReader(new StringReader(decodeUtf8(json)))) {
      reader.setStrictness(Strictness.STRICT);
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (name.equals(METADATA)) {
          readMetadata(reader, metadata);
        } else if (tensors.put(name, readTensor(name, reader)) != null) {
          throw new SafetensorsFormatException("tensor '" + name + "' is there twice");
        }
      }
      reader.endObject();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new SafetensorsFormatException("the header goes on after its end");
      }
    } catch (MalformedJsonException
        | JsonParseException
        | IllegalStateException
        | NumberFormatException
        | java.io.EOFException
        | CharacterCodingException e) {
      throw new SafetensorsFormatException("the header is not valid JSON: " + e.getMessage(), e);
    }
    checkLayout(tensors, fileSize - dataOffset);
    return new SafetensorsHeader(tensors, metadata, dataOffset);
  }

  private static String decodeUtf8(byte[] json) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
  }

  private static void readMetadata(JsonReader reader, Map<String, String> metadata)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      metadata.put(reader.nextName(), reader.nextString());
    }
    reader.endObject();
  }

  private static TensorInfo readTensor(String name, JsonReader reader) throws IOException {
    @Nullable TensorType type = null;
    @Nullable List<Long> shape = null;
    @Nullable List<Long> offsets = null;
    reader.beginObject();
    while (reader.hasNext()) {
      String field = reader.nextName();
      switch (field) {
        case "dtype" -> type = type(name, reader.nextString());
        case "shape" -> shape = naturals(name, reader);
        case "data_offsets" -> offsets = naturals(name, reader);
        default ->
            throw new SafetensorsFormatException(
                "tensor '" + name + "' has an unknown field '" + field + "'");
      }
    }
    reader.endObject();
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new SafetensorsFormatException(
          "tensor '" + name + "' needs dtype, shape and two data_offsets");
    }
    TensorInfo tensor = new TensorInfo(name, type, shape, offsets.get(0), offsets.get(1));
    checkSize(tensor);
    return tensor;
  }

  private static TensorType type(String name, String dtype) throws SafetensorsFormatException {
    for (TensorType type : TensorType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new SafetensorsFormatException(
        "tensor '" + name + "' has the unknown dtype '" + dtype + "'");
  }

  private static List<Long> naturals(String name, JsonReader reader) throws IOException {
    List<Long> numbers = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      long number = reader.nextLong();
      if (number < 0) {
        throw new SafetensorsFormatException(
            "tensor '" + name + "' has the negative size " + number);
      }
      numbers.add(number);
    }
    reader.endArray();
    return numbers;
  }

  private static void checkSize(TensorInfo tensor) throws SafetensorsFormatException {
    try {
      long expected = Math.multiplyExact(tensor.elements(), tensor.type().bytes());
      if (tensor.end() < tensor.begin() || tensor.bytes() != expected) {
        throw new SafetensorsFormatException(
            "tensor '%s' of %s %s takes %d bytes, its offsets say [%d, %d)"
                .formatted(
                    tensor.name(),
                    tensor.type(),
                    tensor.shape(),
                    expected,
                    tensor.begin(),
                    tensor.end()));
      }
    } catch (ArithmeticException e) {
      throw new SafetensorsFormatException(
          "tensor '" + tensor.name() + "' has the impossible shape " + tensor.shape(), e);
    }
  }

  private static void checkLayout(Map<String, TensorInfo> tensors, long dataBytes)
      throws SafetensorsFormatException {
    List<TensorInfo> inOrder = new ArrayList<>(tensors.values());
    inOrder.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long position = 0;
    for (TensorInfo tensor : inOrder) {
      if (tensor.begin() != position) {
        throw new SafetensorsFormatException(
            "tensor '%s' begins at byte %d of the data, expected %d"
                .formatted(tensor.name(), tensor.begin(), position));
      }
      position = tensor.end();
    }
    if (position != dataBytes) {
      throw new SafetensorsFormatException(
          "the tensors take %d bytes, the file has %d: it is truncated or has a tail"
              .formatted(position, dataBytes));
    }
  }

  /** By name, in the file's order. */
  public Map<String, TensorInfo> tensors() {
    return tensors;
  }

  /** Free text by key. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Where in the file the data section starts. */
  public long dataOffset() {
    return dataOffset;
  }

  /**
   * One tensor.
   *
   * @throws SafetensorsFormatException when there is none of this name
   */
  public TensorInfo tensor(String name) throws SafetensorsFormatException {
    TensorInfo tensor = tensors.get(name);
    if (tensor == null) {
      throw new SafetensorsFormatException(
          "there is no tensor '" + name + "'; there are " + tensors.keySet());
    }
    return tensor;
  }
}
