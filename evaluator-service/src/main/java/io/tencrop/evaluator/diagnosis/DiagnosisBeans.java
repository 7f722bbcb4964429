package io.tencrop.evaluator.diagnosis;

import io.tencrop.evaluator.bank.LogitSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Connects diagnoses with the bank. */
final class DiagnosisBeans {
  private DiagnosisBeans() {}

  @Produces
  @Singleton
  static RunDiagnoses diagnoses(LogitSource bank) {
    return new RunDiagnoses(bank);
  }

  @Produces
  @Singleton
  static MostWrong mostWrong(LogitSource bank, WrongImages images) {
    return new MostWrong(bank, images);
  }
}
