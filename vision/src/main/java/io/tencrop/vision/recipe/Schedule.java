package io.tencrop.vision.recipe;

/**
 * The learning rate over a run, as a factor of the optimizer's own: PyTorch's schedulers with
 * PyTorch's formulas.
 */
public sealed interface Schedule {
  /** The optimizer's rate throughout. */
  Schedule CONSTANT = new Constant(0);

  /** How {@link OneCycle} goes from one rate to the next. */
  enum Anneal {
    /** Along half a cosine, PyTorch's default. */
    COSINE,
    /** Along a straight line. */
    LINEAR
  }

  /**
   * The factor of an update.
   *
   * @param step updates before it, from 0
   * @param stepsPerEpoch updates of one epoch
   * @param totalSteps updates of the whole run
   */
  double factor(long step, int stepsPerEpoch, long totalSteps);

  /**
   * The same rate throughout, after a linear warm-up.
   *
   * @param warmupEpochs may be a fraction
   */
  record Constant(double warmupEpochs) implements Schedule {
    @Override
    public double factor(long step, int stepsPerEpoch, long totalSteps) {
      return warmup(step, warmupEpochs, stepsPerEpoch);
    }
  }

  /**
   * {@code StepLR}: times {@code gamma} after each {@code stepEpochs} epochs.
   *
   * @param warmupEpochs may be a fraction
   */
  record Step(double warmupEpochs, int stepEpochs, double gamma) implements Schedule {
    @Override
    public double factor(long step, int stepsPerEpoch, long totalSteps) {
      long epoch = step / stepsPerEpoch;
      return warmup(step, warmupEpochs, stepsPerEpoch)
          * Math.pow(gamma, Math.floorDiv(epoch, stepEpochs));
    }
  }

  /**
   * {@code CosineAnnealingLR} by update (Loshchilov and Hutter 2017), over what remains after the
   * warm-up.
   *
   * @param warmupEpochs may be a fraction
   * @param finalFactor where it ends
   */
  record Cosine(double warmupEpochs, double finalFactor) implements Schedule {
    @Override
    public double factor(long step, int stepsPerEpoch, long totalSteps) {
      double warm = Math.rint(warmupEpochs * stepsPerEpoch);
      if (step < warm) {
        return warmup(step, warmupEpochs, stepsPerEpoch);
      }
      double done = (step - warm) / Math.max(1, totalSteps - warm);
      return between(1, finalFactor, done, Anneal.COSINE);
    }
  }

  /**
   * {@code OneCycleLR} (Smith and Topin 2018) with two phases and without cycled momentum: from
   * {@code 1 / divFactor} up to 1, then down to {@code 1 / (divFactor * finalDivFactor)}.
   *
   * @param pctStart share of the updates that go up
   */
  record OneCycle(double pctStart, double divFactor, double finalDivFactor, Anneal anneal)
      implements Schedule {
    @Override
    public double factor(long step, int stepsPerEpoch, long totalSteps) {
      double top = pctStart * totalSteps - 1;
      double begin = 1 / divFactor;
      if (step <= top) {
        return between(begin, 1, top == 0 ? 1 : step / top, anneal);
      }
      double down = (step - top) / (totalSteps - 1 - top);
      return between(1, begin / finalDivFactor, down, anneal);
    }
  }

  private static double warmup(long step, double epochs, int stepsPerEpoch) {
    double updates = Math.rint(epochs * stepsPerEpoch);
    return step < updates ? (step + 1) / updates : 1;
  }

  private static double between(double from, double to, double share, Anneal anneal) {
    return anneal == Anneal.LINEAR
        ? from + (to - from) * share
        : to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
  }
}
