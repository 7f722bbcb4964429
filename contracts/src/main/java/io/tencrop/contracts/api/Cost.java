package io.tencrop.contracts.api;

import io.tencrop.contracts.spec.ViewSpec;
import java.util.List;

/**
 * What a run or an ensemble takes to answer for one image in one view, on the device where it was
 * measured. The members of an ensemble answer one after another, so their times add up.
 *
 * @param name of the run or the ensemble
 * @param members how many different networks it has
 * @param crops of each image
 * @param parameters of all members
 * @param bytes of the members' weights files
 * @param flops of one image with all its crops; a multiply-accumulate is two
 * @param memoryBytes weights of all members, and the most that the activations of one image with
 *     all its crops take at a time. Computed from the network: without the engine's own and the
 *     scratch memory of its operations
 * @param latency of an image that comes alone
 * @param throughput of images that come in batches
 * @param alike places in the list of those that cannot be told apart from it on the validation
 *     images (McNemar's exact test, p of at least 0.05), its own not among them
 */
public record Cost(
    String name,
    boolean ensemble,
    ViewSpec view,
    int members,
    int crops,
    long parameters,
    long bytes,
    long flops,
    long memoryBytes,
    Latency latency,
    Throughput throughput,
    Device device,
    List<Integer> alike) {
  public Cost {
    alike = List.copyOf(alike);
  }

  /**
   * From the stored pixels of an image to its logits.
   *
   * @param p50Ms the median, in milliseconds; of an ensemble the sum of its members'
   * @param p99Ms the 99th percentile, in milliseconds; of an ensemble the sum of its members'
   * @param calls how many were timed; of an ensemble the fewest of a member
   */
  public record Latency(double p50Ms, double p99Ms, int calls) {}

  /**
   * How many images are answered for in a time.
   *
   * @param batch images of a call
   * @param calls how many were timed; of an ensemble the fewest of a member
   */
  public record Throughput(double imagesPerSecond, int batch, int calls) {}

  /**
   * Where something was measured.
   *
   * @param processor as the system calls it
   * @param processors how many logical ones the process may use
   * @param threads of one operation; of an ensemble the most of a member
   * @param engine such as {@code PyTorch 2.7.1 cpu}
   */
  public record Device(String processor, int processors, int threads, String engine) {}
}
