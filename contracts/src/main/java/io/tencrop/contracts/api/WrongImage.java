package io.tencrop.contracts.api;

import org.jspecify.annotations.Nullable;

/**
 * A validation image that a run got wrong.
 *
 * @param place among the images by loss, from 1: the highest loss first
 * @param id of the image in the prepared data set
 * @param label index of its class
 * @param className name of its class
 * @param predicted index of the class that was answered
 * @param predictedName name of the class that was answered
 * @param probability that was given to its class
 * @param predictedProbability that was given to the class that was answered
 * @param loss negative logarithm of {@code probability}, in nats
 * @param picture path of a thumbnail in the gateway's API; absent between services
 */
public record WrongImage(
    int place,
    long id,
    int label,
    String className,
    int predicted,
    String predictedName,
    double probability,
    double predictedProbability,
    double loss,
    @Nullable String picture) {
  /** The same with the address of its picture. */
  public WrongImage withPicture(String address) {
    return new WrongImage(
        place,
        id,
        label,
        className,
        predicted,
        predictedName,
        probability,
        predictedProbability,
        loss,
        address);
  }
}
