package io.tencrop.evaluator.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.api.Cost.Device;
import io.tencrop.contracts.data.PreparedDataset;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.storage.Digests;
import java.util.TreeMap;

/** What the cost of a network depends on. Its weights are not part of it. */
record CostKey(RunSpec run, PreparedDataset dataset, ViewSpec view, Device device) {
  /** The evaluator computes in it, whatever the run was trained in. */
  private static final String PRECISION = "float32";

  String id() {
    String text =
        "architecture=%s%s;outputs=%s of %d;stored=%dx%dx%d;crop=%s;normalize=%s;view=%s;precision=%s;device=%s"
            .formatted(
                run.architecture().name(),
                new TreeMap<>(run.architecture().options()),
                run.training().loss().type(),
                dataset.classes().size(),
                dataset.channels(),
                dataset.height(),
                dataset.width(),
                run.input().crop(),
                run.input().normalize() != null,
                view.label(),
                PRECISION,
                device);
    return Digests.sha256(text.getBytes(UTF_8));
  }
}
