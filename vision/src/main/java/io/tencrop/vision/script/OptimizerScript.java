package io.tencrop.vision.script;

import static io.tencrop.vision.script.Program.real;

import io.tencrop.vision.recipe.Optimizer;

/**
 * The method {@code update(p, g, state..., step)}: PyTorch's own sequence of operations ({@code
 * torch/optim/sgd.py}, {@code adam.py}), as a few calls over all parameters at once.
 */
final class OptimizerScript {
  private OptimizerScript() {}

  static String update(Optimizer optimizer, boolean fusedAdam) {
    if (optimizer instanceof Optimizer.Sgd sgd) {
      return sgd(sgd);
    } else if (optimizer instanceof Optimizer.Adam adam) {
      return adam(
          "adam",
          adam.learningRate(),
          adam.beta1(),
          adam.beta2(),
          adam.eps(),
          adam.weightDecay(),
          fusedAdam);
    } else if (optimizer instanceof Optimizer.AdamW adamW) {
      return adam(
          "adamw",
          adamW.learningRate(),
          adamW.beta1(),
          adamW.beta2(),
          adamW.eps(),
          adamW.weightDecay(),
          fusedAdam);
    }
    throw new AssertionError(optimizer);
  }

  private static String sgd(Optimizer.Sgd sgd) {
    StringBuilder body = new StringBuilder();
    if (sgd.weightDecay() != 0) {
      body.append(
          "    g = torch._foreach_add(g, p, alpha=%s)\n".formatted(real(sgd.weightDecay())));
    }
    boolean momentum = sgd.momentum() != 0;
    if (momentum) {
      body.append(
          """
              if torch.eq(step, 1):
                torch._foreach_copy_(momentum_buffer, g)
              else:
                torch._foreach_mul_(momentum_buffer, %s)
                torch._foreach_add_(momentum_buffer, g, alpha=%s)
          """
              .formatted(real(sgd.momentum()), real(1 - sgd.dampening())));
      body.append(
          sgd.nesterov()
              ? "    g = torch._foreach_add(g, momentum_buffer, alpha=%s)\n"
                  .formatted(real(sgd.momentum()))
              : "    g = momentum_buffer\n");
    }
    body.append("    torch._foreach_add_(p, g, alpha=%s)\n".formatted(real(-sgd.learningRate())));
    return header(momentum ? "momentum_buffer: List[Tensor], " : "") + body + "    return 0\n";
  }

  private static String adam(
      String name,
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean fused) {
    String header = header("exp_avg: List[Tensor], exp_avg_sq: List[Tensor], ");
    if (fused) {
      return header
          + """
                t = torch.full([], step, dtype=6)
                steps = annotate(List[Tensor], [])
                for i in range(torch.len(p)):
                  _0 = torch.append(steps, t)
                none = annotate(List[Tensor], [])
                torch._fused_%s_(p, g, exp_avg, exp_avg_sq, none, steps, lr=%s, beta1=%s, beta2=%s, \
            weight_decay=%s, eps=%s, amsgrad=False, maximize=False)
                return 0
            """
              .formatted(
                  name, real(learningRate), real(beta1), real(beta2), real(weightDecay), real(eps));
    }
    StringBuilder body = new StringBuilder();
    if (weightDecay != 0) {
      body.append(
          name.equals("adamw")
              ? "    torch._foreach_mul_(p, %s)\n".formatted(real(1 - learningRate * weightDecay))
              : "    g = torch._foreach_add(g, p, alpha=%s)\n".formatted(real(weightDecay)));
    }
    body.append(
        """
            torch._foreach_mul_(exp_avg, %1$s)
            torch._foreach_add_(exp_avg, g, alpha=%2$s)
            torch._foreach_mul_(exp_avg_sq, %3$s)
            torch._foreach_addcmul_(exp_avg_sq, g, g, %4$s)
            correction1 = torch.sub(1., torch.pow(%1$s, step))
            correction2 = torch.sub(1., torch.pow(%3$s, step))
            d = torch._foreach_sqrt(exp_avg_sq)
            torch._foreach_div_(d, torch.pow(correction2, 0.5))
            torch._foreach_add_(d, %5$s)
            torch._foreach_addcdiv_(p, exp_avg, d, torch.div(%6$s, correction1))
            return 0
        """
            .formatted(
                real(beta1),
                real(1 - beta1),
                real(beta2),
                real(1 - beta2),
                real(eps),
                real(-learningRate)));
    return header + body;
  }

  private static String header(String states) {
    return "  def update(self: __torch__.M, p: List[Tensor], g: List[Tensor], "
        + states
        + "step: int) -> int:\n";
  }
}
