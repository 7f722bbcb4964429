package io.tencrop.evaluator.bank;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateCheckpoint;
import io.tencrop.contracts.event.EvaluationRequest.EvaluateSlice;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.evaluator.inference.CropPass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongBiFunction;

/**
 * How large evaluations are cut into work for several replicas.
 *
 * @param operations floating-point operations of a slice
 * @param ofCrop floating-point operations of a run's network for one crop
 */
record Slicing(long operations, ToLongBiFunction<RunSpec, PreparedDataset> ofCrop) {
  /** The number of slices. */
  static int count(int images, int imagesPerSlice) {
    return (images - 1) / imagesPerSlice + 1;
  }

  /**
   * The slices of what is missing; none when no split has more than one.
   *
   * @param missing at least one entry
   */
  List<EvaluateSlice> cut(Wanted wanted, List<BankKey> missing) {
    List<ViewSpec> views = missing.stream().map(BankKey::view).distinct().toList();
    List<SplitName> splits = missing.stream().map(BankKey::split).distinct().toList();
    EvaluateCheckpoint request = wanted.request();
    double perImage =
        (double) ofCrop.applyAsLong(request.run(), request.dataset()) * wanted.crops(views).size();
    int images =
        (int)
            Math.max(CropPass.IMAGES_PER_CALL, Math.min(Integer.MAX_VALUE, operations / perImage));
    if (splits.stream().allMatch(split -> count(wanted.images(split), images) == 1)) {
      return List.of();
    }
    List<EvaluateSlice> slices = new ArrayList<>();
    for (SplitName split : splits) {
      for (int index = 0; index < count(wanted.images(split), images); index++) {
        slices.add(
            new EvaluateSlice(
                request.experimentId(), request.runId(), request, views, images, split, index));
      }
    }
    return slices;
  }
}
