package io.tencrop.vision.script;

import static io.tencrop.vision.script.Program.SELF;
import static io.tencrop.vision.script.Program.real;

import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.BatchMix;
import io.tencrop.vision.recipe.Distillation;
import io.tencrop.vision.recipe.Ema;
import io.tencrop.vision.recipe.Loss;
import io.tencrop.vision.recipe.Optimizer;
import io.tencrop.vision.recipe.ParameterGroup;
import io.tencrop.vision.recipe.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The method {@code step(x, y, [q,] p, b, [ap, ab,] state..., lr, step, norms[, mixture...])}:
 * forward, loss, gradients, and one update in place.
 *
 * <ul>
 *   <li>{@code q}, with {@link Distillation} only: the teacher's class probabilities, float32
 *       {@code [N, classes]}; of a mixed image they are mixed alike
 *   <li>{@code ap}, {@code ab}: averages of the parameters and the buffers, with {@link Ema} only
 *   <li>{@code state}: for each of the optimizer's state names one tensor per trained parameter
 *   <li>{@code lr}: the learning rate of this step; {@code step}: from 1
 *   <li>{@code norms}: not 0 to ask for the norms of gradients and parameters
 *   <li>{@code mixture}, with {@link BatchMix} only: the fields of {@link BatchMix.Mixture}
 *   <li>the answer: {@code [mean loss, number right]} of before the update; of a mixed image that
 *       label counts which has the greater share. With {@code norms}, then the L2 norms of the
 *       trained parameters' gradients, before any clipping, and then those of these parameters,
 *       before the update
 * </ul>
 */
final class StepScript {
  /**
   * {@code mixed(x, blended, top, left, bottom, right)}: {@code [N, H, W, C]} as {@link
   * BatchMix.Mixture} says.
   */
  static final String MIXED =
      """
        def mixed(%sx: Tensor, blended: float, top: int, left: int, bottom: int, right: int) -> Tensor:
          other = torch.roll(x, [1], [0])
          h = torch.lerp(other, x, blended)
          inside = torch.slice(torch.slice(h, 1, top, bottom), 2, left, right)
          patch = torch.slice(torch.slice(other, 1, top, bottom), 2, left, right)
          _0 = torch.copy_(inside, patch)
          return h
      """
          .formatted(SELF);

  private static final String LOSS =
      """
          z = (self).forward(x, p, b, True, )
          l = (self).loss(z, y, )
          labels = y
      """;

  private static final String MIXED_LOSS =
      """
          x1 = (self).mixed((self).normalized(x, ), blended, top, left, bottom, right, )
          z = (self).network(x1, p, b, True, )
          y1 = torch.roll(y, [1], [0])
          l = torch.add(torch.mul((self).loss(z, y, ), own), torch.mul((self).loss(z, y1, ), torch.sub(1., own)))
          if torch.ge(own, 0.5):
            labels = y
          else:
            labels = y1
      """;

  private StepScript() {}

  /**
   * {@code divergence(z, q)}: the teacher's part of the loss, {@code weight * temperature^2 * KL(q
   * || softmax(z / temperature))}. A lone logit {@code z} stands for two, {@code 0} and {@code z}.
   */
  static String divergence(Distillation distillation, Loss loss) {
    double temperature = distillation.temperature();
    return """
          def divergence(%sz: Tensor, q: Tensor) -> Tensor:
            h = torch.log_softmax(torch.div(%s, %s), 1)
            return torch.mul(torch.div(torch.kl_div(h, q, 2), torch.size(z, 0)), %s)
        """
        .formatted(
            SELF,
            loss.kind() == Loss.Kind.BINARY_CROSS_ENTROPY
                ? "torch.cat([torch.zeros_like(z), z], 1)"
                : "z",
            real(temperature),
            real(distillation.weight() * temperature * temperature));
  }

  private static String loss(TrainingOptions options) {
    String text = options.mix().isEmpty() ? LOSS : MIXED_LOSS;
    Distillation distillation = options.distillation();
    return distillation == null
        ? text
        : text
            + """
                  l = torch.add(torch.mul(l, %s), (self).divergence(z, %s, ))
              """
                .formatted(
                    real(1 - distillation.weight()),
                    options.mix().isEmpty() ? "q" : "torch.lerp(torch.roll(q, [1], [0]), q, own)");
  }

  static String step(Network network, Update update) {
    TrainingOptions options = update.options();
    List<String> states = update.optimizer().stateNames();
    List<String> lists = new ArrayList<>();
    if (options.ema() != null) {
      lists.addAll(List.of("ap", "ab"));
    }
    lists.addAll(states);
    List<Integer> trained = update.trainedPlaces();
    StringBuilder text = new StringBuilder();
    text.append(
        """
          def step(%sx: Tensor, y: Tensor, %sp: List[Tensor], b: List[Tensor], %slr: float, step: int, norms: int%s) -> Tensor:
            torch.set_grad_enabled(True)
        %s    t = %s
            optional = torch.autograd.grad([l], t)
            g = annotate(List[Tensor], [])
            for i in range(torch.len(optional)):
              _0 = torch.append(g, (self).arranged(unchecked_cast(Tensor, optional[i]), ))
            torch.set_grad_enabled(False)
            measured = annotate(List[Tensor], [])
            if torch.ne(norms, 0):
              measured1 = torch.add(torch._foreach_norm(g, 2), torch._foreach_norm(t, 2))
            else:
              measured1 = measured
        """
            .formatted(
                SELF,
                options.distillation() == null ? "" : "q: Tensor, ",
                lists.stream().map(name -> name + ": List[Tensor], ").collect(Collectors.joining()),
                options.mix().isEmpty()
                    ? ""
                    : ", own: float, blended: float, top: int, left: int, bottom: int, right: int",
                loss(options),
                trained.size() == network.parameters().size() ? "p" : elements("p", trained)));
    if (options.gradientClipNorm() != null) {
      text.append(clip(options.gradientClipNorm()));
    }
    for (ParameterGroup group : update.groups()) {
      text.append(update(group, trained, states, update.optimizer()));
    }
    if (options.ema() != null) {
      text.append(average(options.ema(), !network.buffers().isEmpty()));
    }
    return text.append(
            "    return torch.stack(torch.add([torch.detach(l), (self).right(torch.detach(z), labels, )], measured1))\n")
        .toString();
  }

  /** {@code torch.nn.utils.clip_grad_norm_} over all gradients. */
  private static String clip(double bound) {
    return """
            norm = torch.norm(torch.stack(torch._foreach_norm(g, 2)))
            factor = torch.mul(torch.reciprocal(torch.add(norm, 1.0e-06)), %s)
            torch._foreach_mul_(g, torch.clamp_max(factor, 1.))
        """
        .formatted(real(bound));
  }

  private static String update(
      ParameterGroup group, List<Integer> trained, List<String> states, Optimizer optimizer) {
    List<Integer> places =
        group.members().size() == trained.size()
            ? List.of()
            : group.members().stream().map(trained::indexOf).toList();
    List<String> arguments = new ArrayList<>();
    arguments.add(some("t", places));
    arguments.add(some("g", places));
    states.forEach(state -> arguments.add(some(state, places)));
    arguments.add(
        group.rateFactor() == 1 ? "lr" : "torch.mul(lr, %s)".formatted(real(group.rateFactor())));
    arguments.add(real(group.decayed() ? optimizer.weightDecay() : 0));
    return "    _1 = (self).update(%s, step, )\n".formatted(String.join(", ", arguments));
  }

  private static String average(Ema ema, boolean buffers) {
    StringBuilder text = new StringBuilder();
    for (String list : buffers ? List.of("p", "b") : List.of("p")) {
      text.append(
          """
              if torch.eq(step, 1):
                torch._foreach_copy_(a%1$s, %1$s)
              else:
                torch._foreach_lerp_(a%1$s, %1$s, %2$s)
          """
              .formatted(list, real(1 - ema.decay())));
    }
    return text.toString();
  }

  private static String some(String list, List<Integer> places) {
    return places.isEmpty() ? list : elements(list, places);
  }

  private static String elements(String list, List<Integer> places) {
    return places.stream()
        .map(place -> "%s[%d]".formatted(list, place))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
