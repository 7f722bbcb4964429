package io.tencrop.evaluator.report;

import io.tencrop.evaluator.bank.CheckpointEvaluation;
import io.tencrop.evaluator.bank.Retention;
import io.tencrop.evaluator.cost.EntryCosts;
import io.tencrop.evaluator.diagnosis.MostWrong;
import io.tencrop.evaluator.diagnosis.RunDiagnoses;
import io.tencrop.evaluator.ensemble.BankedMembers;
import io.tencrop.evaluator.results.Results;
import io.tencrop.evaluator.teacher.DistilledGains;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts of reports together. */
final class ReportBeans {
  private ReportBeans() {}

  @Produces
  @Singleton
  static ReportComposer composer(BankedMembers members) {
    return new ReportComposer(members);
  }

  @Produces
  @Singleton
  static Reports reports(
      CheckpointEvaluation evaluation,
      ReportComposer composer,
      DistilledGains gains,
      EntryCosts costs,
      RunDiagnoses diagnoses,
      MostWrong mostWrong,
      Retention retention,
      Results results) {
    return new Reports(
        evaluation, composer, gains, costs, diagnoses, mostWrong, retention, results);
  }

  @Produces
  @Singleton
  static Comparisons comparisons(Results results, ReportComposer composer) {
    return new Comparisons(results, composer);
  }
}
