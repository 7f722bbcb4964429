package io.tencrop.vision.script;

import static io.tencrop.vision.script.Program.real;

import io.tencrop.vision.recipe.Optimizer;

/**
 * The method {@code update(p, g, state..., lr, weight_decay, step)}: PyTorch's own sequence of
 * operations ({@code torch/optim/sgd.py}, {@code adam.py}), as one fused call or a few over all
 * parameters at once.
 */
final class OptimizerScript {
  private OptimizerScript() {}

  static String update(Optimizer optimizer, boolean fused) {
    if (optimizer instanceof Optimizer.Sgd sgd) {
      return fused ? fusedSgd(sgd) : sgd(sgd);
    } else if (optimizer instanceof Optimizer.Adam adam) {
      Moments moments = new Moments(adam.beta1(), adam.beta2(), adam.eps());
      return fused ? fusedAdam("adam", moments) : adam(false, moments);
    } else if (optimizer instanceof Optimizer.AdamW adamW) {
      Moments moments = new Moments(adamW.beta1(), adamW.beta2(), adamW.eps());
      return fused ? fusedAdam("adamw", moments) : adam(true, moments);
    }
    throw new AssertionError(optimizer);
  }

  private record Moments(double beta1, double beta2, double eps) {}

  private static String fusedSgd(Optimizer.Sgd sgd) {
    return sgdHeader(sgd)
        + (sgd.momentum() == 0 ? "    momentum_buffer = annotate(List[Tensor], [])\n" : "")
        + """
              torch._fused_sgd_(p, g, momentum_buffer, weight_decay=weight_decay, momentum=%s, lr=lr, \
          dampening=%s, nesterov=%s, maximize=False, is_first_step=torch.eq(step, 1))
              return 0
          """
            .formatted(
                real(sgd.momentum()), real(sgd.dampening()), sgd.nesterov() ? "True" : "False");
  }

  private static String sgd(Optimizer.Sgd sgd) {
    StringBuilder body = new StringBuilder();
    if (sgd.weightDecay() != 0) {
      body.append("    g = torch._foreach_add(g, p, alpha=weight_decay)\n");
    }
    if (sgd.momentum() != 0) {
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
    return sgdHeader(sgd)
        + body
        + "    torch._foreach_add_(p, g, alpha=torch.neg(lr))\n    return 0\n";
  }

  private static String sgdHeader(Optimizer.Sgd sgd) {
    return header(sgd.momentum() == 0 ? "" : "momentum_buffer: List[Tensor], ");
  }

  private static String fusedAdam(String name, Moments moments) {
    return adamHeader()
        + """
              t = torch.full([], step, dtype=6)
              steps = annotate(List[Tensor], [])
              for i in range(torch.len(p)):
                _0 = torch.append(steps, t)
              none = annotate(List[Tensor], [])
              torch._fused_%s_(p, g, exp_avg, exp_avg_sq, none, steps, lr=lr, beta1=%s, beta2=%s, \
          weight_decay=weight_decay, eps=%s, amsgrad=False, maximize=False)
              return 0
          """
            .formatted(name, real(moments.beta1()), real(moments.beta2()), real(moments.eps()));
  }

  private static String adam(boolean decoupled, Moments moments) {
    String decay =
        decoupled
            ? "    torch._foreach_mul_(p, torch.sub(1., torch.mul(lr, weight_decay)))\n"
            : """
                  if torch.ne(weight_decay, 0.):
                    g = torch._foreach_add(g, p, alpha=weight_decay)
              """;
    return adamHeader()
        + decay
        + """
              torch._foreach_mul_(exp_avg, %1$s)
              torch._foreach_add_(exp_avg, g, alpha=%2$s)
              torch._foreach_mul_(exp_avg_sq, %3$s)
              torch._foreach_addcmul_(exp_avg_sq, g, g, %4$s)
              correction1 = torch.sub(1., torch.pow(%1$s, step))
              correction2 = torch.sub(1., torch.pow(%3$s, step))
              d = torch._foreach_sqrt(exp_avg_sq)
              torch._foreach_div_(d, torch.pow(correction2, 0.5))
              torch._foreach_add_(d, %5$s)
              torch._foreach_addcdiv_(p, exp_avg, d, torch.div(torch.neg(lr), correction1))
              return 0
          """
            .formatted(
                real(moments.beta1()),
                real(1 - moments.beta1()),
                real(moments.beta2()),
                real(1 - moments.beta2()),
                real(moments.eps()));
  }

  private static String adamHeader() {
    return header("exp_avg: List[Tensor], exp_avg_sq: List[Tensor], ");
  }

  private static String header(String states) {
    return "  def update(self: __torch__.M, p: List[Tensor], g: List[Tensor], "
        + states
        + "lr: float, weight_decay: float, step: int) -> int:\n";
  }
}
