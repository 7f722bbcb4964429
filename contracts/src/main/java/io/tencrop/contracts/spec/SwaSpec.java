package io.tencrop.contracts.spec;

/**
 * Stochastic weight averaging (Izmailov et al. 2018): the mean of a run's weights at the ends of
 * its last epochs, with the running statistics of batch norms computed anew.
 *
 * @param lastEpochs how many, at least 2; of a run that stopped early, as many as it has
 */
public record SwaSpec(int lastEpochs) {}
