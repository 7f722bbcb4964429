package io.tencrop.vision.script;

import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.SharedPrefix;
import io.tencrop.vision.recipe.Compute;
import io.tencrop.vision.recipe.Distillation;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.MemoryFormat;
import io.tencrop.vision.recipe.Precision;
import java.util.List;

/**
 * The methods of a program as text.
 *
 * <ul>
 *   <li>{@code logits(x, p, b)}: uint8 {@code [N, H, W, C]}, the parameters and the buffers to
 *       float32 {@code [N, outputs]}
 *   <li>{@code normalized(x)}: uint8 {@code [N, H, W, C]} to float32; {@code network(x, p, b,
 *       training)}: from there to the logits
 *   <li>{@code arranged(t)}: a parameter, its gradient or a state of it, as it best lies in memory;
 *       {@code copied(t)}: the same in memory of its own
 *   <li>{@code measure(x, y, p, b)}: with int64 labels {@code [N]} to {@code [mean loss, number
 *       right]}
 *   <li>{@code statistics(x, p, b, momentum)}: to the logits in training; the batch has the share
 *       {@code momentum} in the running statistics of batch norms
 *   <li>{@code step(x, y, [q,] p, b, averages..., state..., lr, step, norms)}: one update in place,
 *       see {@link StepScript}
 * </ul>
 */
public final class Program {
  static final String SELF = "self: __torch__.M, ";

  private Program() {}

  /** {@code logits}, {@code arranged} and {@code copied}. */
  public static String inference(Network network, InputTransform transform, Compute compute) {
    return normalized(transform) + forward(network, compute) + arranged(compute.memoryFormat());
  }

  /**
   * The program of a trained network that answers, in float32.
   *
   * <ul>
   *   <li>{@code prepared(p, b)}: from the parameters and the buffers to the tensors {@code q} that
   *       the other methods take, with what is the same for all images computed
   *   <li>{@code answers(x, q)}: uint8 {@code [N, H, W, C]} to the logits, float32 {@code [N,
   *       outputs]}
   *   <li>{@code answersOfParts<stride>(x, q, images, parts)}, for each {@link SharedPrefix}: the
   *       logits {@code [parts * images, outputs]} of parts of images, each as large as what the
   *       network sees. {@code x} holds blocks of {@code images} images each; {@code parts} says of
   *       each part its block, its top and its left, the last two divided by {@code stride}
   * </ul>
   *
   * @param winograd whether convolutions are computed by minimal filtering, which pays on a CPU
   */
  public static String answers(Network network, InputTransform transform, boolean winograd) {
    return AnswerScript.of(network, transform, winograd) + arranged(MemoryFormat.CHANNELS_LAST);
  }

  /**
   * All methods.
   *
   * @param fused the engine has {@code torch._fused_adam_} and {@code torch._fused_sgd_} for the
   *     CPU (PyTorch 2.4 and later)
   */
  public static String training(
      Network network, InputTransform transform, Loss loss, Update update, boolean fused) {
    Distillation distillation = update.options().distillation();
    return inference(network, transform, update.options().compute())
        + measures(loss)
        + (update.options().mix().isEmpty() ? "" : StepScript.MIXED)
        + (distillation == null ? "" : StepScript.divergence(distillation, loss))
        + OptimizerScript.update(update.optimizer(), fused)
        + StepScript.step(network, update);
  }

  /** {@code statistics}, {@code arranged} and {@code copied}. */
  public static String statistics(Network network, InputTransform transform, Compute compute) {
    return normalized(transform)
        + """
          def trained(%1$sx: Tensor, p: List[Tensor], b: List[Tensor], momentum: float) -> Tensor:
            h = %2$s
        %3$s    return h
          def statistics(%1$sx: Tensor, p: List[Tensor], b: List[Tensor], momentum: float) -> Tensor:
            return (self).trained((self).normalized(x, ), p, b, momentum, )
        """
            .formatted(
                SELF,
                cast(image(network, compute.memoryFormat()), compute.precision()),
                LayerScript.ofStatistics(network, compute.precision()))
        + arranged(compute.memoryFormat());
  }

  private static String normalized(InputTransform transform) {
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
    return "  def normalized(" + SELF + "x: Tensor) -> Tensor:\n" + body + "    return h\n";
  }

  /** From {@code x}, {@code [N, H, W, C]}, to {@code [N, C, H, W]}. */
  private static String image(Network network, MemoryFormat format) {
    List<Integer> sizes = network.input().sizes();
    if (format == MemoryFormat.CHANNELS_LAST) {
      return "torch.permute(x, [0, 3, 1, 2])";
    }
    // One channel lies the same in both formats; the strides tell the convolutions which is meant.
    return sizes.get(0) == 1
        ? "torch.reshape(x, [torch.size(x, 0), 1, %d, %d])".formatted(sizes.get(1), sizes.get(2))
        : "torch.contiguous(torch.permute(x, [0, 3, 1, 2]))";
  }

  private static String forward(Network network, Compute compute) {
    return """
          def network(%1$sx: Tensor, p: List[Tensor], b: List[Tensor], training: bool) -> Tensor:
            h = %2$s
        %3$s    return h
          def forward(%1$sx: Tensor, p: List[Tensor], b: List[Tensor], training: bool) -> Tensor:
            return (self).network((self).normalized(x, ), p, b, training, )
          def logits(%1$sx: Tensor, p: List[Tensor], b: List[Tensor]) -> Tensor:
            return (self).forward(x, p, b, False, )
        """
        .formatted(
            SELF,
            cast(image(network, compute.memoryFormat()), compute.precision()),
            LayerScript.of(network, compute.precision()));
  }

  private static String arranged(MemoryFormat format) {
    String body = "    return torch.contiguous(t)\n";
    if (format == MemoryFormat.CHANNELS_LAST) {
      body =
          """
              if torch.eq(torch.dim(t), 4):
                r = torch.contiguous(t, memory_format=2)
              else:
                r = torch.contiguous(t)
              return r
          """;
    }
    return """
          def arranged(%1$st: Tensor) -> Tensor:
        %2$s  def copied(%1$st: Tensor) -> Tensor:
            return torch.clone((self).arranged(t, ))
        """
        .formatted(SELF, body);
  }

  private static String measures(Loss loss) {
    String value;
    String right;
    if (loss.kind() == Loss.Kind.CROSS_ENTROPY) {
      value =
          "torch.cross_entropy_loss(z, y, None, 1, -100, %s)"
              .formatted(real(loss.labelSmoothing()));
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

  /** The expression in that precision, if it is in float32. */
  static String cast(String expression, Precision precision) {
    return precision == Precision.BFLOAT16 ? "torch.to(%s, 15)".formatted(expression) : expression;
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
  static String tensor(List<Double> values) {
    return "torch.type_as(torch.tensor(["
        + String.join(", ", values.stream().map(Program::real).toList())
        + "], dtype=6), h)";
  }
}
