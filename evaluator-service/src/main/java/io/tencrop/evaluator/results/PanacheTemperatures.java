package io.tencrop.evaluator.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.Measures.Calibration;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/** Temperatures in PostgreSQL, among the measures of results. */
@ApplicationScoped
class PanacheTemperatures implements Temperatures {
  private final PanacheResults.ModelResults models;
  private final MessageCodec codec;

  PanacheTemperatures(PanacheResults.ModelResults models, MessageCodec codec) {
    this.models = models;
    this.codec = codec;
  }

  @Override
  public Optional<Double> find(String checkpointId, ViewSpec view) throws IOException {
    return Transactions.call(
        () -> {
          for (ModelResult result :
              models.list(
                  "checkpointId = ?1 and split = ?2 and view = ?3",
                  checkpointId,
                  SplitName.VALIDATION.label(),
                  view.label())) {
            Calibration calibration =
                codec.decode(result.measures.getBytes(UTF_8), Measures.class).calibration();
            if (calibration != null && calibration.temperature() != null) {
              return Optional.of(calibration.temperature());
            }
          }
          return Optional.empty();
        });
  }
}
