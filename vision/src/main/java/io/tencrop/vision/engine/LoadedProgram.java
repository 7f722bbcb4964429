package io.tencrop.vision.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ModuleMethod;
import io.tencrop.vision.engine.TensorGroup.Content;
import io.tencrop.vision.script.TorchScriptArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A TorchScript program in the engine, on its default device: the GPU if there is one, otherwise
 * the CPU.
 */
public final class LoadedProgram implements AutoCloseable {
  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final int threads;

  /**
   * Loads a program for this thread.
   *
   * @param methods see {@link TorchScriptArchive}
   * @param threads that an operation of this thread may use on the CPU
   */
  public LoadedProgram(String methods, int threads) {
    manager = (PtNDManager) Engine.getInstance().newBaseManager();
    this.threads = threads;
    useThreads();
    // The optimizing executor rewrites a method after its first calls; a resumed run must compute
    // what an unbroken one does.
    JniUtils.setGraphExecutorOptimize(false);
    try {
      module = load(methods);
    } catch (IOException e) {
      manager.close();
      throw new UncheckedIOException("cannot hand the program to the engine", e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Makes this thread compute with the program's number of threads again, after another program was
   * loaded for it.
   */
  public void useThreads() {
    JniUtils.setNumThreads(threads);
  }

  private PtSymbolBlock load(String methods) throws IOException {
    Path file = Files.createTempFile("tencrop-program", ".pt");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        TorchScriptArchive.write(methods, out);
      }
      return JniUtils.loadModule(manager, file, true, new String[0], new String[0], false);
    } finally {
      Files.delete(file);
    }
  }

  /** Tensors on the program's device, none of which is differentiated for. */
  public TensorGroup tensors(List<Content> contents) {
    return tensors(contents, Set.of());
  }

  /**
   * Tensors on the program's device.
   *
   * @param trained the places of those that the program differentiates for
   */
  public TensorGroup tensors(List<Content> contents, Set<Integer> trained) {
    List<PtNDArray> tensors = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      PtNDArray tensor = placed(contents.get(i));
      if (trained.contains(i)) {
        tensor.setRequiresGradient(true);
      }
      tensors.add(tensor);
    }
    return new TensorGroup(tensors);
  }

  /** The tensors that a method gives, on the program's device. */
  public TensorGroup tensors(String method, List<Argument> arguments) {
    return call(
        method,
        false,
        arguments,
        (result, scratch) -> new TensorGroup(List.of(result.toTensorArray(manager))));
  }

  /** A copy: what the engine makes of a Java buffer lives no longer than the buffer. */
  private PtNDArray placed(Content content) {
    try (PtNDManager scratch = manager.newSubManager(manager.getDevice());
        IValue values =
            IValue.from(
                scratch.create(
                    content.values().duplicate(), new Shape(content.shape()), DataType.FLOAT32));
        IValue result = ModuleMethod.call(module, "copied", true, values)) {
      return result.toTensor(manager);
    }
  }

  /**
   * Calls a method that gives one tensor of float32.
   *
   * @param gradients whether the method differentiates
   * @return the tensor's values, row-major
   */
  public float[] call(String method, boolean gradients, List<Argument> arguments) {
    return call(
        method, gradients, arguments, (result, scratch) -> result.toTensor(scratch).toFloatArray());
  }

  private <T> T call(
      String method,
      boolean gradients,
      List<Argument> arguments,
      BiFunction<IValue, PtNDManager, T> read) {
    try (PtNDManager scratch = manager.newSubManager(manager.getDevice())) {
      IValue[] values = new IValue[arguments.size()];
      try {
        for (int i = 0; i < values.length; i++) {
          values[i] = value(arguments.get(i), scratch);
        }
        try (IValue result = ModuleMethod.call(module, method, gradients, values)) {
          return read.apply(result, scratch);
        }
      } finally {
        for (int i = 0; i < values.length; i++) {
          if (values[i] != null && !(arguments.get(i) instanceof Argument.Tensors)) {
            values[i].close();
          }
        }
      }
    }
  }

  private static IValue value(Argument argument, PtNDManager scratch) {
    if (argument instanceof Argument.Pixels pixels) {
      Shape shape = new Shape(pixels.count(), pixels.height(), pixels.width(), pixels.channels());
      ByteBuffer bytes = ByteBuffer.wrap(pixels.bytes(), 0, Math.toIntExact(shape.size()));
      return tensor(scratch.create(bytes, shape, DataType.UINT8));
    } else if (argument instanceof Argument.Labels labels) {
      long[] values = labels.values();
      return tensor(
          scratch.create(LongBuffer.wrap(values), new Shape(values.length), DataType.INT64));
    } else if (argument instanceof Argument.Rows rows) {
      Shape shape = new Shape(rows.rows(), rows.values().length / rows.rows());
      return tensor(scratch.create(FloatBuffer.wrap(rows.values()), shape, DataType.FLOAT32));
    } else if (argument instanceof Argument.Whole whole) {
      return IValue.from(whole.value());
    } else if (argument instanceof Argument.Wholes wholes) {
      return IValue.listFrom(wholes.values().stream().mapToLong(Long::longValue).toArray());
    } else if (argument instanceof Argument.Real real) {
      return IValue.from(real.value());
    } else if (argument instanceof Argument.Tensors tensors) {
      return tensors.group().list();
    }
    throw new AssertionError(argument);
  }

  private static IValue tensor(PtNDArray array) {
    return IValue.from(array);
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
