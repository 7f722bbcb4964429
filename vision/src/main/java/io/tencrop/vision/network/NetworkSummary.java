package io.tencrop.vision.network;

import java.util.List;

/**
 * What a network costs, layer by layer, for a batch in float32.
 *
 * <p>Operations are counted as {@code torch.utils.flop_counter} does: two for each
 * multiply-accumulate of a convolution, a linear layer or attention, and nothing else. A training
 * step is forward and backward, without the loss and the optimizer; the first layer with parameters
 * needs no gradient for its input, and fused attention computes its first product again backward.
 *
 * <p>Memory is that of activations. A tensor counts where it is made; a view, or what is computed
 * in place, counts nothing. Kept is what PyTorch's autograd holds until the backward pass: inputs
 * or outputs that gradients are computed from, dropout's masks, the places of maxima, and the
 * statistics of normalization; without parameters, their gradients, and the loss.
 *
 * @param batch images
 * @param rows in the order of computation, the input first; the parts of a layer come after it
 * @param parameters how many values are trained
 * @param parameterBytes of those
 * @param bufferBytes of running statistics
 * @param forwardFlops floating point operations of a forward pass over the batch
 * @param trainingFlops those of a training step
 * @param outputBytes of all layers' outputs
 * @param keptBytes until the backward pass
 * @param liveBytes the most that activations take at a time in a forward pass without gradients,
 *     each from the operation that makes it to the last one that reads it; without parameters and
 *     the scratch memory of operations
 */
public record NetworkSummary(
    int batch,
    List<Row> rows,
    long parameters,
    long parameterBytes,
    long bufferBytes,
    long forwardFlops,
    long trainingFlops,
    long outputBytes,
    long keptBytes,
    long liveBytes) {

  /**
   * A layer, without its parts; the sums of a network are those of its rows.
   *
   * @param depth 0, or one more than that of the layer that it is a part of
   * @param name within that layer
   * @param output shape for one image: {@code [C, H, W]}, {@code [T, D]} or {@code [F]}
   */
  public record Row(
      int depth,
      String name,
      String type,
      List<Integer> output,
      long parameters,
      long forwardFlops,
      long trainingFlops,
      long outputBytes,
      long keptBytes) {}

  public NetworkSummary {
    rows = List.copyOf(rows);
  }

  /**
   * The summary of a network.
   *
   * @param batch images, at least 1
   */
  public static NetworkSummary of(Network network, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch of " + batch + " images");
    }
    List<Row> rows = Trace.of(network).stream().map(entry -> row(entry, batch)).toList();
    long parameters = rows.stream().mapToLong(Row::parameters).sum();
    return new NetworkSummary(
        batch,
        rows,
        parameters,
        Trace.BYTES * parameters,
        Trace.BYTES * network.buffers().stream().mapToLong(Buffer::size).sum(),
        rows.stream().mapToLong(Row::forwardFlops).sum(),
        rows.stream().mapToLong(Row::trainingFlops).sum(),
        rows.stream().mapToLong(Row::outputBytes).sum(),
        rows.stream().mapToLong(Row::keptBytes).sum(),
        batch * Trace.liveBytes(network));
  }

  private static Row row(Trace.Entry entry, int batch) {
    return new Row(
        entry.depth,
        entry.name,
        entry.type,
        entry.output.sizes(),
        entry.parameters,
        batch * entry.forward,
        batch * (entry.forward + entry.backward),
        batch * entry.made,
        batch * entry.kept + entry.keptPerBatch);
  }

  /** A table of it, with a line per row. */
  public String table() {
    return SummaryTable.of(this);
  }
}
