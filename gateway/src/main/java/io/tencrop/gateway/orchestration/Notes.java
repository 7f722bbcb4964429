package io.tencrop.gateway.orchestration;

import io.tencrop.contracts.spec.EarlyStoppingSpec;
import io.tencrop.gateway.state.Run;
import java.util.ArrayList;
import java.util.List;

/** What is out of the ordinary about a run, in sentences. */
final class Notes {
  private Notes() {}

  static List<String> of(Run run) {
    List<String> notes = new ArrayList<>();
    if (run.stoppedEarly()) {
      notes.add(stoppedEarly(run));
    }
    if (run.engines().size() > 1) {
      notes.add(
          "trained by %s: agrees only within rounding with a run of one engine"
              .formatted(String.join(", then by ", run.engines())));
    }
    return notes;
  }

  /** What is to be said of a run anyway, then its notes. */
  static String after(String said, Run run) {
    List<String> all = new ArrayList<>(List.of(said));
    all.addAll(of(run));
    return String.join("; ", all);
  }

  private static String stoppedEarly(Run run) {
    EarlyStoppingSpec rule = run.spec().training().earlyStopping();
    String where =
        "stopped early after epoch %d of %d"
            .formatted(run.headEpoch(), run.spec().training().epochs());
    return rule == null
        ? where
        : "%s: %s has not improved for %s"
            .formatted(
                where,
                switch (rule.monitor()) {
                  case VALIDATION_LOSS -> "validation loss";
                  case VALIDATION_ACCURACY -> "validation accuracy";
                },
                rule.patience() == 1 ? "an epoch" : rule.patience() + " epochs");
  }
}
