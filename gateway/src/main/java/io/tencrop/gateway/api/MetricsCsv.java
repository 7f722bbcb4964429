package io.tencrop.gateway.api;

import io.tencrop.contracts.api.RunMetrics;
import io.tencrop.contracts.data.EpochMetrics;
import io.tencrop.contracts.data.MetricPoint;

/** Curves as comma-separated values, RFC 4180. */
final class MetricsCsv {
  private static final String HEADER =
      "kind,step,epoch,train_loss,train_accuracy,validation_loss,validation_accuracy\r\n";

  private MetricsCsv() {}

  static String write(RunMetrics metrics) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (MetricPoint point : metrics.points()) {
      csv.append("point,").append(point.step());
      csv.append(',').append(point.epoch());
      csv.append(',').append(point.loss());
      csv.append(',').append(point.accuracy()).append(",,\r\n");
    }
    for (EpochMetrics epoch : metrics.epochs()) {
      csv.append("epoch,").append(epoch.step());
      csv.append(',').append(epoch.epoch());
      csv.append(',').append(epoch.trainLoss());
      csv.append(',').append(epoch.trainAccuracy());
      csv.append(',').append(epoch.validationLoss());
      csv.append(',').append(epoch.validationAccuracy()).append("\r\n");
    }
    return csv.toString();
  }
}
