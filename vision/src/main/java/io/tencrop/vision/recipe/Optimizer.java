package io.tencrop.vision.recipe;

import java.util.List;

/** An optimizer with all its settings: PyTorch's, with PyTorch's meaning. */
public sealed interface Optimizer {
  double learningRate();

  double weightDecay();

  /** The names, as in PyTorch's state, of the tensors that it keeps for each parameter. */
  List<String> stateNames();

  /** {@code torch.optim.SGD}. */
  record Sgd(
      double learningRate, double momentum, double dampening, boolean nesterov, double weightDecay)
      implements Optimizer {
    @Override
    public List<String> stateNames() {
      return momentum == 0 ? List.of() : List.of("momentum_buffer");
    }
  }

  /** {@code torch.optim.Adam} (Kingma and Ba 2015): weight decay is added to the gradient. */
  record Adam(double learningRate, double beta1, double beta2, double eps, double weightDecay)
      implements Optimizer {
    @Override
    public List<String> stateNames() {
      return List.of("exp_avg", "exp_avg_sq");
    }
  }

  /**
   * {@code torch.optim.AdamW} (Loshchilov and Hutter 2019): weight decay is taken from the weights.
   */
  record AdamW(double learningRate, double beta1, double beta2, double eps, double weightDecay)
      implements Optimizer {
    @Override
    public List<String> stateNames() {
      return List.of("exp_avg", "exp_avg_sq");
    }
  }
}
