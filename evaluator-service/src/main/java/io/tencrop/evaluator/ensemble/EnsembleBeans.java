package io.tencrop.evaluator.ensemble;

import io.tencrop.evaluator.bank.LogitSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Where ensembles are composed from. */
final class EnsembleBeans {
  private EnsembleBeans() {}

  @Produces
  @Singleton
  static BankedMembers members(LogitSource bank) {
    return new BankedMembers(bank);
  }
}
