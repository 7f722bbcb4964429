package io.tencrop.gateway.spec;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.api.State;
import io.tencrop.contracts.data.CheckpointRef;
import io.tencrop.contracts.spec.EnsembleSpec;
import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.RunSpec;
import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.gateway.spec.KnownTeachers.Teacher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Experiments that were completed. */
public final class Teachers {
  private static final Measures MEASURES =
      new Measures(0.9, 0.1, 10, List.of(), null, null, null, null, null);

  private Teachers() {}

  /** One whose id is a function of its name. */
  static Teacher completed(ExperimentSpec spec) {
    UUID id = UUID.nameUUIDFromBytes(spec.name().getBytes(StandardCharsets.UTF_8));
    return new Teacher(id, State.COMPLETED, spec, report(id, spec));
  }

  /** A report with all runs, and those ensembles that have a name. */
  public static ExperimentResults report(UUID id, ExperimentSpec spec) {
    List<Model> models = new ArrayList<>();
    for (RunSpec run : Expansion.runs(spec)) {
      models.add(
          new Model(
              UUID.randomUUID(),
              run.name(),
              run.group(),
              run.architecture().name(),
              run.seed(),
              new CheckpointRef("c", 1, 1, "w"),
              true,
              SplitName.TEST,
              ViewSpec.CENTER,
              MEASURES,
              run.name()));
    }
    List<Ensemble> ensembles = new ArrayList<>();
    for (EnsembleSpec ensemble : spec.evaluation().ensembles()) {
      if (ensemble.name() != null) {
        ensembles.add(
            new Ensemble(
                ensemble.name(),
                models.stream().map(Model::name).toList(),
                null,
                ensemble.fusion(),
                false,
                SplitName.TEST,
                ViewSpec.CENTER,
                MEASURES,
                null));
      }
    }
    return new ExperimentResults(
        id,
        spec.name(),
        spec.dataset(),
        null,
        true,
        models,
        List.of(),
        ensembles,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
