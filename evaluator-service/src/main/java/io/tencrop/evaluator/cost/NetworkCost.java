package io.tencrop.evaluator.cost;

import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.contracts.api.Cost.Latency;
import io.tencrop.contracts.api.Cost.Throughput;

/**
 * What one network takes to answer for an image in one view.
 *
 * @param bytes of its weights file
 * @param flops of one image with all its crops
 * @param weightBytes parameters and running statistics in memory
 * @param activationBytes the most that the activations of one image with all its crops take at once
 */
record NetworkCost(
    long parameters,
    long bytes,
    long flops,
    long weightBytes,
    long activationBytes,
    Latency latency,
    Throughput throughput,
    Device device) {}
