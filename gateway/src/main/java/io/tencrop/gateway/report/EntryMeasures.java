package io.tencrop.gateway.report;

import io.tencrop.contracts.SplitName;
import io.tencrop.contracts.api.Cost;
import io.tencrop.contracts.api.ExperimentResults;
import io.tencrop.contracts.api.ExperimentResults.Ensemble;
import io.tencrop.contracts.api.ExperimentResults.Model;
import io.tencrop.contracts.api.Measures;
import io.tencrop.contracts.spec.ViewSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The measures of the runs and ensembles of a report, by what they are called. */
final class EntryMeasures {
  private final Map<Place, Measures> measures = new HashMap<>();

  private record Place(String name, boolean ensemble, ViewSpec view, SplitName split) {}

  EntryMeasures(ExperimentResults results) {
    for (Model model : results.models()) {
      if (isEntry(model)) {
        measures.put(new Place(model.name(), false, model.view(), model.split()), model.measures());
      }
    }
    for (Ensemble ensemble : results.ensembles()) {
      measures.put(
          new Place(ensemble.name(), true, ensemble.view(), ensemble.split()), ensemble.measures());
    }
  }

  /** Of the checkpoints of a run those that no name of their own tells apart are not entries. */
  static boolean isEntry(Model model) {
    return model.representative() || !model.name().equals(model.run());
  }

  /** Those of an entry over a split; empty without images. */
  Optional<Measures> of(Cost cost, SplitName split) {
    return of(cost.name(), cost.ensemble(), cost.view(), split);
  }

  /** Those of an entry over a split; empty without images. */
  Optional<Measures> of(String name, boolean ensemble, ViewSpec view, SplitName split) {
    return Optional.ofNullable(measures.get(new Place(name, ensemble, view, split)));
  }
}
