package io.tencrop.vision.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.tencrop.vision.evaluation.Candidate.Limits;
import io.tencrop.vision.evaluation.ParetoFront.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PicksTest {
  private static final Limits NONE = new Limits(null, null, null);

  private static final Candidate SMALL = new Candidate(0, 0.90, 1, 10, 5, Set.of());
  private static final Candidate MEDIUM = new Candidate(1, 0.93, 3, 40, 30, Set.of(2, 3));
  private static final Candidate CROPS = new Candidate(2, 0.94, 20, 90, 30, Set.of(1, 3));
  private static final Candidate ENSEMBLE = new Candidate(3, 0.95, 60, 200, 150, Set.of(1, 2));
  private static final List<Candidate> ALL = List.of(SMALL, MEDIUM, CROPS, ENSEMBLE);

  @Test
  void theMostAccurateIsEnteredAndTheCheapestThatIsAsGoodShipped() {
    assertThat(Picks.of(ALL, NONE)).isEqualTo(new Picks(ENSEMBLE, ENSEMBLE, MEDIUM));
  }

  @Test
  void limitsBindWhatIsShippedOnly() {
    assertThat(Picks.of(ALL, new Limits(2.0, null, null)))
        .isEqualTo(new Picks(ENSEMBLE, SMALL, SMALL));
    assertThat(Picks.of(ALL, new Limits(null, 90.0, null)))
        .isEqualTo(new Picks(ENSEMBLE, CROPS, MEDIUM));
    assertThat(Picks.of(ALL, new Limits(null, null, 29.9)))
        .isEqualTo(new Picks(ENSEMBLE, SMALL, SMALL));
    assertThat(Picks.of(ALL, new Limits(0.5, null, null)))
        .isEqualTo(new Picks(ENSEMBLE, null, null));
    assertThat(Picks.of(List.of(), NONE)).isEqualTo(new Picks(null, null, null));
  }

  @Test
  void theCheaperOfTheEquallyAccurateIsEntered() {
    Candidate slower = new Candidate(1, 0.90, 2, 1, 1, Set.of());
    assertThat(Picks.of(List.of(slower, SMALL), NONE).enter()).isEqualTo(SMALL);
    Candidate larger = new Candidate(4, 0.90, 1, 11, 5, Set.of());
    assertThat(Picks.of(List.of(larger, SMALL), NONE).enter()).isEqualTo(SMALL);
  }

  @Test
  void nothingOnTheFrontIsBeatenAndEachPointHasItsPrice() {
    Candidate beaten = new Candidate(4, 0.92, 4, 1, 1, Set.of());
    Candidate same = new Candidate(5, 0.93, 3, 1, 1, Set.of());
    List<Step<Candidate>> front =
        ParetoFront.of(
            List.of(ENSEMBLE, beaten, MEDIUM, SMALL, same, CROPS),
            Candidate::latencyMs,
            Candidate::accuracy);

    assertThat(front).extracting(Step::candidate).containsExactly(SMALL, MEDIUM, CROPS, ENSEMBLE);
    assertThat(front.get(0).pricePerPoint()).isNull();
    assertThat(front.get(1).pricePerPoint()).isEqualTo(2 / 3.0, offset(1e-12));
    assertThat(front.get(2).pricePerPoint()).isEqualTo(17, offset(1e-9));
    assertThat(front.get(3).pricePerPoint()).isEqualTo(40, offset(1e-9));
    assertThat(ParetoFront.of(List.<Candidate>of(), Candidate::latencyMs, Candidate::accuracy))
        .isEmpty();
  }
}
