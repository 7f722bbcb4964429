package io.tencrop.vision.weights;

import io.tencrop.vision.weights.Unpickler.Storage;
import io.tencrop.vision.weights.Unpickler.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * State dicts that {@code torch.save} wrote: a zip with a pickle that names the tensors and an
 * entry for each storage, or, before PyTorch 1.6, several pickles with the storages behind them
 * ({@code torch/serialization.py}).
 */
final class TorchFiles {
  /** What to do about a file that holds more than weights. */
  static final String SAVE_AGAIN =
      "Save the state dict alone: torch.save(model.state_dict(), \"weights.pth\").";

  private static final List<String> STATE_DICTS =
      List.of("state_dict", "model", "model_state_dict");

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** A pickle of {@code 0x1950a86a20f9469cfc6c}. */
  private static final byte[] LEGACY = {
    (byte) 0x80,
    2,
    (byte) 0x8a,
    10,
    'l',
    (byte) 0xfc,
    (byte) 0x9c,
    'F',
    (byte) 0xf9,
    ' ',
    'j',
    (byte) 0xa8,
    'P',
    0x19,
    '.'
  };

  private static final long LEGACY_PROTOCOL = 1001;
  private static final int MAX_DIMENSIONS = 16;

  private static final Map<String, Integer> WITHOUT_POINT =
      Map.of(
          "LongStorage", 8,
          "IntStorage", 4,
          "ShortStorage", 2,
          "CharStorage", 1,
          "ByteStorage", 1,
          "BoolStorage", 1);

  private TorchFiles() {}

  /** Size of an element of {@code torch.<storage>}; empty when no such storage is known. */
  static Optional<Integer> elementBytes(String storage) {
    return ElementType.ofStorage(storage)
        .map(ElementType::bytes)
        .or(() -> Optional.ofNullable(WITHOUT_POINT.get(storage)));
  }

  /** Whether the file begins as one of these. */
  static boolean isOne(FileChannel channel) throws IOException {
    return begins(channel, ZIP) || begins(channel, new byte[] {(byte) 0x80, 2});
  }

  /** The tensors of its state dict. */
  static List<StoredTensor> read(FileChannel channel) throws IOException {
    return begins(channel, ZIP) ? zip(channel) : legacy(channel);
  }

  private static boolean begins(FileChannel channel, byte[] expected) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(expected.length);
    while (found.hasRemaining() && channel.read(found, found.position()) >= 0) {}
    return found.flip().equals(ByteBuffer.wrap(expected));
  }

  private static List<StoredTensor> zip(FileChannel channel) throws IOException {
    ZipDirectory zip = ZipDirectory.read(channel);
    String pickle =
        zip.names().stream()
            .filter(name -> name.matches("[^/]+/data\\.pkl"))
            .findFirst()
            .orElseThrow(
                () -> new WeightsFormatException("it is a zip, but none that torch.save wrote"));
    String root = pickle.substring(0, pickle.length() - "data.pkl".length());
    if (zip.names().contains(root + "constants.pkl")) {
      throw new WeightsFormatException(
          "it is a TorchScript program. Save its weights: torch.save(torch.jit.load(path).state_dict(), \"weights.pth\")");
    }
    ZipDirectory.Range directory = zip.find(pickle).orElseThrow();
    if (directory.size() > Unpickler.MAX_BYTES) {
      throw new WeightsFormatException(
          "its list of tensors takes %d bytes; at most %d are taken"
              .formatted(directory.size(), Unpickler.MAX_BYTES));
    }
    Object content =
        Unpickler.read(map(channel, directory.position(), directory.size()), new HashMap<>());
    ByteOrder order = order(channel, zip.find(root + "byteorder"));
    List<StoredTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, Tensor> tensor : stateDict(content).entrySet()) {
      Storage storage = tensor.getValue().storage();
      String entry = root + "data/" + storage.key();
      ZipDirectory.Range range =
          zip.find(entry)
              .orElseThrow(
                  () -> new WeightsFormatException("its entry '" + entry + "' is missing"));
      requireLength(tensor.getKey(), storage, range.size());
      tensors.add(stored(tensor.getKey(), tensor.getValue(), range.position(), order));
    }
    return tensors;
  }

  private static ByteOrder order(FileChannel channel, Optional<ZipDirectory.Range> entry)
      throws IOException {
    if (entry.isEmpty() || entry.get().size() != 3) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    ByteBuffer text = map(channel, entry.get().position(), 3);
    return text.equals(ByteBuffer.wrap(new byte[] {'b', 'i', 'g'}))
        ? ByteOrder.BIG_ENDIAN
        : ByteOrder.LITTLE_ENDIAN;
  }

  private static List<StoredTensor> legacy(FileChannel channel) throws IOException {
    if (!begins(channel, LEGACY)) {
      throw new WeightsFormatException("it is a pickle, but none that torch.save wrote");
    }
    ByteBuffer pickles = map(channel, 0, Math.min(channel.size(), Unpickler.MAX_BYTES));
    pickles.position(LEGACY.length);
    Map<String, Storage> storages = new HashMap<>();
    if (!Unpickler.read(pickles, storages).equals(LEGACY_PROTOCOL)) {
      throw new WeightsFormatException("it is of an unknown version of torch.save's old format");
    }
    Object machine = Unpickler.read(pickles, storages);
    if (machine instanceof Map<?, ?> facts && Boolean.FALSE.equals(facts.get("little_endian"))) {
      throw new WeightsFormatException(
          "it was written on a big-endian machine in torch.save's old format; save it again with PyTorch 1.6 or newer");
    }
    Map<String, Tensor> stateDict = stateDict(Unpickler.read(pickles, storages));
    Map<String, Long> positions = positions(channel, pickles, storages);
    List<StoredTensor> tensors = new ArrayList<>();
    for (Map.Entry<String, Tensor> tensor : stateDict.entrySet()) {
      Long position = positions.get(tensor.getValue().storage().key());
      if (position == null) {
        throw new WeightsFormatException(
            "the numbers of its tensor '%s' are missing".formatted(tensor.getKey()));
      }
      tensors.add(stored(tensor.getKey(), tensor.getValue(), position, ByteOrder.LITTLE_ENDIAN));
    }
    return tensors;
  }

  /** Behind the pickles: for each key of a list, the number of elements, then the elements. */
  private static Map<String, Long> positions(
      FileChannel channel, ByteBuffer pickles, Map<String, Storage> storages) throws IOException {
    if (!(Unpickler.read(pickles, new HashMap<>()) instanceof List<?> keys)) {
      throw new WeightsFormatException("its list of storages is damaged");
    }
    Map<String, Long> positions = new HashMap<>();
    long position = pickles.position();
    for (Object key : keys) {
      Storage storage = key instanceof String name ? storages.get(name) : null;
      if (storage == null) {
        throw new WeightsFormatException("its list of storages is damaged");
      }
      requireWithin(channel, position, Long.BYTES);
      long elements = map(channel, position, Long.BYTES).getLong();
      position += Long.BYTES;
      long bytes =
          Math.multiplyExact(storage.elements(), elementBytes(storage.type()).orElseThrow());
      requireWithin(channel, position, bytes);
      if (elements != storage.elements()) {
        throw new WeightsFormatException("its storage '%s' is damaged".formatted(key));
      }
      positions.put(storage.key(), position);
      position += bytes;
    }
    return positions;
  }

  private static void requireWithin(FileChannel channel, long position, long bytes)
      throws IOException {
    if (bytes > channel.size() - position) {
      throw new WeightsFormatException("it is truncated; copy it again");
    }
  }

  /** By name, in the file's order. */
  private static Map<String, Tensor> stateDict(Object content) throws WeightsFormatException {
    if (content instanceof Map<?, ?> dict) {
      if (dict.values().stream().anyMatch(Tensor.class::isInstance)) {
        return tensors(dict);
      }
      for (String name : STATE_DICTS) {
        if (dict.get(name) instanceof Map<?, ?> inner) {
          return tensors(inner);
        }
      }
      throw new WeightsFormatException(
          "it is a dict of %s; the weights are looked for in %s. %s"
              .formatted(
                  dict.keySet().stream().limit(20).toList(),
                  String.join(", ", STATE_DICTS),
                  SAVE_AGAIN));
    }
    throw new WeightsFormatException("it holds no state dict. " + SAVE_AGAIN);
  }

  private static Map<String, Tensor> tensors(Map<?, ?> dict) throws WeightsFormatException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof Tensor tensor)) {
        throw new WeightsFormatException(
            "'%s' in its state dict is no tensor. %s".formatted(entry.getKey(), SAVE_AGAIN));
      }
      if (!WeightsFile.isCounter(name)) {
        tensors.put(name, tensor);
      }
    }
    return tensors;
  }

  private static void requireLength(String name, Storage storage, long bytes)
      throws WeightsFormatException {
    long expected =
        Math.multiplyExact(storage.elements(), elementBytes(storage.type()).orElseThrow());
    if (bytes != expected) {
      throw new WeightsFormatException(
          "the storage of tensor '%s' should take %d bytes and takes %d: the file is damaged"
              .formatted(name, expected, bytes));
    }
  }

  /**
   * The tensor in the file.
   *
   * @param position of its storage
   */
  private static StoredTensor stored(String name, Tensor tensor, long position, ByteOrder order)
      throws WeightsFormatException {
    ElementType type =
        ElementType.ofStorage(tensor.storage().type())
            .orElseThrow(
                () ->
                    new WeightsFormatException(
                        "tensor '%s' is a torch.%s; weights are Float, Double, Half or BFloat16"
                            .formatted(name, tensor.storage().type())));
    if (tensor.shape().size() != tensor.strides().size()
        || tensor.shape().size() > MAX_DIMENSIONS) {
      throw new WeightsFormatException(
          "tensor '%s' has the shape %s and the strides %s"
              .formatted(name, tensor.shape(), tensor.strides()));
    }
    StoredTensor stored =
        new StoredTensor(
            name,
            type,
            tensor.shape(),
            tensor.strides(),
            Math.addExact(position, Math.multiplyExact(tensor.offset(), type.bytes())),
            order);
    if (tensor.offset() < 0
        || Math.addExact(tensor.offset(), stored.span()) > tensor.storage().elements()) {
      throw new WeightsFormatException(
          "tensor '%s' reaches beyond its storage of %d elements: the file is damaged"
              .formatted(name, tensor.storage().elements()));
    }
    return stored;
  }

  private static ByteBuffer map(FileChannel channel, long position, long size) throws IOException {
    return channel
        .map(FileChannel.MapMode.READ_ONLY, position, size)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
