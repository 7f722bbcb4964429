package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;
import org.jspecify.annotations.NullMarked;

/**
 * Calls a TorchScript method with gradients allowed. It stands in this package since the native
 * call is not public, and the public one, {@code IValueUtils.runMethod}, always runs in inference
 * mode.
 */
@NullMarked
public final class ModuleMethod {
  private ModuleMethod() {}

  /**
   * Runs {@code method}.
   *
   * @param gradients whether the method may differentiate
   * @return to be closed by the caller
   */
  public static IValue call(
      PtSymbolBlock module, String method, boolean gradients, IValue... arguments) {
    long[] handles = new long[arguments.length];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = arguments[i].getHandle();
    }
    return new IValue(
        PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, gradients, false));
  }
}
