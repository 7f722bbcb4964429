package io.tencrop.vision.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes the instructions of a pickle, protocol 2, that TorchScript's reader knows. */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleWriter() {
    out.writeBytes(new byte[] {(byte) 0x80, 2});
  }

  /** What comes until {@link #tuple()} or {@link #items()} belongs together. */
  PickleWriter mark() {
    return code('(');
  }

  PickleWriter tuple() {
    return code('t');
  }

  /** An empty dict; {@link #items()} fills it. */
  PickleWriter dict() {
    return code('}');
  }

  /** The keys and values since the mark become the dict's before it. */
  PickleWriter items() {
    return code('u');
  }

  PickleWriter global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(UTF_8));
    return this;
  }

  /** An object of the class before it, without arguments. */
  PickleWriter newObject() {
    return code(')').code(0x81);
  }

  /** The state before it becomes that of the object before that. */
  PickleWriter build() {
    return code('b');
  }

  /** The function before its tuple of arguments is called. */
  PickleWriter call() {
    return code('R');
  }

  /** The tuple before it names something outside of the pickle. */
  PickleWriter persistent() {
    return code('Q');
  }

  PickleWriter text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    code('X').integer(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  PickleWriter truth(boolean value) {
    return code(value ? 0x88 : 0x89);
  }

  PickleWriter whole(int value) {
    return code('J').integer(value);
  }

  PickleWriter wholes(List<Long> values) {
    mark();
    values.forEach(value -> whole(Math.toIntExact(value)));
    return tuple();
  }

  /** A {@code List[str]}. */
  PickleWriter texts(List<String> texts) {
    global("torch.jit._pickle", "restore_type_tag").mark().code(']').mark();
    texts.forEach(this::text);
    return code('e').text("List[str]").tuple().call();
  }

  /** A {@code List[int]}. */
  PickleWriter list(List<Integer> values) {
    global("torch.jit._pickle", "build_intlist").mark().code(']').mark();
    values.forEach(this::whole);
    return code('e').tuple().call();
  }

  /** The pickle, which ends here. */
  byte[] finish() {
    code('.');
    return out.toByteArray();
  }

  private PickleWriter code(int code) {
    out.write(code);
    return this;
  }

  private PickleWriter integer(int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }
}
