package io.tencrop.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.tencrop.contracts.api.BudgetView;
import io.tencrop.contracts.api.BudgetView.Limits;
import io.tencrop.contracts.api.BudgetView.Pick;
import io.tencrop.contracts.api.BudgetView.Step;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetsTest {
  /** Places of entries in the report. */
  private static final int SMALL = 0;

  private static final int BIG = 1;
  private static final int ENSEMBLE_TEN_CROP = 5;

  private static BudgetView budget(Limits limits) throws IOException {
    return Budgets.of(StoredReport.read(), limits);
  }

  @Test
  void theBestIsEnteredAndTheCheapestThatIsAsGoodShipped() throws IOException {
    BudgetView budget = budget(Limits.NONE);

    Pick enter = budget.enter();
    assertThat(enter.entry()).isEqualTo(ENSEMBLE_TEN_CROP);
    assertThat(enter.givenUp()).isZero();
    assertThat(enter.words())
        .isEqualTo(
            "Enter the ensemble 'mean of all' in the view tenCrop: the most accurate on validation, 92.00 %. On test it reaches 89.50 % (95 % interval 85.25 % to 93.75 %), 2.50 points less than on validation. It takes 63.0 ms for an image, 55.3 MB of memory and 45.1 MB of weights.");
    Pick ship = budget.ship();
    assertThat(ship.entry()).isEqualTo(BIG);
    assertThat(ship.insteadOf()).isEqualTo(ENSEMBLE_TEN_CROP);
    assertThat(ship.givenUp()).isEqualTo(0.015, offset(1e-9));
    assertThat(ship.validationGivenUp()).isEqualTo(0.02, offset(1e-9));
    assertThat(ship.words())
        .contains("Ship big-s1: the cheapest that validation cannot tell from")
        .contains("It takes 8.00 ms for an image")
        .contains("12.7 % of the time of what to enter, and is 1.50 points less accurate on test");
    assertThat(budget.notes()).isEmpty();
  }

  @Test
  void limitsBindWhatIsShipped() throws IOException {
    BudgetView budget = budget(new Limits(5.0, null, null));
    assertThat(budget.enter().entry()).isEqualTo(ENSEMBLE_TEN_CROP);
    assertThat(budget.ship().entry()).isEqualTo(SMALL);
    assertThat(budget.ship().insteadOf()).isNull();
    assertThat(budget.ship().words())
        .startsWith("Ship small-s1: the most accurate on validation within the limits, 80.00 %.");
    assertThat(budget.entries()).filteredOn(BudgetView.Entry::within).hasSize(1);

    assertThat(budget(new Limits(null, 45.9, null)).ship().entry()).isEqualTo(SMALL);
    assertThat(budget(new Limits(null, 46.0, null)).ship().entry()).isEqualTo(BIG);
    assertThat(budget(new Limits(null, null, 0.25)).ship().entry()).isEqualTo(SMALL);

    BudgetView nothing = budget(new Limits(0.5, null, null));
    assertThat(nothing.ship()).isNull();
    assertThat(nothing.notes())
        .containsExactly(
            "Nothing is within the limits. The fastest takes 1.00 ms, the one of the least memory 0.300 MB, the smallest 0.250 MB.");
  }

  @Test
  void frontsTellThePriceOfEachPoint() throws IOException {
    BudgetView budget = budget(Limits.NONE);
    assertThat(budget.latencyFront()).extracting(Step::entry).containsExactly(0, 3, 1, 2, 5);
    assertThat(budget.latencyFront())
        .extracting(Step::cost)
        .containsExactly(1.0, 7.0, 8.0, 9.0, 63.0);
    assertThat(budget.latencyFront().get(1).pricePerPoint()).isEqualTo(3, offset(1e-9));
    assertThat(budget.latencyFront().get(4).pricePerPoint()).isEqualTo(108, offset(1e-6));
    assertThat(budget.memoryFront().get(0).cost()).isEqualTo(0.3);
    assertThat(budget.sizeFront()).extracting(Step::entry).containsExactly(3, 4, 5);
    assertThat(budget.entries().get(0).gap()).isEqualTo(0.01, offset(1e-9));
  }

  @Test
  void whatCannotBeChosenIsSaid() throws IOException {
    BudgetView old = Budgets.of(StoredReport.read().withCosts(List.of()), Limits.NONE);
    assertThat(old.enter()).isNull();
    assertThat(old.notes()).singleElement().asString().contains("No costs are known");

    String json = StoredReport.json().replace("\"split\":\"validation\"", "\"split\":\"train\"");
    BudgetView unvalidated = Budgets.of(StoredReport.read(json), Limits.NONE);
    assertThat(unvalidated.enter()).isNull();
    assertThat(unvalidated.ship()).isNull();
    assertThat(unvalidated.latencyFront()).isEmpty();
    assertThat(unvalidated.entries()).hasSize(6).allMatch(entry -> entry.gap() == null);
    assertThat(unvalidated.notes()).singleElement().asString().contains("validation share");
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(List.of(0.0, 0.01234, 1.0, 12.345, 123.45, 12345.6))
        .extracting(Words::number)
        .containsExactly("0", "0.0123", "1.00", "12.3", "123", "12,346");
  }
}
