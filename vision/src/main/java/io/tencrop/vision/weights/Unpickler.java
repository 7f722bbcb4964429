package io.tencrop.vision.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the pickles in a file of {@code torch.save}, protocols 2 to 5. A pickle is a program; this
 * machine knows no instruction and no global beyond those that state dicts consist of, and refuses
 * all others by name, so that nothing of a file is ever run.
 *
 * <p>What comes out: {@link Map} for dicts, {@link List} for lists and tuples, {@link String},
 * {@link Long}, {@link Double}, {@link Boolean}, {@link Tensor}, {@link #NONE}.
 */
final class Unpickler {
  /** Python's None. */
  static final Object NONE = new Object();

  /** A state dict of a thousand tensors takes some 200 KB. */
  static final int MAX_BYTES = 16 << 20;

  private static final int MAX_OBJECTS = 1 << 20;
  private static final Object MARK = new Object();
  private static final Set<String> OTHER_GLOBALS =
      Set.of(
          "collections.OrderedDict",
          "torch._utils._rebuild_tensor",
          "torch._utils._rebuild_tensor_v2",
          "torch._utils._rebuild_parameter");

  private final ByteBuffer in;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final Map<String, Storage> storages;
  private int objects;

  private Unpickler(ByteBuffer in, Map<String, Storage> storages) {
    this.in = in;
    this.storages = storages;
  }

  /**
   * Elements of one type that tensors are views of.
   *
   * @param type the class in {@code torch}, {@code FloatStorage}
   * @param key its name in the file
   * @param elements how many
   */
  record Storage(String type, String key, long elements) {}

  /**
   * A view of a storage.
   *
   * @param offset of its first element
   */
  record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

  private record Global(String name) {}

  /**
   * The object that a pickle stands for; the buffer is left behind its end.
   *
   * @param storages to which those that it names are added, by key
   * @throws WeightsFormatException when it ends too early, or needs what is not known here
   */
  static Object read(ByteBuffer pickle, Map<String, Storage> storages)
      throws WeightsFormatException {
    pickle.order(ByteOrder.LITTLE_ENDIAN);
    try {
      return new Unpickler(pickle, storages).run();
    } catch (BufferUnderflowException e) {
      throw new WeightsFormatException(
          "the file ends, or is damaged, within its list of tensors", e);
    }
  }

  private Object run() throws WeightsFormatException {
    while (true) {
      int code = in.get() & 0xFF;
      switch (code) {
        case 0x80 -> in.get(); // PROTO
        case 0x95 -> in.getLong(); // FRAME
        case '.' -> {
          return pop();
        }
        case '(' -> push(MARK);
        case '0' -> pop();
        case '1' -> popToMark();
        case 'N' -> push(NONE);
        case 0x88 -> push(true);
        case 0x89 -> push(false);
        case 'K' -> push((long) (in.get() & 0xFF));
        case 'M' -> push((long) (in.getShort() & 0xFFFF));
        case 'J' -> push((long) in.getInt());
        case 0x8a -> push(whole(in.get() & 0xFF));
        case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
        case 0x8c -> push(text(in.get() & 0xFF)); // SHORT_BINUNICODE
        case 'X' -> push(text(in.getInt()));
        case 'U' -> push(text(in.get() & 0xFF)); // SHORT_BINSTRING, of Python 2
        case 'T' -> push(text(in.getInt()));
        case 'C' -> push(text(in.get() & 0xFF)); // SHORT_BINBYTES
        case 'B' -> push(text(in.getInt()));
        case ']' -> push(new ArrayList<>());
        case ')' -> push(List.of());
        case '}' -> push(new LinkedHashMap<>());
        case 't' -> push(List.copyOf(popToMark()));
        case 0x85 -> push(List.copyOf(pop(1)));
        case 0x86 -> push(List.copyOf(pop(2)));
        case 0x87 -> push(List.copyOf(pop(3)));
        case 'a' -> append(pop(1));
        case 'e' -> append(popToMark());
        case 's' -> put(pop(2));
        case 'u' -> put(popToMark());
        case 'q' -> memo.put((long) (in.get() & 0xFF), top());
        case 'r' -> memo.put(in.getInt() & 0xFFFFFFFFL, top());
        case 0x94 -> memo.put((long) memo.size(), top()); // MEMOIZE
        case 'h' -> push(remembered(in.get() & 0xFF));
        case 'j' -> push(remembered(in.getInt() & 0xFFFFFFFFL));
        case 'c' -> push(global(line() + "." + line()));
        case 0x93 -> {
          if (!(pop() instanceof String name) || !(pop() instanceof String module)) {
            throw damaged();
          }
          push(global(module + "." + name));
        }
        case 'Q' -> {
          Storage storage = storage(pop());
          storages.put(storage.key(), storage);
          push(storage);
        }
        case 'R' -> {
          Object arguments = pop();
          push(call(pop(), arguments));
        }
        case 'b' -> build(pop());
        default ->
            throw new WeightsFormatException(
                "it is damaged, or holds Python objects (pickle instruction 0x%02x). %s"
                    .formatted(code, TorchFiles.SAVE_AGAIN));
      }
    }
  }

  private void push(Object value) throws WeightsFormatException {
    if (++objects > MAX_OBJECTS) {
      throw new WeightsFormatException(
          "its list of tensors has more than %d parts".formatted(MAX_OBJECTS));
    }
    stack.push(value);
  }

  private Object top() throws WeightsFormatException {
    Object top = stack.peek();
    if (top == null || top == MARK) {
      throw damaged();
    }
    return top;
  }

  private Object pop() throws WeightsFormatException {
    Object top = top();
    stack.pop();
    return top;
  }

  private List<Object> pop(int count) throws WeightsFormatException {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(0, pop());
    }
    return values;
  }

  private List<Object> popToMark() throws WeightsFormatException {
    ArrayDeque<Object> values = new ArrayDeque<>();
    while (stack.peek() != MARK) {
      values.push(pop());
    }
    stack.pop();
    return new ArrayList<>(values);
  }

  private Object remembered(long key) throws WeightsFormatException {
    Object value = memo.get(key);
    if (value == null) {
      throw damaged();
    }
    return value;
  }

  private String text(int length) throws WeightsFormatException {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws WeightsFormatException {
    StringBuilder line = new StringBuilder();
    for (byte next = in.get(); next != '\n'; next = in.get()) {
      if (line.length() == 256) {
        throw damaged();
      }
      line.append((char) (next & 0xFF));
    }
    return line.toString();
  }

  /** Two's complement, little endian; numbers beyond 64 bits are cut to these. */
  private long whole(int length) {
    long value = 0;
    byte last = 0;
    for (int i = 0; i < length; i++) {
      last = in.get();
      if (i < Long.BYTES) {
        value |= (last & 0xFFL) << (8 * i);
      }
    }
    return length < Long.BYTES && last < 0 ? value | -1L << (8 * length) : value;
  }

  private static Global global(String name) throws WeightsFormatException {
    boolean storage =
        name.startsWith("torch.") && TorchFiles.elementBytes(name.substring(6)).isPresent();
    if (!storage && !OTHER_GLOBALS.contains(name)) {
      throw new WeightsFormatException(
          "it needs the Python global '%s', which weights have no need of; nothing of it was run. %s"
              .formatted(name, TorchFiles.SAVE_AGAIN));
    }
    return new Global(name);
  }

  /**
   * {@code ('storage', type, key, location, elements)}, in old files with a view's place behind.
   */
  private static Storage storage(Object id) throws WeightsFormatException {
    if (id instanceof List<?> parts
        && parts.size() >= 5
        && parts.get(0).equals("storage")
        && parts.get(1) instanceof Global type
        && type.name().endsWith("Storage")
        && parts.get(2) instanceof String key
        && parts.get(4) instanceof Long elements
        && elements >= 0
        && (parts.size() == 5 || parts.get(5) == NONE)) {
      return new Storage(type.name().substring("torch.".length()), key, elements);
    }
    throw damaged();
  }

  private static Object call(Object function, Object arguments) throws WeightsFormatException {
    if (!(function instanceof Global global) || !(arguments instanceof List<?> given)) {
      throw damaged();
    }
    return switch (global.name()) {
      case "collections.OrderedDict" -> dict(given);
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(given);
      case "torch._utils._rebuild_parameter" -> {
        if (given.isEmpty() || !(given.get(0) instanceof Tensor tensor)) {
          throw damaged();
        }
        yield tensor;
      }
      default -> throw damaged();
    };
  }

  private static Tensor tensor(List<?> given) throws WeightsFormatException {
    if (given.size() < 4
        || !(given.get(0) instanceof Storage storage)
        || !(given.get(1) instanceof Long offset)) {
      throw damaged();
    }
    return new Tensor(storage, offset, naturals(given.get(2)), naturals(given.get(3)));
  }

  private static List<Long> naturals(Object value) throws WeightsFormatException {
    List<Long> numbers = new ArrayList<>();
    for (Object item : list(value)) {
      if (!(item instanceof Long number) || number < 0) {
        throw damaged();
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static List<?> list(Object value) throws WeightsFormatException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw damaged();
  }

  /** {@code OrderedDict()}, or with a list of pairs. */
  private static Map<Object, Object> dict(List<?> given) throws WeightsFormatException {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (!given.isEmpty()) {
      for (Object pair : list(given.get(0))) {
        List<?> parts = list(pair);
        if (parts.size() != 2) {
          throw damaged();
        }
        dict.put(key(parts.get(0)), parts.get(1));
      }
    }
    return dict;
  }

  private static Object key(Object key) throws WeightsFormatException {
    if (key instanceof String || key instanceof Long || key instanceof Boolean) {
      return key;
    }
    throw new WeightsFormatException("it has a dict with keys that are neither text nor numbers");
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> pairs) throws WeightsFormatException {
    if (!(top() instanceof Map<?, ?> dict) || pairs.size() % 2 != 0) {
      throw damaged();
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      ((Map<Object, Object>) dict).put(key(pairs.get(i)), pairs.get(i + 1));
    }
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> items) throws WeightsFormatException {
    if (!(top() instanceof ArrayList<?> list)) {
      throw damaged();
    }
    ((List<Object>) list).addAll(items);
  }

  /** The attributes of a state dict are versions of its modules; they are let go. */
  private void build(Object state) throws WeightsFormatException {
    if (!(top() instanceof Map<?, ?>) || !(state instanceof Map<?, ?>)) {
      throw damaged();
    }
  }

  private static WeightsFormatException damaged() {
    return new WeightsFormatException("its list of tensors is damaged");
  }
}
