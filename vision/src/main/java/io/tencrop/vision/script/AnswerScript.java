package io.tencrop.vision.script;

import io.tencrop.vision.network.FusedLayers;
import io.tencrop.vision.network.Network;
import io.tencrop.vision.network.Network.NamedLayer;
import io.tencrop.vision.network.Scope;
import io.tencrop.vision.network.SharedPrefix;
import io.tencrop.vision.recipe.InputTransform;
import io.tencrop.vision.script.TensorScope.Statements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The methods of a program that only answers, see {@link Program#answers}. */
final class AnswerScript {
  /** The names of tensors that are there before the network is asked. */
  private static final Pattern TENSOR = Pattern.compile("\\b[pbw]\\d+\\b");

  /** Cuts parts out of {@code h}, one after another, {@code [parts * images, C, H, W]}. */
  private static final String PARTS =
      """
          a = annotate(List[Tensor], [])
          for i in range(torch.floordiv(torch.len(parts), 3)):
            j = torch.mul(i, 3)
            first = torch.mul(parts[j], images)
            top = parts[torch.add(j, 1)]
            left = parts[torch.add(j, 2)]
            s = torch.slice(h, 0, first, torch.add(first, images))
            _0 = torch.append(a, torch.slice(torch.slice(s, 2, top, torch.add(top, %d)), 3, left, torch.add(left, %d)))
          h = torch.cat(a)
      """;

  private final Network network;
  private final boolean winograd;
  private final Map<String, String> tensors = new HashMap<>();
  private final Map<String, String> prepared = new LinkedHashMap<>();
  private final StringBuilder loading = new StringBuilder();
  private final Statements statements = new Statements();

  private AnswerScript(Network network, boolean winograd) {
    this.network = network;
    this.winograd = winograd;
    for (int i = 0; i < network.parameters().size(); i++) {
      load(network.parameters().get(i).name(), "p", i);
    }
    for (int i = 0; i < network.buffers().size(); i++) {
      load(network.buffers().get(i).name(), "b", i);
    }
  }

  private void load(String tensor, String list, int index) {
    tensors.put(tensor, list + index);
    loading.append("    %1$s%2$d = %1$s[%2$d]\n".formatted(list, index));
  }

  static String of(Network network, InputTransform transform, boolean winograd) {
    return new AnswerScript(network, winograd).write() + pixels(transform);
  }

  private String write() {
    List<NamedLayer> layers = network.layers();
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("answers(%sx: Tensor, q: List[Tensor])", body(layers));
    for (SharedPrefix prefix : SharedPrefix.of(network)) {
      List<Integer> part = prefix.output(network).sizes();
      bodies.put(
          "answersOfParts"
              + prefix.stride()
              + "(%sx: Tensor, q: List[Tensor], images: int, parts: List[int])",
          body(layers.subList(0, prefix.layers()))
              + PARTS.formatted(part.get(1), part.get(2))
              + body(layers.subList(prefix.layers(), layers.size())));
    }
    Set<String> used = new LinkedHashSet<>();
    bodies.values().forEach(body -> used.addAll(tensors(body)));
    List<String> order = new ArrayList<>(used);
    StringBuilder methods = new StringBuilder(FusedLayers.methods("self: __torch__.M"));
    methods.append(
        "  def prepared(%sp: List[Tensor], b: List[Tensor]) -> List[Tensor]:\n"
            .formatted(Program.SELF));
    methods.append(loading);
    prepared.forEach(
        (expression, name) -> methods.append("    %s = %s\n".formatted(name, expression)));
    methods.append("    return [%s]\n".formatted(String.join(", ", order)));
    bodies.forEach(
        (signature, body) -> {
          methods.append("  def %s -> Tensor:\n".formatted(signature.formatted(Program.SELF)));
          tensors(body)
              .forEach(
                  name -> methods.append("    %s = q[%d]\n".formatted(name, order.indexOf(name))));
          methods.append("    h = (self).pixels(x, )\n").append(body).append("    return h\n");
        });
    return methods.toString();
  }

  private static Set<String> tensors(String text) {
    Set<String> names = new LinkedHashSet<>();
    TENSOR.matcher(text).results().forEach(match -> names.add(match.group()));
    return names;
  }

  /** From {@code h} to {@code h}. */
  private String body(List<NamedLayer> layers) {
    statements.assign("h", FusedLayers.script(layers, "h", new AnswerScope(""), winograd));
    return statements.take();
  }

  /**
   * From uint8 {@code [N, H, W, C]} to {@code [N, C, H, W]}, with the bits of {@code normalized}.
   * Constants are repeated along a row: what is three values wide is computed value by value.
   */
  private static String pixels(InputTransform transform) {
    StringBuilder body = new StringBuilder("    h = torch.div_(torch.to(x, 6), 255.)\n");
    List<Double> mean = transform.mean();
    if (mean.size() == 1) {
      body.append(
          "    h = torch.div_(torch.sub_(h, %s), %s)\n"
              .formatted(Program.real(mean.get(0)), Program.real(transform.std().get(0))));
    } else if (!mean.isEmpty()) {
      body.append(
          """
              r = torch.flatten(h, 2)
              _0 = torch.sub_(r, (self).row(%s, h, ))
              _1 = torch.div_(r, (self).row(%s, h, ))
          """
              .formatted(Program.tensor(mean), Program.tensor(transform.std())));
    }
    return """
          def row(%1$sc: Tensor, h: Tensor) -> Tensor:
            return torch.repeat(c, [torch.size(h, 2)])
          def pixels(%1$sx: Tensor) -> Tensor:
        %2$s    return torch.permute(h, [0, 3, 1, 2])
        """
        .formatted(Program.SELF, body);
  }

  private final class AnswerScope extends TensorScope {
    AnswerScope(String layer) {
      super(layer, tensors, statements);
    }

    @Override
    Scope of(String layer) {
      return new AnswerScope(layer);
    }

    @Override
    public String training() {
      return "False";
    }

    @Override
    public String prepared(String expression) {
      return prepared.computeIfAbsent(expression, text -> "w" + prepared.size());
    }
  }
}
