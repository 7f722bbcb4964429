package io.tencrop.vision.script;

import io.tencrop.vision.network.Network;
import io.tencrop.vision.recipe.Precision;
import io.tencrop.vision.safetensors.SafetensorsFile;
import io.tencrop.vision.safetensors.SafetensorsFormatException;
import io.tencrop.vision.safetensors.TensorInfo;
import io.tencrop.vision.safetensors.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained network as a TorchScript model that needs nothing but PyTorch: {@code torch.jit.load}
 * in Python, {@code torch::jit::load} in C++.
 *
 * <ul>
 *   <li>{@code forward(x)}: images {@code [N, C, H, W]}, float in {@code [0, 1]} or uint8, to
 *       logits {@code [N, outputs]}; the normalization of the training is part of it
 *   <li>{@code probabilities(x)}: the same to probabilities of the classes {@code [N, classes]}
 *   <li>{@code classes}: their names; {@code input_size}: {@code [C, H, W]}
 *   <li>{@code state_dict()}: the weights under the network's names
 * </ul>
 *
 * <p>It is loaded for inference: without gradients, and with dropout and batch norm at rest.
 *
 * @param mean of the normalization, one value or one per channel; empty: none
 * @param std as many as {@code mean}
 * @param classes names in the order of the labels
 */
public record ModelExport(
    Network network, List<Double> mean, List<Double> std, List<String> classes) {
  private static final Map<String, String> ATTRIBUTES =
      new TreeMap<>(Map.of("classes", "List[str]", "input_size", "List[int]"));

  public ModelExport {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    classes = List.copyOf(classes);
  }

  /**
   * Writes the model and closes the stream.
   *
   * @param weights float32, under the network's names
   * @param extraFiles for {@code torch.jit.load(..., _extra_files)}, by name
   * @throws SafetensorsFormatException when a tensor is missing or has another type or shape; then
   *     nothing has been written
   */
  public void write(SafetensorsFile weights, Map<String, byte[]> extraFiles, OutputStream out)
      throws IOException {
    ModuleTree modules = ModuleTree.of(network);
    List<ModuleTree.Leaf> leaves = modules.allLeaves();
    for (ModuleTree.Leaf leaf : leaves) {
      TensorInfo tensor = weights.tensor(leaf.name());
      if (tensor.type() != TensorType.F32 || !tensor.shape().equals(leaf.shape())) {
        throw new SafetensorsFormatException(
            "tensor '%s' is %s %s, the network needs F32 %s"
                .formatted(leaf.name(), tensor.type(), tensor.shape(), leaf.shape()));
      }
    }
    byte[] module =
        modules.pickle(
            pickle ->
                pickle
                    .text("classes")
                    .texts(classes)
                    .text("input_size")
                    .list(network.input().sizes()));
    String code = modules.classes(ATTRIBUTES, methods());
    try (TorchScriptArchive archive = new TorchScriptArchive(out, module, code)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(extraFiles).entrySet()) {
        archive.extra(file.getKey(), file.getValue());
      }
      for (int i = 0; i < leaves.size(); i++) {
        archive.storage(i, weights.data(leaves.get(i).name()));
      }
    }
  }

  private String methods() {
    String self = "self: " + ModuleTree.ROOT + ", ";
    return """
          def forward(%1$sx: Tensor) -> Tensor:
            if torch.is_floating_point(x):
              h = x
            else:
              h = torch.div(torch.to(x, 6), 255.)
        %2$s%3$s    return h
          def probabilities(%1$sx: Tensor) -> Tensor:
            z = (self).forward(x, )
            return %4$s
        """
        .formatted(
            self,
            normalization(),
            LayerScript.ofModules(network, Precision.FLOAT32),
            network.outputs() == 1
                ? "torch.cat([torch.sigmoid(torch.neg(z)), torch.sigmoid(z)], 1)"
                : "torch.softmax(z, 1)");
  }

  private String normalization() {
    return mean.isEmpty()
        ? ""
        : "    h = torch.div(torch.sub(h, %s), %s)\n".formatted(channels(mean), channels(std));
  }

  /** {@code [C, 1, 1]}, in the type and on the device of {@code h}. */
  private static String channels(List<Double> values) {
    return "torch.reshape(%s, [-1, 1, 1])".formatted(Program.tensor(values));
  }
}
