package io.tencrop.vision.script;

import io.tencrop.vision.network.ActivationShape;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import java.util.List;

/**
 * The methods of a program as text.
 *
 * <ul>
 *   <li>{@code logits(x, p, b)}: uint8 {@code [N, H, W, C]}, the parameters and the buffers to
 *       float32 {@code [N, outputs]}
 *   <li>{@code measure(x, y, p, b)}: with int64 labels {@code [N]} to {@code [mean loss, number
 *       right]}
 *   <li>{@code step(x, y, p, b, state..., step)}: one update in place; {@code state} is a list of
 *       tensors for each of the optimizer's state names, {@code step} counts from 1; gives {@code
 *       [mean loss, number right]} of before the update
 * </ul>
 */
public final class Program {
  private static final String SELF = "self: __torch__.M, ";

  private Program() {}

  /** {@code logits} alone. */
  public static String inference(Network network, InputTransform transform) {
    return pixels(network.input(), transform) + logits(network);
  }

  /**
   * All three methods.
   *
   * @param fusedAdam the engine has {@code torch._fused_adam_} for the CPU (PyTorch 2.4 and later)
   */
  public static String training(
      Network network,
      InputTransform transform,
      Loss loss,
      Optimizer optimizer,
      boolean fusedAdam) {
    return inference(network, transform)
        + measures(loss)
        + OptimizerScript.update(optimizer, fusedAdam)
        + step(optimizer.stateNames());
  }

  private static String pixels(ActivationShape input, InputTransform transform) {
    StringBuilder body = new StringBuilder("    h = torch.div_(torch.to(x, 6), 255.)\n");
    List<Double> mean = transform.mean();
    if (mean.size() == 1) {
      body.append(
          "    h = torch.div_(torch.sub_(h, %s), %s)\n"
              .formatted(real(mean.get(0)), real(transform.std().get(0))));
    } else if (!mean.isEmpty()) {
      body.append(
          "    h = torch.div_(torch.sub_(h, %s), %s)\n"
              .formatted(tensor(mean), tensor(transform.std())));
    }
    List<Integer> sizes = input.sizes();
    if (sizes.get(0) == 1) {
      // With one channel both layouts are the same bytes; a plain NCHW view keeps PyTorch from
      // choosing channels-last kernels.
      body.append(
          "    return torch.reshape(h, [torch.size(h, 0), 1, %d, %d])\n"
              .formatted(sizes.get(1), sizes.get(2)));
    } else {
      body.append("    return torch.permute(h, [0, 3, 1, 2])\n");
    }
    return "  def pixels(" + SELF + "x: Tensor) -> Tensor:\n" + body;
  }

  private static String logits(Network network) {
    return """
          def forward(%1$sx: Tensor, p: List[Tensor], b: List[Tensor], training: bool) -> Tensor:
            h = (self).pixels(x, )
        %2$s    return h
          def logits(%1$sx: Tensor, p: List[Tensor], b: List[Tensor]) -> Tensor:
            return (self).forward(x, p, b, False, )
        """
        .formatted(SELF, LayerScript.of(network));
  }

  private static String measures(Loss loss) {
    String value;
    String right;
    if (loss == Loss.CROSS_ENTROPY) {
      value = "torch.cross_entropy_loss(z, y)";
      right = "torch.eq(torch.argmax(z, 1), y)";
    } else {
      value = "torch.binary_cross_entropy_with_logits(torch.reshape(z, [-1]), torch.to(y, 6))";
      right = "torch.eq(torch.to(torch.gt(torch.reshape(z, [-1]), 0), 4), y)";
    }
    return """
          def loss(%1$sz: Tensor, y: Tensor) -> Tensor:
            return %2$s
          def right(%1$sz: Tensor, y: Tensor) -> Tensor:
            return torch.to(torch.sum(%3$s), 6)
          def measure(%1$sx: Tensor, y: Tensor, p: List[Tensor], b: List[Tensor]) -> Tensor:
            z = (self).logits(x, p, b, )
            return torch.stack([(self).loss(z, y, ), (self).right(z, y, )])
        """
        .formatted(SELF, value, right);
  }

  private static String step(List<String> states) {
    StringBuilder parameters = new StringBuilder();
    StringBuilder arguments = new StringBuilder();
    for (String state : states) {
      parameters.append(state).append(": List[Tensor], ");
      arguments.append(state).append(", ");
    }
    return """
          def step(%1$sx: Tensor, y: Tensor, p: List[Tensor], b: List[Tensor], %2$sstep: int) -> Tensor:
            torch.set_grad_enabled(True)
            z = (self).forward(x, p, b, True, )
            l = (self).loss(z, y, )
            optional = torch.autograd.grad([l], p)
            g = annotate(List[Tensor], [])
            for i in range(torch.len(optional)):
              _0 = torch.append(g, unchecked_cast(Tensor, optional[i]))
            torch.set_grad_enabled(False)
            _1 = (self).update(p, g, %3$sstep, )
            return torch.stack([torch.detach(l), (self).right(torch.detach(z), y, )])
        """
        .formatted(SELF, parameters, arguments);
  }

  /**
   * A number as TorchScript reads it: always with a point or an exponent, so that it is a float.
   */
  static String real(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite number: " + value);
    }
    return Double.toString(value).replace('E', 'e');
  }

  /** On the device of {@code h}. */
  private static String tensor(List<Double> values) {
    return "torch.type_as(torch.tensor(["
        + String.join(", ", values.stream().map(Program::real).toList())
        + "], dtype=6), h)";
  }
}
